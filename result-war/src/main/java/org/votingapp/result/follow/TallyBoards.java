package org.votingapp.result.follow;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.votingapp.result.ResultSettings;

/**
 * The boards of this server: the one of the house room's poll, which is always there, and one for each poll that somebody
 * watches or asked for within the last minute. Thread-safe, except the methods for the follower, which one thread calls.
 */
@Singleton
public class TallyBoards {

    /** Bounds memory (2.5 KB a board with two options, 9.5 KB with ten long ones) and how many polls are read each second. */
    static final int MOST = 2_000;
    /** An unwatched board is kept this long. */
    static final Duration KEPT = Duration.ofMinutes(1);

    private final FollowerTime time;
    private final Consumer<NewTallies> announcement;
    private final FollowedPoll house;
    private final Map<String, FollowedPoll> others = new ConcurrentHashMap<>();
    private final UnknownIds unknown;

    /** Announces new tallies to their observers, on the thread that read them. */
    @Inject
    public TallyBoards(ResultSettings settings, Event<NewTallies> announcement, Clock clock) {
        this(settings.pollId(), announcement::fire, FollowerTime.real(clock));
    }

    TallyBoards(String housePollId, Consumer<NewTallies> announcement, FollowerTime time) {
        this.time = time;
        this.announcement = announcement;
        this.house = followed(housePollId);
        this.unknown = new UnknownIds(time.nanos());
    }

    private FollowedPoll followed(String pollId) {
        return new FollowedPoll(new TallyBoard(pollId, time.nanos()), time.now());
    }

    /** The board of the poll of {@code POLL_ID}. */
    public TallyBoard house() {
        return house.board();
    }

    /** The number of boards, the house room's included. */
    public int count() {
        return 1 + others.size();
    }

    UnknownIds unknown() {
        return unknown;
    }

    /** The board of a poll, if there is one. */
    Optional<TallyBoard> find(String pollId) {
        Optional<TallyBoard> found = poll(pollId).map(FollowedPoll::board);
        found.ifPresent(TallyBoard::asked);
        return found;
    }

    /**
     * Puts up a board that shows this reading, if there is none; the longest unwatched one goes where there are too many.
     *
     * @throws NoBoardException where there are too many, and all are watched
     */
    synchronized TallyBoard put(TallyReading reading) throws NoBoardException {
        String pollId = reading.poll().id();
        Optional<TallyBoard> there = find(pollId);
        if (there.isPresent()) {
            return there.get();
        }
        while (others.size() >= MOST) {
            drop(longestUnwatched());
        }
        FollowedPoll next = followed(pollId);
        next.take(reading);
        show(List.of(next));
        others.put(pollId, next);
        return next.board();
    }

    private FollowedPoll longestUnwatched() throws NoBoardException {
        return others.values().stream()
                .filter(poll -> poll.board().isUnwatched())
                .max(Comparator.comparing(poll -> poll.board().idleTime()))
                .orElseThrow(() -> new NoBoardException("As many polls are watched as this server can follow."));
    }

    private void drop(FollowedPoll poll) {
        if (poll.board().drop()) {
            others.remove(poll.id(), poll);
        }
    }

    private Optional<FollowedPoll> poll(String pollId) {
        return Optional.ofNullable(pollId.equals(house.id()) ? house : others.get(pollId));
    }

    private Stream<FollowedPoll> all() {
        return Stream.concat(Stream.of(house), others.values().stream());
    }

    /** For the follower: these polls are to be read. */
    void changed(Changes changes) {
        if (changes.any()) {
            all().forEach(poll -> poll.schedule().changed());
        }
        for (String pollId : changes.polls()) {
            unknown.remove(pollId);
            poll(pollId).ifPresent(poll -> poll.schedule().changed());
        }
    }

    /** For the follower: how long until a poll is to be read, without a further change. */
    Duration untilDue(long now) {
        long least = house.schedule().nanosUntilDue(now);
        for (FollowedPoll poll : others.values()) {
            least = Math.min(least, poll.schedule().nanosUntilDue(now));
        }
        return Duration.ofNanos(Math.max(0, least));
    }

    /** For the follower: the polls to read now, in one statement; empty where none is due. */
    List<FollowedPoll> due(long now) {
        return untilDue(now).isZero()
                ? all().filter(poll -> poll.schedule().isNearlyDue(now)).toList()
                : List.of();
    }

    /** For the follower: a poll that was to be read is not in the store. */
    void missing(FollowedPoll poll) {
        if (poll != house) {
            drop(poll);
        }
    }

    /** For the follower: shows what was read of these polls. */
    void show(List<FollowedPoll> polls) {
        Instant now = time.clock().instant();
        List<TallyBoard> shown = new ArrayList<>();
        try {
            for (FollowedPoll poll : polls) {
                if (poll.show(now)) {
                    shown.add(poll.board());
                }
            }
        } finally {
            // A fault of one poll keeps nobody from hearing of those before it.
            if (!shown.isEmpty()) {
                announcement.accept(new NewTallies(shown));
            }
        }
    }

    /** For the follower: shows which polls have opened or closed. */
    void showByClock() {
        show(all().toList());
    }

    /** For the follower: takes down what nobody has watched or asked for within a minute. */
    void dropUnwatched() {
        for (FollowedPoll poll : others.values()) {
            if (poll.board().isUnwatched() && poll.board().idleTime().compareTo(KEPT) > 0) {
                drop(poll);
            }
        }
    }
}
