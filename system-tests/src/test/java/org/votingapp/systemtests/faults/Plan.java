package org.votingapp.systemtests.faults;

import java.util.SplittableRandom;
import org.votingapp.poll.VoterId;

/**
 * Who votes for what, and how: an endless list of voters that follows from a seed.
 *
 * @param seed where it follows from
 * @param options how many options the poll has
 */
record Plan(long seed, int options) {

    /** What a voter does. */
    enum Habit {
        /** Votes, and again until there is an answer. */
        VOTES,
        /** Votes once, and goes whether there is an answer or not. */
        GIVES_UP,
        /** Has no cookie yet, votes, and goes. */
        IS_NEW,
        /** Votes twice for the same. */
        VOTES_TWICE,
        /** Votes, then for something else. */
        CHANGES_ITS_MIND,
        /** Votes three times at the same moment, for different options. */
        VOTES_FROM_THREE_WINDOWS,
        /** Posts the form, and reads on the page what is on record. */
        USES_THE_FORM
    }

    /** In what proportion, of 16. */
    private static final Habit[] HABITS = {
        Habit.VOTES,
        Habit.VOTES,
        Habit.VOTES,
        Habit.VOTES,
        Habit.VOTES,
        Habit.VOTES,
        Habit.GIVES_UP,
        Habit.GIVES_UP,
        Habit.IS_NEW,
        Habit.IS_NEW,
        Habit.VOTES_TWICE,
        Habit.CHANGES_ITS_MIND,
        Habit.CHANGES_ITS_MIND,
        Habit.VOTES_FROM_THREE_WINDOWS,
        Habit.VOTES_FROM_THREE_WINDOWS,
        Habit.USES_THE_FORM
    };

    /**
     * A voter.
     *
     * @param id who it is, unless it is new
     * @param habit what it does
     * @param first the choice of its first vote, counted from 0
     */
    record Voter(VoterId id, Habit habit, int first) {}

    /** The voter of this number; always the same. */
    Voter voter(long number) {
        SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
        return new Voter(
                new VoterId(random.nextLong(), random.nextLong()),
                HABITS[random.nextInt(HABITS.length)],
                random.nextInt(options));
    }

    /** The key of a choice, which may be counted beyond the last option. */
    String key(int choice) {
        return String.valueOf((char) ('a' + choice % options));
    }
}
