package org.votingapp.worker.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The books of each poll: its voters in Redis against its votes in Postgres, read one after the other.
 *
 * <p>A poll has one voter on record for each vote that counts, and a voter is on record before the vote counts. So voters that were
 * on record before nothing waited have votes afterwards, and votes have voters afterwards, whenever they are read.
 *
 * @param votesBefore votes in Postgres by poll
 * @param voters voters in Redis by poll, read after that
 * @param nothingWaits whether no ballot waited in Redis after that
 * @param votesAfter votes in Postgres, read after that; without a poll whose ballots were deleted meanwhile, and its voters with
 *     them
 */
record PollBalance(
        Map<String, Long> votesBefore, Map<String, Long> voters, boolean nothingWaits, Map<String, Long> votesAfter) {

    /** The polls with a vote that has no voter, or with a voter whose ballot was neither recorded nor waits; in order. */
    Set<String> unaccounted() {
        Set<String> unaccounted = new TreeSet<>();
        votesAfter.forEach((poll, after) -> {
            long number = voters.getOrDefault(poll, 0L);
            boolean lost = nothingWaits && number > after;
            if (lost || number < votesBefore.getOrDefault(poll, 0L)) {
                unaccounted.add(poll);
            }
        });
        return unaccounted;
    }
}
