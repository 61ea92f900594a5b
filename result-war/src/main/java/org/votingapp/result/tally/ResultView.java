package org.votingapp.result.tally;

import java.time.Instant;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;

/** What somebody may see of a poll's result: all of it, or that it is hidden, which has no count of any option. */
public sealed interface ResultView permits PublishedTally, HiddenResult {

    /** Rises with each view that this server shows the same viewer; milliseconds since 1970, so ids of two servers cannot be compared. */
    long id();

    /** The poll. */
    Poll poll();

    /** The poll's state. */
    PollState state();

    /** Whether the poll is closed and all its ballots are counted. */
    boolean isFinal();

    /** Since when the poll's ballots are gone. */
    Optional<Instant> ballotsDeleted();

    /** The number of all ballots. */
    long total();

    /** The server-sent event; not to be changed. */
    byte[] event();
}
