package org.votingapp.result.tally;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.web.Problem;

/**
 * A hidden result with its encodings, which are made once for any number of clients.
 *
 * @param id as {@link ResultView#id} says
 * @param hidden what may be told
 * @param problem the answer 403, which says when the result shows and how many have voted
 * @param event the server-sent event {@code hidden}, whose data is the same document; not to be changed
 */
public record HiddenResult(long id, HiddenTally hidden, Problem problem, byte[] event) implements ResultView {

    private static final int FORBIDDEN = 403;

    /** Encodes it. */
    public static HiddenResult of(long id, HiddenTally hidden) {
        Problem problem = new Problem(FORBIDDEN, detail(hidden), members(hidden));
        byte[] data = problem.toJson().getBytes(StandardCharsets.UTF_8);
        return new HiddenResult(id, hidden, problem, ServerSentEvents.event("hidden", id, data));
    }

    private static String detail(HiddenTally hidden) {
        String whenFinal = "once voting has closed and all votes are counted"
                + hidden.poll()
                        .closes()
                        .map(closes -> " (voting closes at " + closes + ")")
                        .orElse("");
        String when =
                switch (hidden.rule()) {
                    case VOTED -> "shows to those who have voted, and to everybody " + whenFinal;
                    case CLOSED -> "shows " + whenFinal;
                    case LIVE, ORGANISER -> "shows when the organiser reveals it";
                };
        return "The result is hidden. It %s. Voters so far: %d.".formatted(when, hidden.voters());
    }

    /** The same members as a tally has, without counts. */
    private static Map<String, Object> members(HiddenTally hidden) {
        Poll poll = hidden.poll();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("poll", poll.id());
        members.put("question", poll.question());
        members.put("voters", hidden.voters());
        members.put("results", hidden.rule().name().toLowerCase(Locale.ROOT));
        members.put("open", hidden.state() == PollState.OPEN);
        members.put("state", Tally.nameOf(hidden.state()));
        members.put("final", hidden.isFinal());
        putTime(members, "opens", poll.announcedOpening());
        putTime(members, "closes", poll.closes());
        putTime(members, "ballotsDeleted", hidden.ballotsDeleted());
        members.put("options", poll.options().stream().map(HiddenResult::option).toList());
        return members;
    }

    private static void putTime(Map<String, Object> members, String name, Optional<Instant> time) {
        time.ifPresent(set -> members.put(name, set.toString()));
    }

    private static Map<String, Object> option(PollOption option) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("key", option.key());
        members.put("label", option.label());
        return members;
    }

    @Override
    public Poll poll() {
        return hidden.poll();
    }

    @Override
    public PollState state() {
        return hidden.state();
    }

    @Override
    public boolean isFinal() {
        return hidden.isFinal();
    }

    @Override
    public Optional<Instant> ballotsDeleted() {
        return hidden.ballotsDeleted();
    }

    @Override
    public long total() {
        return hidden.voters();
    }
}
