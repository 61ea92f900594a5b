package org.votingapp.result.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.ResultViewer;
import org.votingapp.result.follow.StagedRoom;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.ResultView;
import org.votingapp.result.tally.Tallies;

class DistributionTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int THREADS = 2;

    private volatile Optional<ResultView> newest = Optional.empty();
    private volatile boolean fresh = true;
    private long id = 2;
    private final ThreadLocal<Runnable> beforeItIsSent = ThreadLocal.withInitial(() -> () -> {});

    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final ThreadFactory threads = task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setDaemon(true);
        started.add(thread);
        return thread;
    };
    private final CountingMeter meter = new CountingMeter();
    private final Distribution distribution = new Distribution(meter, threads, THREADS);
    private final TallyBoard board = new PlayedBoard("cats-vs-dogs");
    private final List<Client> clients = new ArrayList<>();

    @BeforeEach
    void begin() {
        publish(1);
        threads.newThread(distribution).start();
    }

    @AfterEach
    void end() {
        clients.forEach(Client::timeOut);
        distribution.stop();
    }

    @Test
    void aNewWatcherIsSentTheNewestTallyAtOnce() throws Exception {
        assertThat(watch(LONG).received()).contains("id: 1\n");
    }

    @Test
    void everyWatcherIsSentEachTallyOnce() throws Exception {
        Client one = watch(LONG);
        Client other = watch(LONG);
        publish(2);
        soon().untilAsserted(() -> assertThat(List.of(one.received(), other.received()))
                .allSatisfy(received ->
                        assertThat(received).containsOnlyOnce("id: 1\n").containsOnlyOnce("id: 2\n")));
        assertThat(meter.sent.sum()).isEqualTo(4);
    }

    @Test
    void aTallyWakesOnlyTheWatchersOfItsPoll() throws Exception {
        PlayedBoard lunch = new PlayedBoard("lunch");
        Client other = watch(lunch, LONG);
        Client client = watch(LONG);
        long looks = lunch.looks.sum();
        for (long id = 2; id <= 5; id++) {
            String line = "id: " + id + "\n";
            publish(id);
            soon().untilAsserted(() -> assertThat(client.received()).contains(line));
        }
        assertThat(lunch.looks.sum()).isEqualTo(looks);
        assertThat(other.received()).doesNotContain("id: 2\n");

        distribution.published(List.of(lunch));
        soon().untilAsserted(() -> assertThat(other.received()).contains("id: 5\n"));
    }

    @Test
    void aWatcherHoldsItsBoardUntilItLeaves() throws Exception {
        PlayedBoard lunch = new PlayedBoard("lunch");
        watch(lunch, LONG);
        Client leaving = watch(lunch, LONG);
        assertThat(lunch.holders).hasValue(2);
        leaving.leave();
        publish(2);
        distribution.published(List.of(lunch));
        soon().until(leaving::isCompleted);
        assertThat(lunch.holders).hasValue(1);
        assertThat(distribution.size()).isEqualTo(1);
    }

    @Test
    void watchersAreCountedByTheirPoll() throws Exception {
        watch(LONG);
        PlayedBoard lunch = new PlayedBoard("lunch");
        Client leaving = watch(lunch, LONG);
        watch(lunch, LONG);
        // Another board of the same poll, as after it was dropped and found again.
        watch(new PlayedBoard("lunch"), LONG);
        assertThat(distribution.size("lunch")).isEqualTo(3);
        assertThat(distribution.size("cats-vs-dogs")).isEqualTo(1);
        assertThat(distribution.size("dinner")).isZero();
        leaving.leave();
        publish(2);
        distribution.published(List.of(lunch));
        soon().until(() -> distribution.size("lunch") == 2);
    }

    @Test
    void theStreamOfABoardThatWasJustDroppedEnds() throws Exception {
        PlayedBoard lunch = new PlayedBoard("lunch");
        lunch.isDropped = true;
        assertThat(watch(lunch, LONG).isCompleted()).isTrue();
        assertThat(distribution.size()).isZero();
    }

    @Test
    void theStreamOfARoomEndsWhenAnotherPollIsOnStage() throws Exception {
        StagedRoom hall = new StagedRoom("KXT4M7", "cats-vs-dogs");
        Client inTheRoom = new Client();
        clients.add(inTheRoom);
        distribution.add(new Watcher(
                board, ResultViewer.ANYBODY, Optional.of(hall.board()), inTheRoom.exchange(), LONG.toNanos(), meter));
        Client other = watch(LONG);
        hall.stage("lunch");
        distribution.staged();
        soon().until(inTheRoom::isCompleted);
        assertThat(inTheRoom.received()).endsWith("event: stage\ndata: {\"room\":\"KXT4M7\",\"poll\":\"lunch\"}\n\n");
        assertThat(other.isCompleted()).isFalse();
        assertThat(distribution.size()).isEqualTo(1);
    }

    @Test
    void aTallyPublishedBetweenLookingAndSendingIsSentToo() throws Exception {
        Client other = watch(LONG);
        beforeItIsSent.set(() -> {
            // The other has the third when all were told of the second.
            for (long id = 2; id <= 3; id++) {
                String line = "id: " + id + "\n";
                publish(id);
                soon().untilAsserted(() -> assertThat(other.received()).contains(line));
            }
        });
        Client client = watch(LONG);
        soon().untilAsserted(() -> assertThat(client.received()).contains("id: 3\n"));
    }

    @Test
    void watchersThatDoNotReadDelayNoOtherWatcher() throws Exception {
        List<Client> others = new ArrayList<>();
        List<Client> stuck = new ArrayList<>();
        for (int at = 0; at < 40; at++) {
            others.add(watch(LONG));
            Client silent = watch(LONG);
            silent.stopReading();
            stuck.add(silent);
        }
        publish(2);
        soon().untilAsserted(() -> assertThat(others)
                .allSatisfy(other -> assertThat(other.received()).contains("id: 2\n")));
        publish(3);
        soon().untilAsserted(() -> assertThat(others)
                .allSatisfy(other -> assertThat(other.received()).contains("id: 3\n")));
        assertThat(stuck).noneMatch(Client::isCompleted);

        stuck.forEach(Client::timeOut);
        soon().until(() -> distribution.size() == others.size());
        soon().until(() -> stuck.stream().allMatch(Client::isCompleted));
        assertThat(meter.slow.sum()).isEqualTo(stuck.size());
    }

    @Test
    void threadsThatReplacedBlockedOnesLeaveThoughTalliesGoOn() throws Exception {
        Client reading = watch(LONG);
        Client silent = watch(LONG);
        silent.stopReading();
        publish(2);
        soon().until(() -> {
            publish(nextId());
            return started.stream().filter(Thread::isAlive).count() > THREADS + 2;
        });
        silent.timeOut();
        await().atMost(Duration.ofSeconds(3)).pollInterval(Duration.ofMillis(5)).until(() -> {
            publish(nextId());
            return started.stream().filter(Thread::isAlive).count() == THREADS + 1;
        });
        String newest = "id: " + id + "\n";
        soon().untilAsserted(() -> assertThat(reading.received()).contains(newest));
    }

    @Test
    void oneThreadAtATimeServesAWatcher() throws Exception {
        Client stuck = watch(LONG);
        stuck.stopReading();
        for (int id = 2; id < 50; id++) {
            publish(id);
        }
        soon().until(stuck::isWaitedFor);
        Client other = watch(LONG);
        publish(50);
        soon().untilAsserted(() -> assertThat(other.received()).contains("id: 50\n"));
        assertThat(distribution.blockedSenders()).isLessThanOrEqualTo(1);
    }

    @Test
    void aWatcherThatLeftIsRemoved() throws Exception {
        Client leaving = watch(LONG);
        leaving.leave();
        publish(2);
        soon().until(() -> distribution.size() == 0);
        assertThat(leaving.isCompleted()).isTrue();
        assertThat(meter.gone.sum()).isEqualTo(1);
    }

    @Test
    void aFaultEndsItsWatcherAndTheOthersAreServed() throws Exception {
        Client faulty = watch(LONG);
        Client worse = watch(LONG);
        Client other = watch(LONG);
        faulty.failWith(() -> {
            throw new NullPointerException("a fault of the server's, as a test plays it");
        });
        worse.failWith(() -> {
            throw new AssertionError("a worse one, as a test plays it");
        });
        publish(2);
        // The worse one ends its thread, which is replaced.
        soon().dontCatchUncaughtExceptions().until(() -> distribution.size() == 1);
        soon().dontCatchUncaughtExceptions().until(() -> faulty.isCompleted() && worse.isCompleted());
        publish(3);
        soon().untilAsserted(() -> assertThat(other.received()).contains("id: 3\n"));
    }

    @Test
    void aSilentStreamGetsAHeartbeat() throws Exception {
        Client client = watch(Duration.ofMillis(1));
        soon().untilAsserted(() -> assertThat(client.received()).contains("event: heartbeat\ndata: live\n\n"));
    }

    @Test
    void heartbeatsSayWhenTheTallyStopsBeingFreshAndWhenItIsAgain() throws Exception {
        Client client = watch(LONG);
        fresh = false;
        soon().untilAsserted(() -> assertThat(client.received()).contains("data: behind\n\n"));
        fresh = true;
        soon().untilAsserted(() -> assertThat(client.received()).endsWith("data: live\n\n"));
        assertThat(client.received()).containsOnlyOnce("data: behind\n\n");
    }

    @Test
    void aTallyThatIsNotFreshIsFollowedByThatHeartbeatAtOnce() throws Exception {
        Client client = watch(LONG);
        fresh = false;
        soon().untilAsserted(() -> assertThat(client.received()).endsWith("data: behind\n\n"));
        publish(2);
        soon().untilAsserted(() ->
                assertThat(client.received()).containsPattern("id: 2\n[^\n]*\n\nevent: heartbeat\ndata: behind\n\n$"));
    }

    @Test
    void streamsEndWhenTheServerStops() throws Exception {
        Client client = watch(LONG);
        distribution.stop();
        // Not at once where a thread just looks whether it lacks something.
        soon().until(client::isCompleted);
    }

    @Test
    void streamsEndWhenTheServerStopsEvenWhileOneIsBlocked() throws Exception {
        Client stuck = watch(LONG);
        stuck.stopReading();
        publish(2);
        soon().until(stuck::isWaitedFor);
        Client other = watch(LONG);
        publish(3);
        distribution.stop();
        soon().until(other::isCompleted);
        assertThat(stuck.isCompleted()).isFalse();
        stuck.timeOut();
        soon().until(stuck::isCompleted);
        Client late = watch(LONG);
        assertThat(late.isCompleted()).isTrue();
        assertThat(distribution.size()).isZero();
    }

    private Client watch(Duration quiet) throws IOException {
        return watch(board, quiet);
    }

    private Client watch(TallyBoard watched, Duration quiet) throws IOException {
        Client client = new Client();
        clients.add(client);
        distribution.add(new Watcher(
                watched, ResultViewer.ANYBODY, Optional.empty(), client.exchange(), quiet.toNanos(), meter));
        return client;
    }

    private Optional<ResultView> look() {
        Optional<ResultView> seen = newest;
        beforeItIsSent.get().run();
        return seen;
    }

    private long nextId() {
        return ++id;
    }

    private void publish(long id) {
        newest = Optional.of(PublishedTally.of(id, Tallies.catsAndDogs(id, 0)));
        distribution.published(List.of(board));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5));
    }

    /** Shows what the test publishes, and counts how often somebody looks. */
    private final class PlayedBoard extends TallyBoard {

        private final LongAdder looks = new LongAdder();
        private final AtomicInteger holders = new AtomicInteger();
        private volatile boolean isDropped;

        private PlayedBoard(String pollId) {
            super(pollId, System::nanoTime);
        }

        @Override
        public Optional<ResultView> newest(ResultViewer viewer) {
            looks.increment();
            return look();
        }

        @Override
        public boolean hold() {
            holders.incrementAndGet();
            return !isDropped;
        }

        @Override
        public void release() {
            holders.decrementAndGet();
        }

        @Override
        public boolean isFresh() {
            return fresh;
        }
    }

    private static final class CountingMeter implements WatcherMeter {

        private final LongAdder sent = new LongAdder();
        private final LongAdder gone = new LongAdder();
        private final LongAdder slow = new LongAdder();

        @Override
        public void tallySent() {
            sent.increment();
        }

        @Override
        public void refused() {
            throw new AssertionError("a distribution refuses nobody");
        }

        @Override
        public void gone() {
            gone.increment();
        }

        @Override
        public void slow() {
            slow.increment();
        }
    }
}
