package org.votingapp.result.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Signs of life of the follower, for health and metrics; asking them costs nothing and blocks nobody. Thread-safe.
 *
 * <p>Ages are by {@link System#nanoTime}, so a clock that is set back does not disturb them.
 */
@ApplicationScoped
public class Vitals {

    /** A tally older than this is not up to date. */
    public static final Duration FRESH = Duration.ofSeconds(5);

    private volatile long beatNanos = System.nanoTime();
    private volatile long readNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private volatile boolean schemaSeen;
    private volatile boolean tallySeen;
    private volatile Optional<String> trouble = Optional.of("nothing was heard yet");
    private volatile Optional<String> failure = Optional.empty();

    void beat() {
        beatNanos = System.nanoTime();
    }

    /** @param why Postgres does not tell us of changes, in words that may be public; empty where it does */
    void listening(Optional<String> why) {
        trouble = why;
    }

    void schemaRead() {
        schemaSeen = true;
    }

    void tallyRead() {
        schemaSeen = true;
        readNanos = System.nanoTime();
        tallySeen = true;
        failure = Optional.empty();
    }

    /** @param why reading the tally failed, in words that may be public */
    void failed(String why) {
        failure = Optional.of(why);
    }

    /** The time since the follower last went round its loop. */
    public Duration beatAge() {
        return Duration.ofNanos(System.nanoTime() - beatNanos);
    }

    /** The time since the tally was last read from Postgres, if ever. */
    public Optional<Duration> tallyAge() {
        return tallySeen ? Optional.of(Duration.ofNanos(System.nanoTime() - readNanos)) : Optional.empty();
    }

    /** Whether the tally was read within {@link #FRESH}. */
    public boolean fresh() {
        return tallySeen && System.nanoTime() - readNanos <= FRESH.toNanos();
    }

    /** Gives what {@link #fresh()} does, past the container's proxy, which costs more than the answer. */
    public BooleanSupplier freshDirect() {
        return this::fresh;
    }

    /** Why there is no new tally, in words that may be public. */
    public String failure() {
        return failure.orElse("Postgres has not answered yet");
    }

    /** Whether the tables have ever answered. */
    public boolean schemaSeen() {
        return schemaSeen;
    }

    /** Whether Postgres tells us of changes at the moment; without it they are found within a second. */
    public boolean listening() {
        return trouble.isEmpty();
    }

    /** Why it does not, in words that may be public. */
    public Optional<String> listeningTrouble() {
        return trouble;
    }
}
