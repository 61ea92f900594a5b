package org.votingapp.worker.drain;

import java.util.Map;
import org.votingapp.poll.Ballot;
import org.votingapp.worker.poll.KnownPoll;

/**
 * The polls and options that a ballot may name, as Postgres had them at one moment.
 *
 * @param byId the polls, by id
 */
record KnownPolls(Map<String, KnownPoll> byId) {

    /** Whether the poll of a ballot exists and has the option of its choice. */
    boolean have(Ballot ballot) {
        KnownPoll poll = byId.get(ballot.pollId());
        return poll != null && poll.options().contains(ballot.choice());
    }

    /** What a ballot names that does not exist, in a line for people. */
    String missing(Ballot ballot) {
        KnownPoll poll = byId.get(ballot.pollId());
        return poll == null
                ? "there is no poll " + Quote.of(ballot.pollId())
                : "poll %s has no option %s; its options are %s"
                        .formatted(poll.id(), Quote.of(ballot.choice()), String.join(", ", poll.options()));
    }
}
