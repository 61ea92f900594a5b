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
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.testsupport.VoterKey;
import redis.clients.jedis.Jedis;

/**
 * The stack that all hardening tests attack, configured as behind a proxy in production. It ends with the JVM.
 *
 * <p>Its one trusted proxy is 127.0.0.1, and its rate limit {@value #VOTES_PER_MINUTE} votes per address and minute.
 */
public final class Fortress {

    /** The votes that an address may cast in a minute. */
    public static final int VOTES_PER_MINUTE = 20;

    static final String PROXY = "127.0.0.1";
    static final String STRANGER = "127.0.0.2";

    /** The most options with the longest labels: a tally is 3.5 KB. */
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
                // Reject invalid entries at once.
                .set(ServerKind.WORKER, "WORKER_UNKNOWN_WAIT", "PT0S")
                .set("VOTE_RATE_LIMIT", String.valueOf(VOTES_PER_MINUTE)));
        stack.start(START_LIMIT);
    }

    /** Started by the first test that needs it. */
    private static final class Holder {
        private static final Fortress ONE = new Fortress();
    }

    /** The running stack. */
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

    /** All lines that the parts have logged since their start, on their consoles and in their log files. */
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
