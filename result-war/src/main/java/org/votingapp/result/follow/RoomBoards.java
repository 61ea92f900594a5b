package org.votingapp.result.follow;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.votingapp.poll.RoomCode;

/**
 * The rooms that somebody watches or asked for within the last minute. They are read together: when one of them is notified,
 * and every second. Thread-safe, except the methods for the follower, which one thread calls.
 */
@Singleton
public class RoomBoards {

    /** Bounds memory, and how many rooms are read each second. */
    static final int MOST = 2_000;

    private final LongSupplier nanos;
    private final Consumer<RoomBoard> announcement;
    private final Map<RoomCode, RoomBoard> boards = new ConcurrentHashMap<>();
    private final UnknownIds unknown;
    private final ReadSchedule schedule;

    /** Announces each room whose stage changes to the observers of its board, on the thread that read it. */
    @Inject
    public RoomBoards(Event<RoomBoard> announcement) {
        this(announcement::fire, System::nanoTime);
    }

    RoomBoards(Consumer<RoomBoard> announcement, LongSupplier nanos) {
        this.nanos = nanos;
        this.announcement = announcement;
        this.unknown = new UnknownIds(nanos);
        this.schedule = new ReadSchedule(nanos.getAsLong());
    }

    /** The number of rooms. */
    public int count() {
        return boards.size();
    }

    /** The board of a room, if there is one. */
    Optional<RoomBoard> find(RoomCode code) {
        Optional<RoomBoard> found = Optional.ofNullable(boards.get(code));
        found.ifPresent(RoomBoard::stage);
        return found;
    }

    /** The codes that no room has. */
    UnknownIds unknown() {
        return unknown;
    }

    /**
     * Puts up a board, if there is none; the one that nobody has looked at for longest goes where there are too many.
     *
     * @throws NoBoardException where there are too many, and all are watched
     */
    synchronized RoomBoard put(RoomCode code, Optional<String> stage) throws NoBoardException {
        Optional<RoomBoard> there = find(code);
        if (there.isPresent()) {
            return there.get();
        }
        if (boards.size() >= MOST) {
            boards.remove(longestUnwatched().code());
        }
        RoomBoard next = new RoomBoard(code, stage, nanos);
        boards.put(code, next);
        return next;
    }

    private RoomBoard longestUnwatched() throws NoBoardException {
        return boards.values().stream()
                .max(Comparator.comparing(RoomBoard::idleTime))
                .filter(board -> board.idleTime().compareTo(TallyBoard.FRESH) > 0)
                .orElseThrow(() -> new NoBoardException("As many rooms are watched as this server can follow."));
    }

    /** For the follower: these rooms are to be read. */
    void changed(Changes changes) {
        if (changes.any()) {
            schedule.changed();
        }
        for (String id : changes.polls()) {
            unknown.remove(id);
            // Ids of polls come along; those that look like a code cost a reading.
            RoomCode.parse(id).filter(boards::containsKey).ifPresent(code -> schedule.changed());
        }
    }

    /** For the follower: how long until rooms are to be read, without a further change. */
    Duration untilDue(long now) {
        return boards.isEmpty() ? ReadSchedule.LONGEST_GAP : schedule.untilDue(now);
    }

    /** For the follower: the rooms to read now; empty where none is due. */
    List<RoomCode> due(long now) {
        if (boards.isEmpty() || !schedule.isDue(now)) {
            return List.of();
        }
        schedule.reading(now, false);
        return List.copyOf(boards.keySet());
    }

    /** For the follower: a reading failed. */
    void readAgain() {
        schedule.changed();
    }

    /** For the follower: shows what was read of these rooms; one that is not there any more loses its board. */
    void show(List<RoomCode> read, Map<RoomCode, RoomStage> stages) {
        for (RoomCode code : read) {
            RoomBoard board = boards.get(code);
            RoomStage stage = stages.get(code);
            if (board != null && stage != null) {
                board.delete(stage.deleted());
            }
            if (board != null && board.show(stage == null ? Optional.empty() : stage.poll())) {
                announcement.accept(board);
            }
            if (stage == null) {
                boards.remove(code);
            }
        }
    }

    /** For the follower: takes down what nobody has looked at within a minute. */
    void dropUnwatched() {
        boards.values().removeIf(board -> board.idleTime().compareTo(TallyBoards.KEPT) > 0);
    }
}
