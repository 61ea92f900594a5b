package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.drain.ReadPlan.Step;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.Delivery;
import org.votingapp.worker.stream.EntryId;
import org.votingapp.worker.stream.StreamEntry;

class ReadPlanTest {

    private static final int BATCH_SIZE = 4;
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration CLAIM_IDLE = Duration.ofSeconds(30);

    private long nanos;
    private ReadPlan plan;

    @BeforeEach
    void begin() {
        plan = new ReadPlan(
                new WorkerSettings("tested", 1, BATCH_SIZE, PACE, CLAIM_IDLE, Duration.ZERO, "voting_result"),
                () -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static EntryId id(long number) {
        return new EntryId(number, 0);
    }

    private static Delivery entries(long... numbers) {
        return new Delivery(
                Arrays.stream(numbers)
                        .mapToObj(number -> new StreamEntry(id(number), List.of()))
                        .toList(),
                List.of());
    }

    private static BallotStream.Claim claim(EntryId next, long... numbers) {
        return new BallotStream.Claim(
                next, Arrays.stream(numbers).mapToObj(ReadPlanTest::id).toList());
    }

    private void readAllPending() {
        plan.pendingRead(Delivery.NONE);
    }

    private void claimNothing() {
        plan.claimed(claim(EntryId.ZERO));
    }

    @Test
    void pendingEntriesComeFirstThenAClaimThenUnseenEntries() {
        assertThat(plan.next()).isEqualTo(Step.READ_PENDING);
        assertThat(plan.pendingAfter()).isEqualTo(EntryId.ZERO);
        readAllPending();
        assertThat(plan.next()).isEqualTo(Step.CLAIM);
        assertThat(plan.claimFrom()).isEqualTo(EntryId.ZERO);
        claimNothing();
        assertThat(plan.next()).isEqualTo(Step.READ_UNSEEN);
    }

    @Test
    void eachReadOfPendingEntriesGoesOnAfterTheOneBefore() {
        plan.pendingRead(entries(3));
        assertThat(plan.next()).isEqualTo(Step.READ_PENDING);
        assertThat(plan.pendingAfter()).isEqualTo(id(3));
        plan.pendingRead(new Delivery(entries(5).entries(), List.of(id(7))));
        assertThat(plan.pendingAfter()).as("after an entry that was deleted").isEqualTo(id(7));
    }

    @Test
    void readsOfPendingEntriesDoubleUpToTheBatchSize() {
        assertThat(plan.pendingMost()).isEqualTo(1);
        plan.pendingRead(entries(1));
        assertThat(plan.pendingMost()).isEqualTo(2);
        plan.pendingRead(entries(2, 3));
        assertThat(plan.pendingMost()).isEqualTo(4);
        plan.pendingRead(entries(4, 5, 6, 7));
        assertThat(plan.pendingMost()).isEqualTo(BATCH_SIZE);
    }

    @Test
    void afterAFailureAllPendingEntriesAreReadAgainTheFirstOneAlone() {
        plan.pendingRead(entries(1));
        readAllPending();
        claimNothing();
        plan.beginAgain();

        assertThat(plan.next()).isEqualTo(Step.READ_PENDING);
        assertThat(plan.pendingAfter()).isEqualTo(EntryId.ZERO);
        assertThat(plan.pendingMost()).isEqualTo(1);
    }

    @Test
    void claimedEntriesAreReadAsPendingAndNoFurther() {
        readAllPending();
        plan.claimed(claim(EntryId.ZERO, 5, 6, 9));

        assertThat(plan.next()).isEqualTo(Step.READ_PENDING);
        assertThat(plan.pendingAfter()).isLessThan(id(5)).isGreaterThan(id(4));
        plan.pendingRead(entries(5, 6));
        assertThat(plan.next()).isEqualTo(Step.READ_PENDING);
        plan.pendingRead(entries(9));
        assertThat(plan.next()).isEqualTo(Step.READ_UNSEEN);
    }

    @Test
    void aClaimGoesOnUntilItHasSeenTheWholeStream() {
        readAllPending();
        plan.claimed(claim(id(7)));
        assertThat(plan.next()).isEqualTo(Step.CLAIM);
        assertThat(plan.claimFrom()).isEqualTo(id(7));
        claimNothing();
        assertThat(plan.next()).isEqualTo(Step.READ_UNSEEN);
        assertThat(plan.claimFrom()).isEqualTo(EntryId.ZERO);
    }

    @Test
    void aClaimIsMadeThreeTimesInTheIdleTime() {
        readAllPending();
        claimNothing();
        pass(CLAIM_IDLE.dividedBy(3).minusNanos(1));
        assertThat(plan.next()).isEqualTo(Step.READ_UNSEEN);
        pass(Duration.ofNanos(1));
        assertThat(plan.next()).isEqualTo(Step.CLAIM);
    }

    @Test
    void whileBallotsTrickleInReadsKeepThePace() {
        assertThat(plan.pause()).as("at the start").isZero();
        plan.unseenRead(entries(1, 2));
        assertThat(plan.pause()).isEqualTo(PACE);
        pass(PACE.dividedBy(2));
        assertThat(plan.pause()).isEqualTo(PACE.dividedBy(2));
        pass(PACE);
        assertThat(plan.pause()).isZero();
    }

    @Test
    void afterAFullBatchAndAfterNoneTheNextReadComesAtOnce() {
        plan.unseenRead(entries(1, 2, 3, 4));
        assertThat(plan.pause()).isZero();
        plan.unseenRead(Delivery.NONE);
        assertThat(plan.pause()).isZero();
    }
}
