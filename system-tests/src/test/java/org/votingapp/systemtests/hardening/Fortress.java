package org.votingapp.systemtests.hardening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.votingapp.poll.Poll;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.ServerKind;
import org.votingapp.stack.TestStacks;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.testsupport.VoterKey;
import redis.clients.jedis.Jedis;

/**
 * One stack, configured as behind a proxy in production, that all tests of hardening attack; it ends with the JVM.
 *
 * <p>It believes {@code X-Forwarded-For} of the peer 127.0.0.1 alone, and lets an address try
 * {@value #VOTES_PER_MINUTE} votes a minute.
 */
public final class Fortress {

    static final int VOTES_PER_MINUTE = 20;
    static final String PROXY = "127.0.0.1";
    static final String STRANGER = "127.0.0.2";

    /** As many options as there may be, with labels as long as they may be: a tally is 3.5 KB. */
    private static final String LONG_LABELS = IntStream.range(0, Poll.MOST_OPTIONS)
            .mapToObj(option -> option + "猫".repeat(Poll.LONGEST_LABEL - 1))
            .collect(Collectors.joining(","));

    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final LocalStack stack;
    private final VoterKey key = new VoterKey("a key that is made for tests of hardening alone");

    private Fortress() {
        stack = TestStacks.open(TestStacks.describe()
                .set("VOTER_KEY", key.secret())
                .set("POLL_OPTIONS", LONG_LABELS)
                .set("TRUSTED_PROXIES", "127\\.0\\.0\\.1")
                // Rubbish on the stream is put aside at once.
                .set(ServerKind.WORKER, "WORKER_UNKNOWN_WAIT", "PT0S")
                .set("VOTE_RATE_LIMIT", String.valueOf(VOTES_PER_MINUTE)));
        stack.start(START_LIMIT);
    }

    /** Started by the first test that asks. */
    private static final class Holder {
        private static final Fortress ONE = new Fortress();
    }

    /** The one. */
    public static Fortress stands() {
        return Holder.ONE;
    }

    /** Its parts. */
    public LocalStack parts() {
        return stack;
    }

    /** The key of its voters' cookies. */
    public VoterKey key() {
        return key;
    }

    /** Its vote server. */
    public RawHttp vote() {
        return RawHttp.to(stack.vote().port());
    }

    /** Its result server. */
    public RawHttp result() {
        return RawHttp.to(stack.result().port());
    }

    RawHttp worker() {
        return RawHttp.to(stack.worker().port());
    }

    /** The counts that the vote server and the worker keep: accepted, duplicate, rejected. */
    Map<String, String> counts() {
        try (Jedis redis = stack.redis().connect()) {
            return redis.hgetAll(RedisNames.COUNTS);
        }
    }

    /** All that the parts wrote since they were started: their consoles, and the logs that the servers keep. */
    List<String> logLines() {
        Path folder = stack.data().folder();
        return Stream.concat(
                        Stream.of(folder.resolve("logs")),
                        entries(folder.resolve("servers")).map(server -> server.resolve("logs")))
                .flatMap(Fortress::entries)
                .filter(file -> file.toString().endsWith(".log"))
                .flatMap(Fortress::lines)
                .toList();
    }

    private static Stream<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
