package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tallies;

/** The follower with a store in memory, and a clock that moves only while the follower waits. */
class TallyFollowerTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    private long nanos;
    private long until;
    private Poll poll = Tallies.poll("Cats", "Dogs");
    private Optional<Long> stored = Optional.of(0L);
    private boolean isFinal;
    private boolean storeIsThere = true;
    private boolean storeNotifies = true;
    private boolean connectionIsUnproven;
    private boolean notified;
    private boolean listeningIsFaulty;
    private int waits;
    private int readings;

    private final List<PublishedTally> announced = new ArrayList<>();
    private final FollowerStatus status = new FollowerStatus();
    private final TallyFollower follower = new TallyFollower(
            "cats-vs-dogs",
            this::read,
            this::open,
            new TallyBoard(announced::add),
            status,
            new FollowerTime(new MovingClock(), () -> nanos, this::pause),
            new Random(1));

    @Test
    void theTallyIsPublishedAtTheStart() throws Exception {
        turnFor(Duration.ofMillis(10));
        assertThat(announced).hasSize(1);
        assertThat(status.tablesWereRead()).isTrue();
        assertThat(status.isFresh()).isTrue();
        assertThat(status.isListening()).isTrue();
    }

    @Test
    void aNotifiedChangeIsPublishedAtOnce() throws Exception {
        turnFor(Duration.ofMillis(300));
        commit(1);
        turnFor(Duration.ofMillis(1));
        assertThat(votes()).isEqualTo(1);
    }

    @Test
    void aChangeWithoutANotificationIsFoundWithinASecond() throws Exception {
        turnFor(Duration.ofMillis(300));
        stored = Optional.of(1L);
        turnFor(Duration.ofMillis(1000));
        assertThat(votes()).isEqualTo(1);
    }

    @Test
    void manyChangesAreReadAtMostTenTimesASecondAndTheLastIsPublished() throws Exception {
        turnFor(Duration.ofMillis(300));
        int before = readings;
        for (int vote = 1; vote <= 1000; vote++) {
            commit(vote);
            turnFor(Duration.ofMillis(1));
        }
        turnFor(Duration.ofMillis(100));
        assertThat(readings - before).isBetween(10, 12);
        assertThat(votes()).isEqualTo(1000);
    }

    @Test
    void withoutTheStoreTheLastTallyStaysAndTheNextComesSoonAfterTheStoreReturns() throws Exception {
        commit(1);
        turnFor(Duration.ofMillis(300));
        storeIsThere = false;
        storeNotifies = false;
        turnFor(Duration.ofSeconds(60));
        assertThat(votes()).isEqualTo(1);
        assertThat(status.isListening()).isFalse();
        assertThat(status.failure()).isEqualTo("the store is away");
        assertThat(status.whyNotListening()).contains("the store is away");
        assertThat(readings).as("tries during the outage").isLessThan(150);
        stored = Optional.of(2L);
        storeIsThere = true;
        storeNotifies = true;
        turnFor(Duration.ofMillis(1100));
        assertThat(votes()).isEqualTo(2);
        assertThat(status.isListening()).isTrue();
    }

    @Test
    void withoutNotificationsTheTallyIsStillRead() throws Exception {
        storeNotifies = false;
        turnFor(Duration.ofMillis(300));
        stored = Optional.of(5L);
        turnFor(Duration.ofMillis(1100));
        assertThat(votes()).isEqualTo(5);
        assertThat(status.isListening()).isFalse();
    }

    @Test
    void aListenerWithoutAProvenConnectionIsNotListening() throws Exception {
        connectionIsUnproven = true;
        turnFor(Duration.ofMillis(300));
        assertThat(status.isListening()).isFalse();
        assertThat(status.whyNotListening()).contains("nothing was heard yet");
        connectionIsUnproven = false;
        turnFor(Duration.ofMillis(300));
        assertThat(status.isListening()).isTrue();
        assertThat(status.whyNotListening()).isEmpty();
    }

    @Test
    void afterAFaultInListeningItListensAgainAndReadsMeanwhile() throws Exception {
        listeningIsFaulty = true;
        turnFor(Duration.ofSeconds(60));
        assertThat(waits).as("tries").isBetween(2, 150);
        stored = Optional.of(5L);
        turnFor(Duration.ofMillis(1100));
        assertThat(votes()).isEqualTo(5);
        assertThat(status.whyNotListening()).contains(TallyFollower.FAULT);
        listeningIsFaulty = false;
        turnFor(Duration.ofMillis(1100));
        assertThat(status.isListening()).isTrue();
    }

    @Test
    void thePollClosesByTheClockEvenWhileTheStoreIsAway() throws Exception {
        poll = closing(poll, NOON.plusSeconds(5));
        turnFor(Duration.ofSeconds(2));
        storeIsThere = false;
        storeNotifies = false;
        turnFor(Duration.ofMillis(2900));
        assertThat(last().tally().open()).isTrue();
        turnFor(Duration.ofMillis(700));
        assertThat(last().tally().open()).isFalse();
    }

    /** By the worker's clock it has closed, and by this one not yet. */
    @Test
    void noTallyIsFinalWhileItsPollIsOpen() throws Exception {
        isFinal = true;
        turnFor(Duration.ofSeconds(2));
        assertThat(last().tally().open()).isTrue();
        assertThat(last().tally().isFinal()).isFalse();

        poll = closing(poll, NOON);
        turnFor(Duration.ofSeconds(2));
        assertThat(last().tally().isFinal()).isTrue();
    }

    @Test
    void theFollowerWaitsForAPollThatIsNotInTheStoreYet() throws Exception {
        stored = Optional.empty();
        turnFor(Duration.ofSeconds(3));
        assertThat(announced).isEmpty();
        assertThat(status.tablesWereRead()).isTrue();
        assertThat(status.isFresh()).isFalse();
        stored = Optional.of(0L);
        turnFor(Duration.ofSeconds(1));
        assertThat(announced).hasSize(1);
    }

    private void pause(Duration duration) {
        nanos = Math.max(nanos, Math.min(nanos + duration.toNanos(), until));
    }

    private void commit(long votes) {
        stored = Optional.of(votes);
        notified = true;
    }

    private void turnFor(Duration time) throws InterruptedException {
        until = nanos + time.toNanos();
        while (nanos < until) {
            follower.turn();
        }
    }

    private static Poll closing(Poll open, Instant when) {
        return new Poll(
                open.id(),
                open.question(),
                open.language(),
                open.options(),
                open.revote(),
                Optional.empty(),
                Optional.of(when));
    }

    private PublishedTally last() {
        return announced.get(announced.size() - 1);
    }

    private long votes() {
        return last().tally().total();
    }

    private Optional<TallyReading> read(String pollId) throws TallyStoreException {
        readings++;
        nanos += Duration.ofMillis(1).toNanos();
        if (!storeIsThere) {
            throw new TallyStoreException("the store is away");
        }
        return stored.map(votes -> new TallyReading(poll, List.of(votes, 0L), isFinal));
    }

    private Notifications open(String pollId) throws TallyStoreException {
        nanos += Duration.ofMillis(1).toNanos();
        if (!storeNotifies) {
            throw new TallyStoreException("the store is away");
        }
        return new Notifications() {
            @Override
            public boolean await(Duration atMost) throws TallyStoreException {
                waits++;
                if (listeningIsFaulty) {
                    nanos += Duration.ofMillis(1).toNanos();
                    throw new IllegalStateException("a fault of ours, as a test plays it");
                }
                if (!storeNotifies) {
                    throw new TallyStoreException("the store is away");
                }
                if (!notified) {
                    pause(atMost);
                }
                boolean now = notified;
                notified = false;
                return now;
            }

            @Override
            public boolean isProven() {
                return !connectionIsUnproven;
            }

            @Override
            public void close() {
                notified = false;
            }
        };
    }

    private final class MovingClock extends Clock {

        @Override
        public Instant instant() {
            return NOON.plusNanos(nanos);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
