package org.votingapp.result.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.votingapp.poll.RoomCode;

/**
 * Shows which poll is on stage in a room. Whoever watches the room looks every second, which keeps the board. One thread at a time
 * changes it; any thread may look.
 */
public final class RoomBoard {

    private final RoomCode code;
    private final LongSupplier nanoTime;
    private volatile Optional<String> stage;
    private volatile boolean deleted;
    private volatile long askedNanos;

    RoomBoard(RoomCode code, Optional<String> stage, LongSupplier nanoTime) {
        this.code = code;
        this.stage = stage;
        this.nanoTime = nanoTime;
        this.askedNanos = nanoTime.getAsLong();
    }

    /** The room. */
    public RoomCode code() {
        return code;
    }

    /** The id of the poll on stage; empty where there is none. */
    public Optional<String> stage() {
        askedNanos = nanoTime.getAsLong();
        return stage;
    }

    /** Whether its organiser has deleted the room. */
    public boolean isDeleted() {
        return deleted;
    }

    /** Says whether the room is deleted. */
    void delete(boolean isDeleted) {
        deleted = isDeleted;
    }

    /** Puts a poll on stage; says whether it was not there before. */
    boolean show(Optional<String> next) {
        boolean isNew = !stage.equals(next);
        stage = next;
        return isNew;
    }

    /** The time since somebody last looked. */
    Duration idleTime() {
        return Duration.ofNanos(nanoTime.getAsLong() - askedNanos);
    }
}
