package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.health.Heartbeat;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.poll.KnownPoll;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.poll.PollRegister;
import org.votingapp.worker.poll.RoomRegister;
import org.votingapp.worker.record.HalvingRecorder;
import org.votingapp.worker.record.ReceivedBallot;
import org.votingapp.worker.record.Recorded;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.store.StoreLog;
import org.votingapp.worker.store.StoreStates;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.Delivery;
import org.votingapp.worker.stream.EntryId;
import org.votingapp.worker.stream.Rejection;
import org.votingapp.worker.stream.StreamEntry;

/** One loop with its drain; a test plays the stream. */
class DrainLoopTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Poll CATS = new Poll(
            "cats",
            "Cats?",
            "en",
            List.of(new PollOption("a", "Yes"), new PollOption("b", "No")),
            RevoteRule.FINAL,
            Optional.empty(),
            Optional.empty());

    @RegisterExtension
    private final StoreLog log = new StoreLog();

    @RegisterExtension
    private final StoreLog lookups = new StoreLog(PollLookup.class);

    private Instant now = Instant.EPOCH;
    private final StopSignal stop = new StopSignal();
    private final PlayedStream stream = new PlayedStream();
    private final OnePoll postgres = new OnePoll();

    @Test
    void anEntryOfAPollThatIsNeverRegisteredIsRejectedInTheEnd() {
        stream.reads.add(() -> {
            now = now.plus(TEN_MINUTES);
            return entriesOf("dogs");
        });
        run();
        assertThat(stream.rejected).isEqualTo(1);
    }

    @Test
    void timeInWhichRedisFailedDoesNotCountAgainstAWaitingEntry() {
        stream.reads.add(() -> {
            now = now.plus(TEN_MINUTES);
            throw redisAway("connection refused");
        });
        stream.reads.add(() -> entriesOf("dogs"));
        run();
        assertThat(stream.rejected).isZero();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void aRedisThatCanBeReadButNotWrittenIsLoggedAsOneOutage() {
        for (int times = 1; times <= 3; times++) {
            stream.reads.add(() -> entriesOf("cats"));
            stream.acknowledgements.add(() -> {
                throw redisAway("NOPERM");
            });
        }
        stream.reads.add(() -> entriesOf("cats"));
        run();
        assertThat(log.lines())
                .containsExactly(
                        "WARNING Redis failed: NOPERM; nothing is drained meanwhile",
                        "INFO Redis works again after 0 s");
    }

    @Test
    void ballotsForUnknownPollsCostOneQueryADeliveryHoweverManyTheyAre() {
        stream.reads.add(() -> entriesOf("cats", "cats"));
        stream.reads.add(() -> entriesOf("dogs", "birds", "dogs", "cats"));
        run();
        assertThat(postgres.asked)
                .as("one for the cache, one for the second delivery")
                .isEqualTo(2);
    }

    @Test
    void anOptionThatMayNotBeRegisteredAgainIsLoggedOnceHoweverManyDeliveriesNameIt() {
        postgres.options.remove("a");
        for (int times = 1; times <= 3; times++) {
            stream.reads.add(() -> entriesOf("cats"));
        }
        run();
        assertThat(lookups.lines()).singleElement(STRING).startsWith("WARNING Poll cats is not started");
    }

    private static StoreAwayException redisAway(String reason) {
        return new StoreAwayException(Store.REDIS, reason, new IllegalStateException());
    }

    private static Delivery entriesOf(String... polls) {
        List<StreamEntry> entries = new ArrayList<>();
        for (String poll : polls) {
            EntryId id = new EntryId(0, entries.size() + 1);
            List<StreamEntry.Field> fields = List.of(
                    new StreamEntry.Field("poll", poll),
                    new StreamEntry.Field("voter", new VoterId(0, 1).toString()),
                    new StreamEntry.Field("choice", "a"));
            entries.add(new StreamEntry(id, fields));
        }
        return new Delivery(entries, List.of());
    }

    /** Until all that the stream was told to play is played. */
    private void run() {
        WorkerSettings settings =
                new WorkerSettings("tested", 1, 10, Duration.ZERO, Duration.ofHours(1), TEN_MINUTES, "voting_result");
        Patience patience = new Patience(TEN_MINUTES, () -> now);
        StoreStates states = new StoreStates();
        Heartbeat heartbeat = new Heartbeat();
        HalvingRecorder recorder = new HalvingRecorder(ballots ->
                new Recorded(ballots.stream().map(ReceivedBallot::id).toList(), List.of(), List.of(), ballots.size()));
        PollLookup polls = new PollLookup(
                CATS,
                ResultsRule.LIVE,
                new PollCatalog(postgres, new RoomRegister(), new PollChangeRule(false)),
                heartbeat);
        Drain drain = new Drain(stream, polls, recorder, patience, states, new NoMeter(), heartbeat);
        new DrainLoop(stream, drain, patience, settings, states, DrainLoops.backOff(), heartbeat, stop).run();
    }

    /** What comes of one command. */
    @FunctionalInterface
    private interface Play {

        Delivery play() throws StoreAwayException;
    }

    private final class PlayedStream implements BallotStream {

        private final Deque<Play> reads = new ArrayDeque<>();
        private final Deque<Play> acknowledgements = new ArrayDeque<>();
        private int rejected;

        @Override
        public Delivery pending(EntryId after, int most) throws StoreAwayException {
            return reads.isEmpty() ? Delivery.NONE : reads.poll().play();
        }

        @Override
        public Delivery unseen(int most) {
            stop.give();
            return Delivery.NONE;
        }

        @Override
        public Claim claim(EntryId from, Duration idle, int most) {
            return new Claim(EntryId.ZERO, List.of());
        }

        @Override
        public void acknowledge(List<EntryId> recorded, List<EntryId> duplicates) throws StoreAwayException {
            if (!acknowledgements.isEmpty()) {
                acknowledgements.poll().play();
            }
        }

        @Override
        public int reject(List<Rejection> rejections) {
            rejected += rejections.size();
            return rejections.size();
        }

        @Override
        public void forgetConsumers(Duration idle) {}
    }

    /** Postgres with one poll; counts how often it is asked for its polls. */
    private static final class OnePoll extends PollRegister {

        private final SortedSet<String> options = new TreeSet<>(List.of("a", "b"));
        private int asked;

        @Override
        public Map<String, KnownPoll> polls() {
            asked++;
            return Map.of(CATS.id(), new KnownPoll(CATS.id(), CATS.revote(), options));
        }

        /** As where it is over. */
        @Override
        public Optional<String> register(Poll configured, ResultsRule results, PollChangeRule rule, long unrecorded)
                throws PollRefusedException {
            rule.checkReopening(
                    new RegisteredPoll(CATS, Map.of(), 0), configured, Optional.of(Instant.EPOCH), Instant.EPOCH);
            return Optional.empty();
        }
    }

    private static final class NoMeter implements DrainMeter {

        @Override
        public void recorded(Recorded recorded) {}

        @Override
        public void rejected(int entries) {}

        @Override
        public void settled(Duration time) {}
    }
}
