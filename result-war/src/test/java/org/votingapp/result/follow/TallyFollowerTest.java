package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
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
import org.votingapp.runtime.postgres.PostgresFailure;
import org.votingapp.runtime.store.StoreAddress;

/** The follower with a store in memory and a clock that moves only when it waits. */
class TallyFollowerTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    private long nanos;
    private long until;
    private Poll poll = Tallies.poll("Cats", "Dogs");
    private Optional<Long> stored = Optional.of(0L);
    private boolean storeIsThere = true;
    private boolean storeTells = true;
    private boolean storeIsDeaf;
    private boolean told;
    private boolean listeningIsFaulty;
    private int waits;
    private int readings;

    private final List<PublishedTally> announced = new ArrayList<>();
    private final Vitals vitals = new Vitals();
    private final TallyFollower follower = new TallyFollower(
            "cats-vs-dogs",
            new StoreAddress("Postgres", "db.example.org", 5432, "reader", PostgresFailure::words),
            this::read,
            this::open,
            new TallyBoard(announced::add),
            vitals,
            new Time(new MovingClock(), () -> nanos, this::pause),
            new Random(1));

    @Test
    void theTallyIsPublishedAtTheStart() throws Exception {
        turnFor(Duration.ofMillis(10));
        assertThat(announced).hasSize(1);
        assertThat(vitals.schemaSeen()).isTrue();
        assertThat(vitals.fresh()).isTrue();
        assertThat(vitals.listening()).isTrue();
    }

    @Test
    void aChangeThatIsToldIsPublishedAtOnce() throws Exception {
        turnFor(Duration.ofMillis(300));
        commit(1);
        turnFor(Duration.ofMillis(1));
        assertThat(votes()).isEqualTo(1);
    }

    @Test
    void aChangeThatIsNotToldIsFoundWithinASecond() throws Exception {
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
    void withoutTheStoreTheLastTallyStaysAndTheNextComesSoonAfterItIsBack() throws Exception {
        commit(1);
        turnFor(Duration.ofMillis(300));
        storeIsThere = false;
        storeTells = false;
        turnFor(Duration.ofSeconds(60));
        assertThat(votes()).isEqualTo(1);
        assertThat(vitals.listening()).isFalse();
        assertThat(readings).as("tries during the outage").isLessThan(150);
        stored = Optional.of(2L);
        storeIsThere = true;
        storeTells = true;
        turnFor(Duration.ofMillis(1100));
        assertThat(votes()).isEqualTo(2);
        assertThat(vitals.listening()).isTrue();
    }

    @Test
    void withoutNotificationsTheTallyIsStillRead() throws Exception {
        storeTells = false;
        turnFor(Duration.ofMillis(300));
        stored = Optional.of(5L);
        turnFor(Duration.ofMillis(1100));
        assertThat(votes()).isEqualTo(5);
        assertThat(vitals.listening()).isFalse();
    }

    @Test
    void whoHasNotHeardItselfDoesNotSayThatItListens() throws Exception {
        storeIsDeaf = true;
        turnFor(Duration.ofMillis(300));
        assertThat(vitals.listening()).isFalse();
        assertThat(vitals.listeningTrouble()).contains("nothing was heard yet");
        storeIsDeaf = false;
        turnFor(Duration.ofMillis(300));
        assertThat(vitals.listening()).isTrue();
        assertThat(vitals.listeningTrouble()).isEmpty();
    }

    @Test
    void aFaultInListeningIsTriedAgainAfterAPauseAndTheTallyIsReadMeanwhile() throws Exception {
        listeningIsFaulty = true;
        turnFor(Duration.ofSeconds(60));
        assertThat(waits).as("tries").isBetween(2, 150);
        stored = Optional.of(5L);
        turnFor(Duration.ofMillis(1100));
        assertThat(votes()).isEqualTo(5);
        assertThat(vitals.listening()).isFalse();
        listeningIsFaulty = false;
        turnFor(Duration.ofMillis(1100));
        assertThat(vitals.listening()).isTrue();
    }

    @Test
    void thePollClosesByTheClockEvenWhileTheStoreIsAway() throws Exception {
        Poll open = poll;
        poll = new Poll(
                open.id(),
                open.question(),
                open.language(),
                open.options(),
                open.revote(),
                Optional.empty(),
                Optional.of(NOON.plusSeconds(5)));
        turnFor(Duration.ofSeconds(2));
        storeIsThere = false;
        storeTells = false;
        turnFor(Duration.ofMillis(2900));
        assertThat(last().tally().open()).isTrue();
        turnFor(Duration.ofMillis(700));
        assertThat(last().tally().open()).isFalse();
    }

    @Test
    void aPollThatIsNotThereYetIsWaitedFor() throws Exception {
        stored = Optional.empty();
        turnFor(Duration.ofSeconds(3));
        assertThat(announced).isEmpty();
        assertThat(vitals.schemaSeen()).isTrue();
        assertThat(vitals.fresh()).isFalse();
        stored = Optional.of(0L);
        turnFor(Duration.ofSeconds(1));
        assertThat(announced).hasSize(1);
    }

    private void pause(Duration duration) {
        nanos = Math.max(nanos, Math.min(nanos + duration.toNanos(), until));
    }

    private void commit(long votes) {
        stored = Optional.of(votes);
        told = true;
    }

    private void turnFor(Duration time) throws InterruptedException {
        until = nanos + time.toNanos();
        while (nanos < until) {
            follower.turn();
        }
    }

    private PublishedTally last() {
        return announced.get(announced.size() - 1);
    }

    private long votes() {
        return last().tally().total();
    }

    private Optional<Reading> read(String pollId) throws SQLException {
        readings++;
        nanos += Duration.ofMillis(1).toNanos();
        if (!storeIsThere) {
            throw new SQLException("the store is away");
        }
        return stored.map(votes -> new Reading(poll, List.of(votes, 0L)));
    }

    private Notifications open() throws SQLException {
        nanos += Duration.ofMillis(1).toNanos();
        if (!storeTells) {
            throw new SQLException("the store is away");
        }
        return new Notifications() {
            @Override
            public boolean await(Duration atMost) throws SQLException {
                waits++;
                if (listeningIsFaulty) {
                    nanos += Duration.ofMillis(1).toNanos();
                    throw new IllegalStateException("a fault of ours, as a test plays it");
                }
                if (!storeTells) {
                    throw new SQLException("the store went away");
                }
                if (!told) {
                    pause(atMost);
                }
                boolean now = told;
                told = false;
                return now;
            }

            @Override
            public boolean heard() {
                return !storeIsDeaf;
            }

            @Override
            public void close() {
                told = false;
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
