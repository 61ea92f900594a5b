package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.ResultViewer;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.poll.RoomCode;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tallies;

/** The follower with a store in memory, and a clock that moves only while the follower waits. */
class TallyFollowerTest {

    private static final String HOUSE = "cats-vs-dogs";
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    private long nanos;
    private long until;
    private Poll poll = Tallies.poll("Cats", "Dogs");
    private Optional<Long> stored = Optional.of(0L);
    private boolean isFinal;
    private boolean storeIsThere = true;
    private boolean storeNotifies = true;
    private boolean connectionIsUnproven;
    private final Set<String> notified = new HashSet<>();
    private boolean listeningIsFaulty;
    private int waits;

    private int announcements;
    private final List<PublishedTally> announced = new ArrayList<>();
    private final Map<String, Long> others = new HashMap<>();
    private final List<List<String>> statements = new ArrayList<>();
    private final FollowerStatus status = new FollowerStatus();
    private final FollowerTime time = new FollowerTime(new MovingClock(), () -> nanos, this::pause);
    private final TallyBoards boards = new TallyBoards(
            HOUSE,
            tallies -> {
                announcements++;
                tallies.boards()
                        .forEach(board -> announced.add((PublishedTally)
                                board.newest(ResultViewer.ANYBODY).orElseThrow()));
            },
            time);
    private final Map<RoomCode, Optional<String>> stages = new HashMap<>();
    private final List<RoomBoard> staged = new ArrayList<>();
    private final RoomBoards rooms = new RoomBoards(staged::add, () -> nanos);
    private final TallyFollower follower =
            new TallyFollower(this::read, this::readStages, this::open, boards, rooms, status, time, new Random(1));

    @Test
    void theTallyIsPublishedAtTheStart() throws Exception {
        turnFor(Duration.ofMillis(10));
        assertThat(announced).hasSize(1);
        assertThat(status.tablesWereRead()).isTrue();
        assertThat(boards.house().isFresh()).isTrue();
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
    void aChangeWithoutANotificationIsFoundWithinThreeSeconds() throws Exception {
        turnFor(Duration.ofMillis(300));
        stored = Optional.of(1L);
        turnFor(Duration.ofMillis(3000));
        assertThat(votes()).isEqualTo(1);
    }

    @Test
    void aChangeIsFoundWithinASecondWhereNoNotificationsArrive() throws Exception {
        storeNotifies = false;
        turnFor(Duration.ofMillis(300));
        stored = Optional.of(1L);
        turnFor(Duration.ofMillis(1000));
        assertThat(votes()).isEqualTo(1);
    }

    @Test
    void manyChangesAreReadAtMostTenTimesASecondAndTheLastIsPublished() throws Exception {
        turnFor(Duration.ofMillis(300));
        int before = statements.size();
        for (int vote = 1; vote <= 1000; vote++) {
            commit(vote);
            turnFor(Duration.ofMillis(1));
        }
        turnFor(Duration.ofMillis(100));
        assertThat(statements.size() - before).isBetween(10, 12);
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
        assertThat(statements).as("tries during the outage").hasSizeLessThan(150);
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
    void aTallyIsFinalWhereTheWorkerHasSaidSoWhateverThisClockSays() throws Exception {
        poll = closing(poll, NOON.plusSeconds(60));
        turnFor(Duration.ofSeconds(2));
        assertThat(last().tally().open()).isTrue();

        isFinal = true;
        turnFor(Duration.ofSeconds(2));
        assertThat(last().tally().open()).isFalse();
        assertThat(last().tally().isFinal()).isTrue();
    }

    @Test
    void theFollowerWaitsForAPollThatIsNotInTheStoreYet() throws Exception {
        stored = Optional.empty();
        turnFor(Duration.ofSeconds(3));
        assertThat(announced).isEmpty();
        assertThat(status.tablesWereRead()).isTrue();
        assertThat(boards.house().isFresh()).isFalse();
        stored = Optional.of(0L);
        turnFor(Duration.ofSeconds(1));
        assertThat(announced).hasSize(1);
    }

    @Test
    void changesOfManyPollsAreReadInOneStatementAndOnlyTheyArePublished() throws Exception {
        follow(100);
        turnFor(Duration.ofMillis(1500));
        announced.clear();
        announcements = 0;
        statements.clear();
        for (int poll = 0; poll < 50; poll++) {
            change("poll-" + poll);
        }
        turnFor(Duration.ofMillis(15));
        assertThat(statements).hasSize(1);
        assertThat(announcements).isOne();
        assertThat(announced)
                .extracting(tally -> tally.tally().poll().id())
                .hasSize(50)
                .contains("poll-0", "poll-49")
                .doesNotContain("poll-50", HOUSE);
    }

    @Test
    void changesOfManyPollsOneAfterTheOtherShareStatements() throws Exception {
        follow(100);
        turnFor(Duration.ofMillis(1500));
        statements.clear();
        announced.clear();
        for (int poll = 0; poll < 100; poll++) {
            change("poll-" + poll);
            turnFor(Duration.ofMillis(1));
        }
        turnFor(Duration.ofMillis(30));
        assertThat(announced).hasSize(100);
        assertThat(statements).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void pollsWithoutChangesComeToBeReadTogether() throws Exception {
        for (int poll = 0; poll < 100; poll++) {
            follow("poll-" + poll);
            turnFor(Duration.ofMillis(13));
        }
        turnFor(Duration.ofSeconds(5));
        statements.clear();
        turnFor(Duration.ofSeconds(30));
        assertThat(statements).hasSizeLessThanOrEqualTo(80);
        assertThat(statements.stream().mapToInt(List::size).sum()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void aBoardThatSomebodyAskedForBetweenTwoTurnsIsFollowedSoon() throws Exception {
        turnFor(Duration.ofMillis(1500));
        follow("lunch");
        others.put("lunch", 7L);
        turnFor(Duration.ofMillis(600));
        assertThat(last().tally().total()).isEqualTo(7);
    }

    @Test
    void aPollThatIsNotThereAnyMoreLosesItsBoardOnceNobodyWatches() throws Exception {
        follow("lunch");
        follow("dinner");
        assertThat(boards.find("dinner").orElseThrow().hold()).isTrue();
        turnFor(Duration.ofMillis(1500));
        others.clear();
        turnFor(Duration.ofMillis(3500));
        assertThat(boards.find("lunch")).isEmpty();
        assertThat(boards.find("dinner")).isPresent();
        assertThat(boards.house().isFresh()).isTrue();
    }

    @Test
    void aNotifiedChangeOfTheStageIsAnnouncedAtOnce() throws Exception {
        RoomBoard hall = stage("KXT4M7", "lunch");
        stage("KXT4M8", "lunch");
        turnFor(Duration.ofMillis(1500));
        assertThat(staged).isEmpty();
        stages.put(hall.code(), Optional.of("dinner"));
        notified.add("KXT4M7");
        turnFor(Duration.ofMillis(5));
        assertThat(staged).containsExactly(hall);
        assertThat(hall.stage()).contains("dinner");
    }

    @Test
    void aChangeOfTheStageWithoutANotificationIsFoundWithinASecond() throws Exception {
        RoomBoard hall = stage("KXT4M7", "lunch");
        turnFor(Duration.ofMillis(1500));
        stages.put(hall.code(), Optional.empty());
        turnFor(Duration.ofMillis(1100));
        assertThat(staged).containsExactly(hall);
    }

    @Test
    void anOutageOfTheStoreLeavesTheStageAsItWas() throws Exception {
        RoomBoard hall = stage("KXT4M7", "lunch");
        storeIsThere = false;
        turnFor(Duration.ofSeconds(10));
        assertThat(hall.stage()).contains("lunch");
        stages.put(hall.code(), Optional.of("dinner"));
        storeIsThere = true;
        turnFor(Duration.ofMillis(2200));
        assertThat(hall.stage()).contains("dinner");
    }

    @Test
    void aRoomThatIsNotThereAnyMoreHasNothingOnStageAndNoBoard() throws Exception {
        RoomBoard hall = stage("KXT4M7", "lunch");
        stages.clear();
        turnFor(Duration.ofMillis(1500));
        assertThat(hall.stage()).isEmpty();
        assertThat(rooms.count()).isZero();
    }

    private RoomBoard stage(String code, String poll) throws NoBoardException {
        RoomCode room = new RoomCode(code);
        stages.put(room, Optional.of(poll));
        return rooms.put(room, Optional.of(poll));
    }

    private List<RoomStage> readStages(Collection<RoomCode> codes) throws TallyStoreException {
        if (!storeIsThere) {
            throw new TallyStoreException("the store is away");
        }
        return codes.stream()
                .filter(stages::containsKey)
                .map(code -> new RoomStage(code, stages.get(code), false))
                .toList();
    }

    private void follow(int polls) throws NoBoardException {
        for (int poll = 0; poll < polls; poll++) {
            follow("poll-" + poll);
        }
    }

    private void follow(String pollId) throws NoBoardException {
        others.put(pollId, 0L);
        boards.put(reading(Tallies.pollOf(pollId, "Cats", "Dogs"), 0));
    }

    private void change(String pollId) {
        others.merge(pollId, 1L, Long::sum);
        notified.add(pollId);
    }

    private void pause(Duration duration) {
        nanos = Math.max(nanos, Math.min(nanos + duration.toNanos(), until));
    }

    private void commit(long votes) {
        stored = Optional.of(votes);
        notified.add(HOUSE);
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

    private List<TallyReading> read(Collection<String> pollIds) throws TallyStoreException {
        statements.add(List.copyOf(pollIds));
        nanos += Duration.ofMillis(1).toNanos();
        if (!storeIsThere) {
            throw new TallyStoreException("the store is away");
        }
        List<TallyReading> readings = new ArrayList<>();
        for (String pollId : pollIds) {
            if (others.containsKey(pollId)) {
                readings.add(reading(Tallies.pollOf(pollId, "Cats", "Dogs"), others.get(pollId)));
            } else if (pollId.equals(HOUSE)) {
                stored.ifPresent(votes -> readings.add(reading(poll, votes)));
            }
        }
        return readings;
    }

    private TallyReading reading(Poll of, long votes) {
        return new TallyReading(of, List.of(votes, 0L), isFinal, Optional.empty(), ResultsPolicy.LIVE, false);
    }

    private Notifications open() throws TallyStoreException {
        nanos += Duration.ofMillis(1).toNanos();
        if (!storeNotifies) {
            throw new TallyStoreException("the store is away");
        }
        return new Notifications() {
            @Override
            public Set<String> await(Duration atMost) throws TallyStoreException {
                waits++;
                if (listeningIsFaulty) {
                    nanos += Duration.ofMillis(1).toNanos();
                    throw new IllegalStateException("a fault of ours, as a test plays it");
                }
                if (!storeNotifies) {
                    throw new TallyStoreException("the store is away");
                }
                if (notified.isEmpty()) {
                    pause(atMost);
                }
                Set<String> now = Set.copyOf(notified);
                notified.clear();
                return now;
            }

            @Override
            public boolean isProven() {
                return !connectionIsUnproven;
            }

            @Override
            public void close() {
                notified.clear();
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
