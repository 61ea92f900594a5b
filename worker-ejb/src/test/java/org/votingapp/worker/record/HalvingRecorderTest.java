package org.votingapp.worker.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.EntryId;
import org.votingapp.worker.stream.Rejection;

class HalvingRecorderTest {

    @Property
    void badBallotsAreRejectedAndAllOthersRecorded(
            @ForAll @IntRange(min = 1, max = 100) int number,
            @ForAll @Size(max = 10) Set<@LongRange(min = 1, max = 100) Long> bad)
            throws StoreAwayException {
        Recorded recorded = new HalvingRecorder(ballots -> {
                    if (ballots.stream()
                            .anyMatch(ballot -> bad.contains(ballot.id().millis()))) {
                        throw new BallotsRefusedException("no", false, new SQLException());
                    }
                    return Ballots.allStored(ballots);
                })
                .record(Ballots.ofVoters(number));

        Set<Long> rejected = new HashSet<>(bad);
        rejected.removeIf(voter -> voter > number);
        assertThat(recorded.rejected().stream().map(rejection -> rejection.id().millis()))
                .containsExactlyInAnyOrderElementsOf(rejected);
        assertThat(recorded.counted()).hasSize(number - rejected.size()).doesNotHaveDuplicates();
        assertThat(recorded.stored()).isEqualTo(number - rejected.size());
    }

    @Test
    void oneBadBallotAmongAThousandTakesTenHalvings() throws StoreAwayException {
        List<Integer> sizes = new ArrayList<>();
        Recorded recorded = new HalvingRecorder(ballots -> {
                    sizes.add(ballots.size());
                    if (ballots.stream().anyMatch(ballot -> ballot.id().millis() == 700)) {
                        throw new BallotsRefusedException("value too long", false, new SQLException());
                    }
                    return Ballots.allStored(ballots);
                })
                .record(Ballots.ofVoters(1_000));

        assertThat(recorded.rejected())
                .containsExactly(new Rejection(new EntryId(700, 0), "Postgres refused it: value too long"));
        assertThat(sizes).hasSizeLessThanOrEqualTo(21);
    }

    @Test
    void aFailureOfTheStoreEndsItAtOnce() {
        List<Integer> sizes = new ArrayList<>();
        HalvingRecorder recorder = new HalvingRecorder(ballots -> {
            sizes.add(ballots.size());
            throw new StoreAwayException(Store.POSTGRES, "connection refused", new SQLException());
        });

        assertThatThrownBy(() -> recorder.record(Ballots.ofVoters(8))).isInstanceOf(StoreAwayException.class);
        assertThat(sizes).containsExactly(8);
    }
}
