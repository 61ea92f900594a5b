package org.votingapp.result.follow;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.runtime.health.Heartbeat;

/** What the follower last did and whether it went well, for health checks, metrics and pages. Thread-safe; no method blocks. */
@Singleton
public class FollowerStatus {

    private static final String NOT_ANSWERED = "Postgres has not answered yet";

    private final Heartbeat heartbeat = new Heartbeat();
    private volatile boolean tablesRead;
    private volatile boolean answered;
    private volatile Optional<String> notListening = Optional.of("nothing was heard yet");
    private volatile String failure = NOT_ANSWERED;

    void beat() {
        heartbeat.beat();
    }

    /** @param why no notifications arrive, in words that may be public; empty where they do */
    void listening(Optional<String> why) {
        notListening = why;
    }

    /** The tables answered, whether or not a poll is in them. */
    void tablesRead() {
        tablesRead = true;
        answered = true;
    }

    /** The house room's poll was read. */
    void tallyRead() {
        failure = NOT_ANSWERED;
    }

    /** @param why the tables answered, and the house room's poll is not in them, in words that may be public */
    void missing(String why) {
        failure = why;
    }

    /** @param why the tables did not answer, in words that may be public */
    void failed(String why) {
        answered = false;
        failure = why;
    }

    /** The time since the follower last began a turn of its loop. */
    public Duration beatAge() {
        return heartbeat.age();
    }

    /** Why no newer tally was read, in words that may be public. */
    public String failure() {
        return failure;
    }

    /** Whether the tables answered when they were last asked. */
    public boolean isAnswered() {
        return answered;
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
