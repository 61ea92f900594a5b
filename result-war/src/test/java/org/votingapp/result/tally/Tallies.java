package org.votingapp.result.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.poll.RevoteRule;

/** Tallies to test with. */
public final class Tallies {

    private Tallies() {}

    /** A poll without times. */
    public static Poll poll(String... labels) {
        return pollOf("cats-vs-dogs", labels);
    }

    /** A poll with this id and without times. */
    public static Poll pollOf(String id, String... labels) {
        List<PollOption> options = new ArrayList<>();
        for (String label : labels) {
            options.add(new PollOption(Poll.keyAt(options.size()), label));
        }
        return new Poll(id, "Cats vs Dogs!", "en", options, RevoteRule.FINAL, Optional.empty(), Optional.empty());
    }

    /** Cats against dogs, open. */
    public static Tally catsAndDogs(long cats, long dogs) {
        return new Tally(poll("Cats", "Dogs"), List.of(cats, dogs), PollState.OPEN, false, Optional.empty());
    }
}
