package org.votingapp.runtime.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.RevoteRule;

/**
 * A registered poll in the fields of the hash {@link RedisNames#poll}: {@code question}, {@code language}, {@code revote}
 * ({@code final} or {@code changeable}), {@code opens} and {@code closes} (ISO 8601), {@code option:a} to
 * {@code option:j} (labels) and {@code votes:a} to {@code votes:j}. A field without a value is empty, so that one HSET replaces
 * all fields. A poll that takes votes with codes alone has {@link #NEEDS_CODE}. {@link #DEFINED} tells that a definition ({@link Definitions}) follows. {@code publish.lua} adds {@code published-ms}, since when the version is in effect. {@code cast.lua} decides by {@code revote}, {@code opens}, {@code closes} and the labels.
 */
public final class PollHash {

    /** A field that workers of the release before did not write: they published rules and no definitions. */
    public static final String DEFINED = "defined";

    /**
     * A field: {@code 1} where the poll takes votes with codes alone. Its {@code opens} is this word then, and the time stands in
     * {@link #CODED_OPENS}: the script of the release before, which asks for no code, refuses all votes by such a time.
     */
    public static final String NEEDS_CODE = "needs-code";

    /** A field: when a poll with codes opens; empty for all others. */
    public static final String CODED_OPENS = "needs-code:opens";

    private PollHash() {}

    /** The fields of a poll. */
    public static Map<String, String> write(RegisteredPoll registered) {
        return write(registered, false);
    }

    /** The same for a poll that may take votes with codes alone. */
    public static Map<String, String> write(RegisteredPoll registered, boolean needsCode) {
        Poll poll = registered.poll();
        Map<String, String> fields = new HashMap<>();
        fields.put("question", poll.question());
        fields.put("language", poll.language());
        fields.put("revote", poll.revote().name().toLowerCase(Locale.ROOT));
        String opens = poll.opens().map(Instant::toString).orElse("");
        fields.put("opens", needsCode ? NEEDS_CODE : opens);
        fields.put(NEEDS_CODE, needsCode ? "1" : "");
        fields.put(CODED_OPENS, needsCode ? opens : "");
        fields.put("closes", poll.closes().map(Instant::toString).orElse(""));
        fields.put(DEFINED, "1");
        keys().forEach(key -> {
            fields.put("option:" + key, poll.option(key).map(PollOption::label).orElse(""));
            fields.put("votes:" + key, String.valueOf(registered.votes(key)));
        });
        return fields;
    }

    /**
     * Reads the poll from the hash's fields; empty where no worker has published it.
     *
     * @param pollId its id
     * @param voters the number of voters in this poll, recorded or pending
     */
    public static Optional<RegisteredPoll> read(String pollId, Map<String, String> fields, long voters) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        List<PollOption> options = new ArrayList<>();
        Map<String, Long> votes = new HashMap<>();
        keys().forEach(key -> {
            text(fields, "option:" + key).ifPresent(label -> options.add(new PollOption(key, label)));
            text(fields, "votes:" + key).ifPresent(count -> votes.put(key, Long.valueOf(count)));
        });
        Poll poll = new Poll(
                pollId,
                fields.getOrDefault("question", ""),
                fields.getOrDefault("language", ""),
                options,
                "changeable".equals(fields.get("revote")) ? RevoteRule.CHANGEABLE : RevoteRule.FINAL,
                text(fields, text(fields, NEEDS_CODE).isPresent() ? CODED_OPENS : "opens")
                        .map(Instant::parse),
                text(fields, "closes").map(Instant::parse));
        RegisteredPoll recorded = new RegisteredPoll(poll, votes, 0);
        return Optional.of(recorded.withUnrecorded(Math.max(0, voters - recorded.recorded())));
    }

    private static Optional<String> text(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    private static List<String> keys() {
        return IntStream.range(0, Poll.MOST_OPTIONS).mapToObj(Poll::keyAt).toList();
    }
}
