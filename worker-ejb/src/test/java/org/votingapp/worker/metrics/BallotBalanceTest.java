package org.votingapp.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.worker.stream.StreamFacts.Totals;

class BallotBalanceTest {

    @ParameterizedTest
    @CsvSource({
        // accepted, duplicate, rejected, pending, recorded, unaccounted
        "0, 0, 0, 0, 0, 0",
        "10, 2, 1, 3, 4, 0",
        // Committed, and about to be acknowledged.
        "10, 2, 1, 3, 7, 0",
        "10, 2, 1, 3, 3, 1",
        "10, 2, 1, 0, 0, 7",
        "10, 2, 1, 3, 8, -1",
        // Redis has lost its data.
        "0, 0, 0, 0, 7, -7",
    })
    void atRestItTellsHowManyBallotsAreLostOrTooMany(
            long accepted, long duplicate, long rejected, long pending, long recorded, long unaccounted) {
        Totals totals = new Totals(accepted, duplicate, rejected, pending);
        assertThat(new BallotBalance(totals, recorded, totals).unaccounted()).isEqualTo(unaccounted);
    }

    /** A system that votes, records, acknowledges and rejects, step by step, and is read at any three moments. */
    @Property
    void aSystemThatWorksBalancesWheneverItIsRead(
            @ForAll @Size(min = 10, max = 200) List<@IntRange(max = 4) Integer> steps,
            @ForAll @IntRange(max = 1_000) int first,
            @ForAll @IntRange(max = 1_000) int second,
            @ForAll @IntRange(max = 1_000) int third) {
        List<Totals> redis = new ArrayList<>();
        List<Long> postgres = new ArrayList<>();
        long accepted = 0;
        long duplicate = 0;
        long rejected = 0;
        long pending = 0;
        long recorded = 0;
        long committed = 0;
        for (int step : steps) {
            boolean waits = pending > committed;
            if (step == 0) {
                accepted++;
                pending++;
            } else if (step == 1 && waits) {
                recorded++;
                committed++;
            } else if (step == 2 && committed > 0) {
                committed--;
                pending--;
            } else if (step == 3 && waits) {
                duplicate++;
                pending--;
            } else if (step == 4 && waits) {
                rejected++;
                pending--;
            }
            redis.add(new Totals(accepted, duplicate, rejected, pending));
            postgres.add(recorded);
        }
        int before = first % steps.size();
        int between = before + second % (steps.size() - before);
        int after = between + third % (steps.size() - between);

        assertThat(new BallotBalance(redis.get(before), postgres.get(between), redis.get(after)).unaccounted())
                .isZero();
    }
}
