package org.votingapp.worker.poll;

import java.util.SortedSet;
import java.util.TreeSet;
import org.votingapp.poll.RevoteRule;

/**
 * What the drain must know of a poll.
 *
 * @param id its id
 * @param revote what a further vote does
 * @param options the keys of its options
 */
public record KnownPoll(String id, RevoteRule revote, SortedSet<String> options) {

    /** Copies the options. */
    public KnownPoll {
        options = new TreeSet<>(options);
    }
}
