package org.votingapp.vote.casting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.Room;
import org.votingapp.poll.VoterId;

/** Takes ballots and remembers, for each voter, the choice on record. Thread-safe. */
public interface BallotBox {

    /**
     * Casts a ballot atomically, unless the poll's published rules refuse it or the voter's earlier choice stands.
     *
     * @param ballot the ballot
     * @param address the client's address, for the limit on votes per address
     * @return the outcome, on a thread that may write an answer to a client. {@link CastStatus#UNAVAILABLE}: no answer came in
     *     time, the ballot may or may not have been taken, and casting it again is safe. {@link CastStatus#RECORDED} and
     *     {@link CastStatus#CHANGED}: the ballot was taken. All others left no trace.
     */
    CompletionStage<CastOutcome> cast(Ballot ballot, String address);

    /**
     * The same for a poll that takes votes with codes alone.
     *
     * @param ballot the ballot, of the voter whom the code names
     * @param codeHash what the stores hold of the code
     * @return the outcome; {@link CastStatus#WRONG_CODE} where the poll does not take the code
     */
    CompletionStage<CastOutcome> castByCode(Ballot ballot, byte[] codeHash, String address);

    /**
     * The choice on record.
     *
     * @return it, on a thread that may write an answer to a client; fails, on any thread, where no answer came in time
     */
    CompletionStage<Optional<String>> choiceOf(String pollId, VoterId voter);

    /**
     * The poll as it is registered, with its votes.
     *
     * @return it, on a thread that may write an answer to a client, or empty while no worker has published it; fails, on
     *     such a thread, where no answer came in time
     */
    CompletionStage<Optional<RegisteredPoll>> registered(String pollId);

    /**
     * The time by the clock that decides whether a poll is open, and the poll as it is registered. Blocks.
     *
     * @throws BallotBoxUnavailableException where no answer came in time; the log is not told
     */
    Look look(String pollId) throws BallotBoxUnavailableException;

    /**
     * What the ballot box knows at one moment.
     *
     * @param now the time by its clock
     * @param registered the poll, if a worker has published it
     * @param defined whether that worker publishes definitions, too; the release before did not
     */
    record Look(Instant now, Optional<RegisteredPoll> registered, boolean defined) {}

    /**
     * Definitions that were published later than others, the oldest first. Blocks.
     *
     * @param since {@link Published#until} of the answer before; 0 for all
     * @throws BallotBoxUnavailableException where no answer came in time; the log is not told
     */
    Published publishedSince(long since) throws BallotBoxUnavailableException;

    /**
     * Some definitions. Malformed ones are left out; the log has been told.
     *
     * @param until how far they go, to ask for later ones
     * @param last whether there were no later ones
     */
    record Published(List<PollDefinition> polls, List<Room> rooms, long until, boolean last) {}

    /**
     * The poll as {@link #registered} tells it, on the caller's thread, for the start of the application, until whose end no other thread runs.
     *
     * @throws BallotBoxUnavailableException where no answer came in time
     */
    Optional<RegisteredPoll> registeredAtStart(String pollId) throws BallotBoxUnavailableException;

    /**
     * Finds out whether a ballot would be taken, without leaving one.
     *
     * @return why it is not to be used all the same, in words that may be public; nothing where all is well
     * @throws BallotBoxUnavailableException where it would not
     */
    Optional<String> probe() throws BallotBoxUnavailableException;
}
