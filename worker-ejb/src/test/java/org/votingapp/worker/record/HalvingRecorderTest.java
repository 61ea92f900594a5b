package org.votingapp.worker.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
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

    private static List<ReceivedBallot> ballots(int number) {
        return LongStream.rangeClosed(1, number)
                .mapToObj(voter -> Ballots.ballot(voter, 0, "cats-vs-dogs", voter, "a"))
                .toList();
    }

    private static Recorded all(List<ReceivedBallot> ballots) {
        return new Recorded(ballots.stream().map(ReceivedBallot::id).toList(), List.of(), List.of(), ballots.size());
    }

    @Property
    void theBadOnesAreRejectedAndAllOthersRecorded(
            @ForAll @IntRange(min = 1, max = 100) int number,
            @ForAll @Size(max = 10) Set<@LongRange(min = 1, max = 100) Long> bad)
            throws StoreAwayException {
        Recorded recorded = new HalvingRecorder(ballots -> {
                    if (ballots.stream()
                            .anyMatch(ballot -> bad.contains(ballot.id().millis()))) {
                        throw new BallotsRefusedException("no", new SQLException());
                    }
                    return all(ballots);
                })
                .record(ballots(number));

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
                        throw new BallotsRefusedException("value too long", new SQLException());
                    }
                    return all(ballots);
                })
                .record(ballots(1_000));

        assertThat(recorded.rejected())
                .containsExactly(new Rejection(new EntryId(700, 0), "Postgres refused it: value too long"));
        assertThat(sizes).hasSizeLessThanOrEqualTo(21);
    }

    @Test
    void aBallotRefusedAtTheCommitIsFoundToo() throws StoreAwayException {
        Recorded recorded = new HalvingRecorder(ballots -> {
                    if (ballots.stream().anyMatch(ballot -> ballot.id().millis() == 2)) {
                        throw new EJBException(new SQLException("deferred", "23514"));
                    }
                    return all(ballots);
                })
                .record(ballots(3));

        assertThat(recorded.rejected()).extracting(Rejection::id).containsExactly(new EntryId(2, 0));
        assertThat(recorded.counted()).hasSize(2);
    }

    @Test
    void aStoreThatIsAwayEndsItAtOnce() {
        List<Integer> sizes = new ArrayList<>();
        HalvingRecorder recorder = new HalvingRecorder(ballots -> {
            sizes.add(ballots.size());
            throw new StoreAwayException(Store.POSTGRES, "connection refused", new SQLException());
        });

        assertThatThrownBy(() -> recorder.record(ballots(8))).isInstanceOf(StoreAwayException.class);
        assertThat(sizes).containsExactly(8);
    }

    @Test
    void aConnectionLostAtTheCommitCountsAsAStoreThatIsAway() {
        HalvingRecorder recorder = new HalvingRecorder(ballots -> {
            throw new EJBException(new SQLException("broken", "08006"));
        });

        assertThatThrownBy(() -> recorder.record(ballots(8)))
                .isInstanceOf(StoreAwayException.class)
                .hasMessage("broken (SQLSTATE 08006)");
    }
}
