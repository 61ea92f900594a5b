package org.votingapp.result.follow;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.runtime.health.Heartbeat;

/**
 * What the follower last did and whether it went well, for health checks, metrics and pages. Thread-safe; no method blocks.
 *
 * <p>Ages are measured by {@link System#nanoTime}, so a clock that is set back does not change them.
 */
@Singleton
public class FollowerStatus {

    /** An older reading is not fresh. */
    public static final Duration FRESH = Duration.ofSeconds(5);

    private static final String NOT_ANSWERED = "Postgres has not answered yet";

    private final Heartbeat heartbeat = new Heartbeat();
    private volatile Optional<Long> readNanos = Optional.empty();
    private volatile boolean tablesRead;
    private volatile Optional<String> notListening = Optional.of("nothing was heard yet");
    private volatile String failure = NOT_ANSWERED;

    void beat() {
        heartbeat.beat();
    }

    /** @param why no notifications arrive, in words that may be public; empty where they do */
    void listening(Optional<String> why) {
        notListening = why;
    }

    /** The tables answered, whether or not the poll is in them. */
    void tablesRead() {
        tablesRead = true;
    }

    void tallyRead() {
        readNanos = Optional.of(System.nanoTime());
        failure = NOT_ANSWERED;
    }

    /** @param why the tally could not be read, in words that may be public */
    void failed(String why) {
        failure = why;
    }

    /** The time since the follower last began a turn of its loop. */
    public Duration beatAge() {
        return heartbeat.age();
    }

    /** The time since the tally was last read from the store; empty before the first time. */
    public Optional<Duration> tallyAge() {
        return readNanos.map(read -> Duration.ofNanos(System.nanoTime() - read));
    }

    /** Whether the tally was read within {@link #FRESH}. */
    public boolean isFresh() {
        return tallyAge().filter(age -> age.compareTo(FRESH) <= 0).isPresent();
    }

    /** Why no newer tally was read, in words that may be public. */
    public String failure() {
        return failure;
    }

    /** Whether the tables have ever answered. */
    public boolean tablesWereRead() {
        return tablesRead;
    }

    /** Whether notifications arrive; while they do not, a change is found within a second. */
    public boolean isListening() {
        return notListening.isEmpty();
    }

    /** Why they do not, in words that may be public. */
    public Optional<String> whyNotListening() {
        return notListening;
    }
}
