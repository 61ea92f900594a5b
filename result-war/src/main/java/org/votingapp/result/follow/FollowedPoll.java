package org.votingapp.result.follow;

import java.time.Instant;
import java.util.Optional;
import org.votingapp.poll.PollState;

/** A poll's board, when to read the poll next, and what was read last. For one thread at a time; the board is for any. */
final class FollowedPoll {

    private final TallyBoard board;
    private final ReadSchedule schedule;
    private Optional<TallyReading> last = Optional.empty();
    private Optional<PollState> shown = Optional.empty();

    /** Its first reading is due now. */
    FollowedPoll(TallyBoard board, long now) {
        this.board = board;
        this.schedule = new ReadSchedule(now);
    }

    String id() {
        return board.pollId();
    }

    TallyBoard board() {
        return board;
    }

    ReadSchedule schedule() {
        return schedule;
    }

    /** What to show from now on. */
    void take(TallyReading reading) {
        last = Optional.of(reading);
        shown = Optional.empty();
        board.delete(reading.deleted());
        board.wasRead();
    }

    /**
     * Shows what was read last, if that is new, or the poll has opened or closed since it was shown; says whether anybody sees
     * something new.
     */
    boolean show(Instant now) {
        Optional<PollState> state = last.map(reading -> reading.stateAt(now));
        if (shown.equals(state)) {
            return false;
        }
        TallyReading reading = last.orElseThrow();
        boolean isNew = board.show(reading.at(now), reading.policy(), now.toEpochMilli());
        shown = state;
        return isNew;
    }
}
