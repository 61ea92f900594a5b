package org.votingapp.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterId;
import org.votingapp.worker.drain.DrainState;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.poll.RetentionRegister;
import org.votingapp.worker.record.BallotsRefusedException;
import org.votingapp.worker.record.ReceivedBallot;
import org.votingapp.worker.record.Recorded;
import org.votingapp.worker.record.Recorder;
import org.votingapp.worker.stream.EntryId;
import redis.clients.jedis.UnifiedJedis;

/** One transaction of the recorder, in the server. */
@ExtendWith(ArquillianExtension.class)
class BallotRecorderIT {

    private static final VoterId ANN = new VoterId(1, 1);
    private static final VoterId BOB = new VoterId(2, 2);

    @Inject
    private Recorder recorder;

    @Inject
    private UnifiedJedis redis;

    @Inject
    private DrainState state;

    @Inject
    private PollCatalog catalog;

    @Inject
    private RetentionRegister retention;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Resource(lookup = "jdbc/schema")
    private DataSource dataSource;

    private Voting voting;

    @Deployment
    static WebArchive worker() {
        return WorkerArchive.forTestsInside("recorder.war", BallotRecorderIT.class, Voting.class);
    }

    @BeforeEach
    void reset() throws SQLException {
        await().atMost(Duration.ofMinutes(1)).until(() -> state.schemaVersion().isPresent());
        voting = new Voting(dataSource, redis);
        voting.reset();
    }

    private static ReceivedBallot ballot(String entry, String poll, VoterId voter, String choice) {
        return new ReceivedBallot(EntryId.parse(entry), new Ballot(poll, voter, choice));
    }

    private static ReceivedBallot change(String entry, String poll, VoterId voter, String choice, String replaces) {
        return new ReceivedBallot(EntryId.parse(entry), new Ballot(poll, voter, choice), Optional.of(replaces));
    }

    private static List<EntryId> entries(String... ids) {
        return Arrays.stream(ids).map(EntryId::parse).toList();
    }

    private void tallyEqualsRecount() throws SQLException {
        for (String poll : List.of(Voting.FINAL, Voting.CHANGEABLE)) {
            assertThat(voting.tally(poll)).isEqualTo(voting.recount(poll));
        }
    }

    @Test
    void theDriverTellsPostgresUtcWhateverTheJvmWasTold() throws Exception {
        assertThat(voting.rows("SHOW timezone")).containsExactly(List.of("UTC"));
    }

    @Test
    void aSecondVoteIsNotRegisteredWhereTheFirstIsFinal() throws Exception {
        recorder.record(List.of(ballot("1-0", Voting.FINAL, ANN, "a")));
        Recorded second = recorder.record(List.of(ballot("2-0", Voting.FINAL, ANN, "b")));

        assertThat(second).isEqualTo(new Recorded(List.of(), entries("2-0"), List.of(), 0));
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 1L));
        tallyEqualsRecount();
    }

    @Test
    void theFirstOfTwoVotesInABatchStandsWhereItIsFinal() throws Exception {
        Recorded both =
                recorder.record(List.of(ballot("1-0", Voting.FINAL, ANN, "a"), ballot("1-1", Voting.FINAL, ANN, "b")));

        assertThat(both).isEqualTo(new Recorded(entries("1-0"), entries("1-1"), List.of(), 1));
        assertThat(voting.choices(Voting.FINAL)).isEqualTo(Map.of(ANN, "a"));
        tallyEqualsRecount();
    }

    /** Another worker has registered that, and Redis has it: this one knows the polls as they were some seconds ago. */
    @Test
    void aChoiceThatIsChangedRightAfterVotesBecameChangeableCounts() throws Exception {
        catalog.latest();
        voting.execute("UPDATE poll SET revote = 'changeable' WHERE id = '%s'".formatted(Voting.FINAL));
        try {
            Recorded both = recorder.record(
                    List.of(ballot("1-0", Voting.FINAL, ANN, "a"), ballot("1-1", Voting.FINAL, ANN, "b")));

            assertThat(both).isEqualTo(new Recorded(entries("1-1"), entries("1-0"), List.of(), 1));
            assertThat(voting.choices(Voting.FINAL)).isEqualTo(Map.of(ANN, "b"));
            tallyEqualsRecount();
        } finally {
            voting.execute("UPDATE poll SET revote = 'final' WHERE id = '%s'".formatted(Voting.FINAL));
            catalog.latest();
        }
    }

    /** The operator has made them final, and the script took the change before: the voter was told that it counts. */
    @Test
    void aChoiceThatWasChangedBeforeVotesBecameFinalCountsHoweverItIsDelivered() throws Exception {
        ReceivedBallot first = ballot("1-0", Voting.FINAL, ANN, "a");
        ReceivedBallot change = change("1-1", Voting.FINAL, ANN, "b", "a");
        for (List<List<ReceivedBallot>> batches : List.of(
                List.of(List.of(first, change)),
                List.of(List.of(first), List.of(change)),
                List.of(List.of(change), List.of(first)))) {
            voting.reset();
            int stored = 0;
            for (List<ReceivedBallot> batch : batches) {
                stored += recorder.record(batch).stored();
            }

            assertThat(stored).as("%s", batches).isOne();
            assertThat(voting.choices(Voting.FINAL)).as("%s", batches).isEqualTo(Map.of(ANN, "b"));
            assertThat(voting.tally(Voting.FINAL)).as("%s", batches).isEqualTo(Map.of("b", 1L));
            Recorded again = recorder.record(List.of(first, change));
            assertThat(again.stored()).isZero();
            assertThat(again.counted()).hasSize(1);
            assertThat(voting.choices(Voting.FINAL)).isEqualTo(Map.of(ANN, "b"));
            tallyEqualsRecount();
        }
    }

    /** An organiser has opened or closed the poll by Postgres' clock, and Redis' clock, which decides, is behind. */
    @Test
    void aVersionIsInEffectOnceTheClockOfRedisHasReachedItsTimes() throws Exception {
        // Higher than what the worker publishes meanwhile.
        long version = 1_000_000;
        Instant reached = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
        for (String time : List.of("opens", "closes")) {
            voting.execute("UPDATE poll SET %s = '%s' WHERE id = '%s'".formatted(time, reached, Voting.CHANGEABLE));
            try {
                catalog.published(Voting.CHANGEABLE, version, reached.minusMillis(1));
                assertThat(publishedVersion()).as(time).isLessThan(version);
                catalog.published(Voting.CHANGEABLE, version, reached);
                assertThat(publishedVersion()).as(time).isEqualTo(version);
            } finally {
                voting.execute("UPDATE poll SET opens = NULL, closes = NULL, final_at = NULL, published_version = 0"
                        + " WHERE id = '%s'".formatted(Voting.CHANGEABLE));
            }
        }
    }

    private long publishedVersion() throws SQLException {
        return Long.parseLong(
                voting.rows("SELECT published_version FROM poll WHERE id = '%s'".formatted(Voting.CHANGEABLE))
                        .get(0)
                        .get(0));
    }

    @Test
    void aChangedChoiceMovesTheTally() throws Exception {
        recorder.record(
                List.of(ballot("1-0", Voting.CHANGEABLE, ANN, "a"), ballot("1-1", Voting.CHANGEABLE, BOB, "a")));
        Recorded changed = recorder.record(List.of(ballot("2-0", Voting.CHANGEABLE, ANN, "b")));

        assertThat(changed).isEqualTo(new Recorded(List.of(), entries("2-0"), List.of(), 0));
        assertThat(voting.choices(Voting.CHANGEABLE)).isEqualTo(Map.of(ANN, "b", BOB, "a"));
        assertThat(voting.tally(Voting.CHANGEABLE)).isEqualTo(Map.of("a", 1L, "b", 1L));
        tallyEqualsRecount();
    }

    @Test
    void aChoiceChangedToAndFroCountsOnce() throws Exception {
        for (String[] vote : new String[][] {{"1-0", "a"}, {"2-0", "b"}, {"3-0", "a"}, {"4-0", "a"}}) {
            recorder.record(List.of(ballot(vote[0], Voting.CHANGEABLE, ANN, vote[1])));
            assertThat(voting.tally(Voting.CHANGEABLE)).isEqualTo(Map.of(vote[1], 1L));
        }
        tallyEqualsRecount();
    }

    @Test
    void anOlderVoteThatComesLateChangesNothing() throws Exception {
        // As numbers: 10 is later than 9.
        recorder.record(List.of(ballot("10-0", Voting.CHANGEABLE, ANN, "a")));
        recorder.record(List.of(ballot("9-5", Voting.CHANGEABLE, ANN, "b")));
        recorder.record(List.of(ballot("18446744073709551615-9", Voting.CHANGEABLE, BOB, "a")));
        recorder.record(List.of(ballot("18446744073709551615-10", Voting.CHANGEABLE, BOB, "b")));

        assertThat(voting.choices(Voting.CHANGEABLE)).isEqualTo(Map.of(ANN, "a", BOB, "b"));
        tallyEqualsRecount();
    }

    @Test
    void whatIsDeliveredAgainCountsOnceAndIsJudgedAsTheFirstTime() throws Exception {
        for (String poll : List.of(Voting.FINAL, Voting.CHANGEABLE)) {
            List<ReceivedBallot> first = List.of(ballot("1-0", poll, ANN, "a"));
            List<ReceivedBallot> second = List.of(ballot("2-0", poll, ANN, "b"), ballot("2-1", poll, BOB, "b"));
            Recorded firstTime = recorder.record(first);
            Recorded secondTime = recorder.record(second);
            Map<VoterId, String> stored = voting.choices(poll);

            // The first one once more although it was replaced meanwhile, alone and in the other's company.
            Recorded firstAgain = recorder.record(first);
            Recorded secondAgain = recorder.record(second);
            Recorded together = recorder.record(List.of(second.get(1), first.get(0), second.get(0)));

            assertThat(firstTime).isEqualTo(new Recorded(entries("1-0"), List.of(), List.of(), 1));
            assertThat(firstAgain).isEqualTo(new Recorded(entries("1-0"), List.of(), List.of(), 0));
            assertThat(secondTime).isEqualTo(new Recorded(entries("2-1"), entries("2-0"), List.of(), 1));
            assertThat(secondAgain).isEqualTo(new Recorded(entries("2-1"), entries("2-0"), List.of(), 0));
            assertThat(together).isEqualTo(new Recorded(entries("2-1", "1-0"), entries("2-0"), List.of(), 0));
            assertThat(voting.choices(poll)).isEqualTo(stored);
        }
        tallyEqualsRecount();
    }

    @Test
    void aBallotThatPostgresRefusesLeavesNothingOfItsBatch() throws Exception {
        voting.execute("ALTER TABLE ballot ADD CONSTRAINT no_bob CHECK (voter_id <> '%s')".formatted(BOB.toUuid()));
        try {
            List<ReceivedBallot> ballots =
                    List.of(ballot("1-0", Voting.FINAL, ANN, "a"), ballot("1-1", Voting.FINAL, BOB, "a"));
            assertThatThrownBy(() -> recorder.record(ballots))
                    .isInstanceOf(BallotsRefusedException.class)
                    .hasMessage(
                            "new row for relation \"ballot\" violates check constraint \"no_bob\" (SQLSTATE 23514)");
            assertThat(voting.choices(Voting.FINAL)).isEmpty();
            assertThat(voting.tally(Voting.FINAL)).isEmpty();
        } finally {
            voting.execute("ALTER TABLE ballot DROP CONSTRAINT no_bob");
        }
    }

    @Test
    void aBallotIsFromWhenItWasCastAndNeverFromTheFuture() throws Exception {
        recorder.record(List.of(
                ballot("1700000000123-0", Voting.FINAL, ANN, "a"),
                ballot("18446744073709551615-0", Voting.FINAL, BOB, "a")));

        assertThat(voting.rows("SELECT extract(epoch FROM cast_at)::numeric(20, 3) FROM ballot ORDER BY voter_id"
                                + " LIMIT 1")
                        .get(0))
                .containsExactly("1700000000.123");
        assertThat(voting.rows("SELECT cast_at BETWEEN now() - interval '1 minute' AND now() FROM ballot"
                                + " ORDER BY voter_id OFFSET 1")
                        .get(0))
                .containsExactly("t");
    }

    @Test
    void eachPollThatChangedIsToldOnce() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN tally");
            recorder.record(List.of(
                    ballot("1-0", Voting.FINAL, ANN, "a"),
                    ballot("1-1", Voting.FINAL, BOB, "b"),
                    ballot("1-2", Voting.CHANGEABLE, ANN, "a")));
            recorder.record(List.of(ballot("2-0", Voting.FINAL, ANN, "b")));

            PGNotification[] told = connection.unwrap(PGConnection.class).getNotifications(5_000);
            statement.execute("UNLISTEN tally");
            assertThat(told)
                    .extracting(PGNotification::getParameter)
                    .containsExactlyInAnyOrder(Voting.FINAL, Voting.CHANGEABLE);
        }
    }

    /** Of workers that find it at once; the end that one of them knew may have been moved. */
    @Test
    void oneWorkerMakesAPollFinalAndTellsTheResultServers() throws Exception {
        Instant closes = Instant.parse("2026-01-01T00:00:00Z");
        String finalAt = "SELECT final_at FROM poll WHERE id = 'tea-or-coffee'";
        voting.execute("UPDATE poll SET closes = '%s' WHERE id = 'tea-or-coffee'".formatted(closes));
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN tally");
            catalog.finish(Voting.CHANGEABLE, closes, closes.plusSeconds(70));
            catalog.finish(Voting.CHANGEABLE, closes, closes.plusSeconds(90));

            PGNotification[] told = connection.unwrap(PGConnection.class).getNotifications(5_000);
            statement.execute("UNLISTEN tally");
            assertThat(told).extracting(PGNotification::getParameter).containsExactly(Voting.CHANGEABLE);
            assertThat(voting.rows(finalAt)).containsExactly(List.of("2026-01-01 00:01:10+00"));

            voting.execute("UPDATE poll SET closes = '2026-01-01T01:00:00Z' WHERE id = 'tea-or-coffee'");
            catalog.finish(Voting.CHANGEABLE, closes, closes.plusSeconds(7_200));
            assertThat(voting.rows(finalAt)).as("by the former end").containsExactly(List.of("null"));
        } finally {
            voting.execute("UPDATE poll SET closes = NULL, final_at = NULL");
        }
    }

    @Test
    void oldBallotsAreDeletedInBoundedStepsAndTheTallyStays() throws Exception {
        List<ReceivedBallot> ballots = new ArrayList<>();
        for (int voter = 0; voter < 5; voter++) {
            ballots.add(ballot("1-" + voter, Voting.FINAL, new VoterId(voter, 0), "a"));
        }
        ballots.add(ballot("2-0", Voting.CHANGEABLE, new VoterId(0, 0), "a"));
        recorder.record(ballots);

        assertThat(retention.delete(Voting.FINAL, 3)).isEqualTo(3);
        assertThat(voting.recount(Voting.FINAL)).isEqualTo(Map.of("a", 2L));
        assertThat(retention.delete(Voting.FINAL, 3)).isEqualTo(2);
        assertThat(retention.delete(Voting.FINAL, 3)).isZero();
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 5L));
        assertThat(voting.recount(Voting.CHANGEABLE)).isEqualTo(Map.of("a", 1L));
    }

    /**
     * Two recorders get random batches of the same ballots at once, many of them twice or more, as after a crash between
     * commit and acknowledgement.
     */
    @Test
    void twoRecordersAtOnceAgreeWithAPlainModel() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ReceivedBallot> ballots = new ArrayList<>();
        Map<VoterId, String> newest = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            VoterId voter = new VoterId(0, random.nextInt(200));
            String choice = random.nextBoolean() ? "a" : "b";
            String poll = random.nextBoolean() ? Voting.FINAL : Voting.CHANGEABLE;
            ballots.add(ballot(1_000 + i / 3 + "-" + i % 3, poll, voter, choice));
            if (poll.equals(Voting.CHANGEABLE)) {
                newest.put(voter, choice);
            }
        }
        List<Future<Integer>> recorders = new ArrayList<>();
        for (int recorder = 0; recorder < 2; recorder++) {
            Random own = new Random(random.nextLong());
            recorders.add(executor.submit(() -> recordInRandomBatches(ballots, own)));
        }
        int stored = recorders.get(0).get() + recorders.get(1).get();

        Map<VoterId, String> finalChoices = voting.choices(Voting.FINAL);
        assertThat(voting.choices(Voting.CHANGEABLE)).as("seed %d", seed).isEqualTo(newest);
        assertThat(finalChoices)
                .as("seed %d", seed)
                .allSatisfy((voter, choice) -> assertThat(ballots)
                        .extracting(ReceivedBallot::ballot)
                        .contains(new Ballot(Voting.FINAL, voter, choice)));
        assertThat(stored).as("seed %d", seed).isEqualTo(newest.size() + finalChoices.size());
        assertThat(finalChoices.keySet())
                .isEqualTo(ballots.stream()
                        .filter(ballot -> ballot.ballot().pollId().equals(Voting.FINAL))
                        .map(ballot -> ballot.ballot().voter())
                        .collect(Collectors.toSet()));
        tallyEqualsRecount();

        // Everything is delivered once more: one entry a voter and poll is its first, and that does not change.
        Recorded again = recorder.record(ballots);
        assertThat(again.stored()).isZero();
        assertThat(again.counted()).hasSize(stored);
        assertThat(again.duplicates()).hasSize(ballots.size() - stored);
        assertThat(recorder.record(ballots)).isEqualTo(again);
        tallyEqualsRecount();
    }

    /** Records all ballots, and gives how many it was the one to store. */
    private int recordInRandomBatches(List<ReceivedBallot> ballots, Random random) throws Exception {
        int stored = 0;
        int from = 0;
        while (from < ballots.size()) {
            int to = Math.min(ballots.size(), from + 1 + random.nextInt(60));
            List<ReceivedBallot> batch = new ArrayList<>(ballots.subList(from, to));
            Collections.shuffle(batch, random);
            stored += recorder.record(batch).stored();
            // Sometimes once more, from a little earlier.
            from = random.nextInt(4) == 0 ? Math.max(0, to - random.nextInt(100)) : to;
        }
        return stored;
    }

    @Test
    void readersOfTheClassicSchemaSeeIdAndVote() throws Exception {
        recorder.record(List.of(ballot("1-0", Voting.FINAL, ANN, "b")));

        assertThat(voting.rows("SELECT id, vote FROM votes"))
                .containsExactly(List.of(ANN.toUuid().toString(), "b"));
    }
}
