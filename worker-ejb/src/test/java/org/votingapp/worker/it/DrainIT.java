package org.votingapp.worker.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamConsumerInfo;

/** The worker as a whole, two loops of it, seen from its two stores. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DrainIT {

    private static final Duration PACE = Duration.ofMillis(50);

    private Voting voting;
    private Probe probe;

    @ArquillianResource
    private URL address;

    @Deployment
    static WebArchive worker() {
        return WorkerArchive.with("drain.war", Map.of("worker.pace", PACE.toString()));
    }

    @BeforeEach
    void reset() throws Exception {
        probe = new Probe(address.toURI());
        eventually().until(() -> probe.is("started"));
        voting = StoresOutside.voting();
        voting.reset();
    }

    @AfterEach
    void close() {
        voting.close();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50));
    }

    private void eventuallyDry() {
        eventually().until(() -> voting.waiting() == 0);
    }

    private void identityHolds() throws Exception {
        long recorded = Long.parseLong(
                voting.rows("SELECT coalesce(sum(votes), 0) FROM tally").get(0).get(0));
        assertThat(recorded + voting.count("duplicate") + voting.count("rejected") + voting.waiting())
                .as("recorded + duplicate + rejected + pending")
                .isEqualTo(voting.count("accepted"));
        for (String poll : List.of(Voting.FINAL, Voting.CHANGEABLE)) {
            assertThat(voting.tally(poll)).isEqualTo(voting.recount(poll));
        }
    }

    @Test
    void aBallotOnTheStreamIsRecordedAndLeavesIt() throws Exception {
        VoterId voter = Voting.voter();
        voting.cast(Voting.FINAL, voter, "b");

        eventuallyDry();
        assertThat(voting.choices(Voting.FINAL)).isEqualTo(Map.of(voter, "b"));
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("b", 1L));
        identityHolds();
    }

    @Test
    void whatOrganisersMayKnowOfTheDrainComesToPostgres() throws Exception {
        voting.execute("TRUNCATE vote_pace, poll_books, ballot_books, rejected_ballot");
        for (int i = 0; i < 3; i++) {
            VoterId voter = Voting.voter();
            voting.redis().hset(RedisNames.voters(Voting.FINAL), voter.toString(), "a");
            voting.cast(Voting.FINAL, voter, "a");
        }
        voting.cast(Voting.FINAL, Voting.voter(), "z");

        eventually().untilAsserted(() -> {
            assertThat(voting.rows("SELECT max(votes) FROM vote_pace WHERE poll_id = ?", Voting.FINAL))
                    .containsExactly(List.of("3"));
            assertThat(voting.rows("SELECT voters, votes FROM poll_books WHERE poll_id = ?", Voting.FINAL))
                    .containsExactly(List.of("3", "3"));
            assertThat(voting.rows("SELECT accepted, recorded, duplicate, rejected, pending,"
                            + " delay_millis BETWEEN 0 AND 60000 FROM ballot_books"))
                    .containsExactly(List.of("4", "3", "0", "1", "0", "t"));
            assertThat(voting.rows("SELECT poll_id, reason FROM rejected_ballot"))
                    .containsExactly(
                            List.of(Voting.FINAL, "poll cats-vs-dogs has no option \"z\"; its options are a, b"));
        });
    }

    @Test
    void whatCannotBeRecordedIsParkedWithItsReasonAndTheOthersAreRecorded() throws Exception {
        VoterId refused = Voting.voter();
        voting.execute(
                "ALTER TABLE ballot ADD CONSTRAINT refused CHECK (voter_id <> '%s')".formatted(refused.toUuid()));
        try {
            for (int i = 0; i < 30; i++) {
                voting.cast(Voting.FINAL, Voting.voter(), "a");
            }
            voting.cast(Voting.FINAL, refused, "a");
            voting.cast("no-such-poll", Voting.voter(), "a");
            voting.cast(Voting.FINAL, Voting.voter(), "z");
            put(Map.of("poll", Voting.FINAL, "voter", "x".repeat(300), "choice", "a"));
            StreamEntryID strange = put(Map.of("something", "else"));
            for (int i = 0; i < 30; i++) {
                voting.cast(Voting.FINAL, Voting.voter(), "b");
            }

            eventuallyDry();
            assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 30L, "b", 30L));
            assertThat(voting.rejected())
                    .extracting(fields -> fields.get("reason"))
                    .containsExactlyInAnyOrder(
                            "Postgres refused it: new row for relation \"ballot\" violates check constraint"
                                    + " \"refused\" (SQLSTATE 23514)",
                            "there is no poll \"no-such-poll\"",
                            "poll cats-vs-dogs has no option \"z\"; its options are a, b",
                            "voter is 300 characters long; it must be 22 of base64url",
                            "it has no field poll");
            assertThat(voting.rejected())
                    .contains(Map.of(
                            "something", "else", "reason", "it has no field poll", "source-id", strange.toString()));
            identityHolds();
        } finally {
            voting.execute("ALTER TABLE ballot DROP CONSTRAINT refused");
        }
    }

    private StreamEntryID put(Map<String, String> fields) {
        voting.redis().hincrBy(RedisNames.COUNTS, RedisNames.ACCEPTED, 1);
        return voting.redis().xadd(RedisNames.BALLOTS, StreamEntryID.NEW_ENTRY, fields);
    }

    @Test
    void aParkedEntryKeepsItsBytesWhateverTheyAre() {
        byte[] noText = {(byte) 0xff, 0, '\r', '\n', (byte) 0xc3};
        byte[] large = "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        voting.redis()
                .xadd(
                        RedisNames.BALLOTS.getBytes(StandardCharsets.UTF_8),
                        new XAddParams(),
                        Map.of("poll".getBytes(StandardCharsets.UTF_8), noText, noText, large));

        eventuallyDry();
        byte[] compare = ("local e = redis.call('XRANGE', KEYS[1], '-', '+')[1][2]; local m = {};"
                        + " for i = 1, #e, 2 do m[e[i]] = e[i + 1] end;"
                        + " return {m['poll'] == ARGV[1] and 1 or 0, m[ARGV[1]] == ARGV[2] and 1 or 0}")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] rejected = RedisNames.REJECTED.getBytes(StandardCharsets.US_ASCII);
        assertThat(voting.redis().eval(compare, List.of(rejected), List.of(noText, large)))
                .isEqualTo(List.of(1L, 1L));
    }

    @Test
    void anEntryWithThousandsOfFieldsIsParkedWhole() {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            fields.put("field-" + i, "value-" + i);
        }
        put(fields);

        eventuallyDry();
        Map<String, String> parked = voting.rejected().get(0);
        assertThat(parked).containsEntry("reason", "it has no field poll");
        assertThat(parked.get("fields")).contains("\"field-4999\",\"value-4999\"");
    }

    @Test
    void anIdBeyondAllTimesStopsNothing() throws Exception {
        // Redis goes on counting from there, so that all later entries have such ids.
        String voter = Voting.voter().toString();
        voting.redis()
                .executeCommand(new CommandArguments(Command.XADD)
                        .key(RedisNames.BALLOTS)
                        .addObjects("18446744073709551615-1", "poll", Voting.FINAL, "voter", voter, "choice", "a"));
        voting.redis()
                .executeCommand(new CommandArguments(Command.XADD)
                        .key(RedisNames.BALLOTS)
                        .addObjects(
                                "*",
                                "poll",
                                Voting.FINAL,
                                "voter",
                                Voting.voter().toString(),
                                "choice",
                                "b"));

        eventuallyDry();
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 1L, "b", 1L));
    }

    @Test
    void anEntryThatSomebodyDeletedWhileItWasPendingIsLetGo() throws Exception {
        voting.makeGroup();
        StreamEntryID deleted = voting.castAndReadAs("dead", Voting.FINAL, Voting.voter(), "a");
        voting.redis().xdel(RedisNames.BALLOTS, deleted);
        voting.cast(Voting.FINAL, Voting.voter(), "b");

        eventuallyDry();
        eventually()
                .until(() -> voting.redis()
                                .xpending(RedisNames.BALLOTS, RedisNames.GROUP)
                                .getTotal()
                        == 0);
    }

    @Test
    void theGroupIsMadeAgainAfterRedisLostItsData() throws Exception {
        for (int round = 1; round <= 3; round++) {
            voting.redis().flushAll();
            voting.cast(Voting.FINAL, Voting.voter(), "a");
            eventuallyDry();
            assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", (long) round));
        }
    }

    @Test
    void theEntriesOfADeadConsumerAreTakenUpAndItIsForgotten() throws Exception {
        castAsDead(250);
        for (int i = 0; i < 250; i++) {
            voting.cast(Voting.FINAL, Voting.voter(), "b");
        }

        eventuallyDry();
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 250L, "b", 250L));
        eventually()
                .until(() -> voting.redis().xinfoConsumers2(RedisNames.BALLOTS, RedisNames.GROUP).stream()
                        .map(StreamConsumerInfo::getName)
                        .noneMatch("dead"::equals));
        identityHolds();
    }

    private void castAsDead(int number) {
        voting.makeGroup();
        for (int i = 0; i < number; i++) {
            voting.castAndReadAs("dead", Voting.FINAL, Voting.voter(), "a");
        }
    }

    @Test
    void whatWasCommittedButNotAcknowledgedCountsOnce() throws Exception {
        voting.makeGroup();
        VoterId voter = Voting.voter();
        // As a worker that died after its commit leaves it.
        StreamEntryID entry = voting.castAndReadAs("dead", Voting.FINAL, voter, "a");
        voting.execute("WITH t AS (UPDATE tally SET votes = votes + 1 WHERE poll_id = 'cats-vs-dogs' AND choice = 'a')"
                + " INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at)"
                + " VALUES ('cats-vs-dogs', '%s', 'a', '%s', now())".formatted(voter.toUuid(), entry));

        eventuallyDry();
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 1L));
        assertThat(voting.count("duplicate")).isZero();
        identityHolds();
    }

    @Test
    void manyVotesOfFewVotersOverTwoLoopsAgreeWithAPlainModel() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<VoterId> voters = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            voters.add(Voting.voter());
        }
        Map<VoterId, String> newest = new HashMap<>();
        voting.makeGroup();
        for (int i = 0; i < 5_000; i++) {
            VoterId voter = voters.get(random.nextInt(voters.size()));
            String choice = random.nextBoolean() ? "a" : "b";
            if (random.nextBoolean()) {
                voting.cast(Voting.CHANGEABLE, voter, choice);
                newest.put(voter, choice);
            } else {
                voting.cast(Voting.FINAL, voter, choice);
            }
            if (random.nextInt(100) == 0) {
                voting.readAs("dead-" + random.nextInt(3), 1 + random.nextInt(50));
            }
        }

        eventuallyDry();
        assertThat(voting.choices(Voting.CHANGEABLE)).as("seed %d", seed).isEqualTo(newest);
        identityHolds();
    }

    @Test
    void aFullRedisIsStillDrained() throws Exception {
        castAsDead(20);
        voting.castAndReadAs("dead", "no-such-poll", Voting.voter(), "a");
        voting.redis().configSet("maxmemory", "1");
        try {
            eventuallyDry();
        } finally {
            voting.redis().configSet("maxmemory", "0");
        }
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 20L));
        assertThat(voting.rejected()).hasSize(1);
        identityHolds();
    }

    @Test
    void theMetricsAddUp() throws Exception {
        VoterId twice = Voting.voter();
        voting.cast(Voting.FINAL, twice, "a");
        voting.cast(Voting.FINAL, twice, "b");
        voting.cast("no-such-poll", twice, "a");
        voting.cast(Voting.CHANGEABLE, twice, "a");
        voting.cast(Voting.CHANGEABLE, twice, "b");

        eventually().untilAsserted(() -> {
            assertThat(probe.metric("ballots_accepted")).isEqualTo(5);
            assertThat(probe.metric("ballots_recorded")).isEqualTo(2);
            assertThat(probe.metric("ballots_duplicate")).isEqualTo(2);
            assertThat(probe.metric("ballots_rejected")).isEqualTo(1);
            assertThat(probe.metric("ballots_pending")).isZero();
            assertThat(probe.metric("ballots_unaccounted")).isZero();
        });
        assertThat(probe.metric("worker_batch_seconds_count")).isPositive();
    }

    @Test
    void whatIsLostAndWhatIsTooMuchIsTold() throws Exception {
        for (int i = 0; i < 3; i++) {
            voting.cast(Voting.FINAL, Voting.voter(), "a");
        }
        eventually().until(() -> probe.metric("ballots_recorded") == 3);
        voting.execute("UPDATE tally SET votes = 1 WHERE poll_id = 'cats-vs-dogs' AND choice = 'a'");
        eventually().until(() -> probe.metric("ballots_unaccounted") == 2);

        // How the books are closed.
        voting.redis().hincrBy(RedisNames.COUNTS, RedisNames.ACCEPTED, -2);
        eventually().until(() -> probe.metric("ballots_unaccounted") == 0);

        voting.execute("UPDATE tally SET votes = 5 WHERE poll_id = 'cats-vs-dogs' AND choice = 'a'");
        eventually().until(() -> probe.metric("ballots_unaccounted") == -4);
    }

    @Test
    void aPollWhoseVotesAreNotAsManyAsItsVotersIsTold() throws Exception {
        VoterId voter = Voting.voter();
        voting.redis().hset(RedisNames.voters(Voting.FINAL), voter.toString(), "a");
        voting.cast(Voting.FINAL, voter, "a");
        eventually().until(() -> probe.metric("ballots_recorded") == 1 && probe.metric("polls_unaccounted") == 0);

        voting.redis().hset(RedisNames.voters(Voting.FINAL), Voting.voter().toString(), "a");
        eventually().until(() -> probe.metric("polls_unaccounted") == 1);
        assertThat(StoresOutside.log()).contains("Polls whose votes are not as many as their voters: " + Voting.FINAL);

        voting.execute("UPDATE tally SET votes = 2 WHERE poll_id = 'cats-vs-dogs' AND choice = 'a'");
        eventually().until(() -> probe.metric("polls_unaccounted") == 0);
        voting.execute("UPDATE tally SET votes = 3 WHERE poll_id = 'cats-vs-dogs' AND choice = 'a'");
        eventually().until(() -> probe.metric("polls_unaccounted") == 1);
    }

    @Test
    void ofThePollsOnStageThoseWithTheMostVotesHaveAMetricEach() throws Exception {
        voting.execute(
                "INSERT INTO poll (id, question, revote) SELECT 'stage-' || n, 'Which?', 'final' FROM generate_series(10, 31) n");
        voting.execute("INSERT INTO poll_option (poll_id, key, label, position)"
                + " SELECT 'stage-' || n, 'a', 'One', 0 FROM generate_series(10, 31) n");
        voting.execute(
                "INSERT INTO tally (poll_id, choice, votes) SELECT 'stage-' || n, 'a', n FROM generate_series(10, 31) n");
        voting.execute(
                "INSERT INTO room (code, title, stage)"
                        + " SELECT 'STGE' || translate(n::text, '01', 'XZ'), 'Stage', 'stage-' || n FROM generate_series(10, 31) n");
        try {
            eventually().until(() -> gauges().equals(stages(12, 31)));
            assertThat(probe.get("/metrics?scope=application").body())
                    .containsPattern("poll_ballots_recorded\\{[^}]*poll=\"stage-31\"[^}]*} 31\\.0\\n");

            voting.execute("UPDATE room SET archived_at = now() WHERE stage = 'stage-31'");
            eventually().until(() -> gauges().equals(stages(11, 30)));
        } finally {
            voting.execute("DELETE FROM room WHERE stage LIKE 'stage-%'");
            voting.execute("DELETE FROM tally WHERE poll_id LIKE 'stage-%'");
            voting.execute("DELETE FROM poll_option WHERE poll_id LIKE 'stage-%'");
            voting.execute("DELETE FROM poll WHERE id LIKE 'stage-%'");
        }
        eventually().until(() -> gauges().isEmpty());
    }

    private static Set<String> stages(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(n -> "stage-" + n).collect(toSet());
    }

    /** The polls of which there are gauges. */
    private Set<String> gauges() throws Exception {
        return Pattern.compile("(?m)^poll_ballots_recorded\\{[^}]*poll=\"([^\"]+)\"")
                .matcher(probe.get("/metrics?scope=application").body())
                .results()
                .map(found -> found.group(1))
                .collect(toSet());
    }

    @Test
    void pollsThatCloseSoonCostRedisOneQuestionForAllOfThem() throws Exception {
        voting.execute(
                "INSERT INTO poll (id, question, revote, closes)"
                        + " SELECT 'soon-' || n, 'Which?', 'final', now() + interval '30 minutes' FROM generate_series(1, 50) n");
        voting.execute(
                "INSERT INTO poll_option (poll_id, key, label, position)"
                        + " SELECT 'soon-' || n, key, key, position FROM generate_series(1, 50) n, (VALUES ('a', 0), ('b', 1)) o (key, position)");
        try {
            awaitPublished();
            long before = calls("hmget");
            // Each is published by a later look.
            for (int look = 0; look < 3; look++) {
                voting.execute("UPDATE poll SET question = question || '!' WHERE id = 'soon-1'");
                awaitPublished();
            }
            assertThat(calls("hmget") - before).isLessThan(50);
        } finally {
            voting.execute("DELETE FROM poll_option WHERE poll_id LIKE 'soon-%'");
            voting.execute("DELETE FROM poll WHERE id LIKE 'soon-%'");
        }
    }

    private void awaitPublished() {
        eventually()
                .until(() -> voting.rows("SELECT id FROM poll WHERE id LIKE 'soon-%' AND published_version < version")
                        .isEmpty());
    }

    /** How often Redis was given a command. */
    private long calls(String command) {
        return Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
                .matcher(voting.redis().info("commandstats"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    @Test
    void ballotsThatTrickleInShareCommits() throws Exception {
        voting.cast(Voting.FINAL, Voting.voter(), "a");
        eventually().until(() -> probe.metric("worker_batch_seconds_count") > 0);
        double before = probe.metric("worker_batch_seconds_count");
        long began = System.nanoTime();
        for (int cast = 0; cast < 300; cast++) {
            voting.cast(Voting.FINAL, Voting.voter(), "a");
            // Takes a moment, so that no batch gets full.
            voting.tally(Voting.FINAL);
        }
        eventuallyDry();
        double paces = (System.nanoTime() - began) / (double) PACE.toNanos();

        assertThat(probe.metric("worker_batch_seconds_count") - before)
                .as("batches of two loops in %.1f times the pace", paces)
                .isLessThanOrEqualTo(2 * (paces + 1));
    }

    @Test
    void healthTellsFacts() throws Exception {
        eventually().until(() -> probe.is("ready"));
        assertThat(probe.get("/health/started").body()).contains("\"version\":\"10\"", "\"poll\":\"cats-vs-dogs\"");
        assertThat(probe.get("/health/live").body()).contains("\"loops\":2", "\"oldest-heartbeat-ms\":");
        assertThat(probe.get("/health/ready").body())
                .contains("\"consumers\":\"tested-1 to -2\"", "\"pending\":", "\"recorded\":");
    }

    @Test
    void theReaderOfTheResultServerMayReadTalliesAndNothingElse() throws Exception {
        assertThat(voting.rows("SELECT table_name, privilege_type FROM information_schema.role_table_grants"
                        + " WHERE grantee = 'voting_result' ORDER BY 1"))
                .containsExactly(List.of("poll_option", "SELECT"), List.of("tally", "SELECT"));
        assertThat(voting.rows("SELECT table_name, column_name FROM information_schema.columns"
                        + " WHERE table_name IN ('poll', 'room')"
                        + " AND NOT has_column_privilege('voting_result', table_name, column_name, 'SELECT')"
                        + " ORDER BY 1, 2"))
                .as("columns of polls and rooms that it may not read")
                .containsExactly(
                        List.of("poll", "asked_before"),
                        List.of("poll", "code_published"),
                        List.of("poll", "configured"),
                        List.of("poll", "configured_closes"),
                        List.of("poll", "configured_opens"),
                        List.of("poll", "needs_code"),
                        List.of("poll", "voter_key"),
                        List.of("room", "created_at"),
                        List.of("room", "owner"),
                        List.of("room", "published_at"),
                        List.of("room", "published_version"));
    }
}
