package org.votingapp.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollBalanceTest {

    @ParameterizedTest
    @CsvSource({
        // votes, voters, nothing waits, votes afterwards, balanced
        "0, 0, true, 0, true",
        "3, 5, true, 5, true",
        // Somebody votes between the readings.
        "3, 5, false, 4, true",
        "3, 5, true, 9, true",
        // A ballot was acknowledged and is nowhere.
        "3, 5, true, 4, false",
        // Counted without a voter, or Redis has lost its data.
        "6, 5, false, 6, false",
        "6, 0, true, 6, false",
    })
    void aPollHasAsManyVotesAsVoters(long before, long voters, boolean nothingWaits, long after, boolean balanced) {
        PollBalance balance = new PollBalance(
                Map.of("lunch", before, "dinner", 1L),
                Map.of("lunch", voters, "dinner", 1L),
                nothingWaits,
                Map.of("lunch", after, "dinner", 1L));
        assertThat(balance.unaccounted().contains("lunch")).isEqualTo(!balanced);
        assertThat(balance.unaccounted()).doesNotContain("dinner");
    }

    @Test
    void aPollWhoseBallotsAndVotersWereDeletedMeanwhileIsBalanced() {
        PollBalance balance = new PollBalance(Map.of("lunch", 3L), Map.of("lunch", 0L), true, Map.of());
        assertThat(balance.unaccounted()).isEmpty();
    }

    @Test
    void aPollThatIsNewSinceVotersWereReadIsBalanced() {
        PollBalance balance = new PollBalance(Map.of(), Map.of(), true, Map.of("lunch", 3L));
        assertThat(balance.unaccounted()).isEmpty();
    }
}
