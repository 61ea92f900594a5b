package org.votingapp.systemtests.faults;

import java.util.SplittableRandom;
import org.votingapp.poll.VoterId;

/**
 * An endless list of voters, their choices and habits, determined by a seed.
 *
 * @param seed determines everything
 * @param options the number of options
 */
record Plan(long seed, int options) {

    /** How a voter votes. */
    enum Habit {
        /** Retries until there is an answer. */
        VOTES,
        /** Votes once, with or without an answer. */
        GIVES_UP,
        /** Votes once, without a cookie. */
        IS_NEW,
        /** Votes twice for the same option. */
        VOTES_TWICE,
        /** Votes, then votes for another option. */
        CHANGES_ITS_MIND,
        /** Votes for three options simultaneously. */
        VOTES_FROM_THREE_WINDOWS,
        /** Posts the form, and reads the choice on record from the page. */
        USES_THE_FORM
    }

    /** The share of each habit, in sixteenths. */
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
     * @param id the voter, unless it is new
     * @param habit how it votes
     * @param first the position of its first choice, from 0
     */
    record Voter(VoterId id, Habit habit, int first) {}

    /** The voter with this number, always the same. */
    Voter voter(long number) {
        SplittableRandom random = new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
        return new Voter(
                new VoterId(random.nextLong(), random.nextLong()),
                HABITS[random.nextInt(HABITS.length)],
                random.nextInt(options));
    }

    /** The key of the option at a position, modulo the number of options. */
    String key(int choice) {
        return String.valueOf((char) ('a' + choice % options));
    }
}
