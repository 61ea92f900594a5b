package org.votingapp.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.runtime.redis.RedisNames;

/** What happens when the worker starts. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class StartIT {

    private static final String VERSIONS = "SELECT version FROM flyway_schema_history"
            + " WHERE success AND version IS NOT NULL ORDER BY installed_rank";

    @ArquillianResource
    private Deployer deployer;

    /** Claims nothing while the test lasts, so that what it takes up is its own. */
    @Deployment(name = "patient", managed = false, testable = false)
    static WebArchive patient() {
        return WorkerArchive.with("patient.war", Map.of("worker.claim-idle", "PT1H", "worker.loops", "1"));
    }

    @Deployment(name = "three-options", managed = false, testable = false)
    static WebArchive threeOptions() {
        return WorkerArchive.with(
                "three.war",
                Map.of(
                        "poll.options",
                        "Cats,Dogs,Fish",
                        "poll.question",
                        "Who?",
                        "poll.language",
                        "en-AU",
                        "worker.loops",
                        "1"));
    }

    @Deployment(name = "closing", managed = false, testable = false)
    static WebArchive closing() {
        return WorkerArchive.with("closing.war", Map.of("poll.closes", "2026-02-01T00:00:00Z", "worker.loops", "1"));
    }

    @Deployment(name = "wrong", managed = false, testable = false)
    static WebArchive wrong() {
        return WorkerArchive.with("wrong.war", Map.of("worker.loops", "17"));
    }

    @Deployment(name = "wrong-database", managed = false, testable = false)
    static WebArchive wrongDatabase() {
        return WorkerArchive.with("wrong-database.war", Map.of("db.sslrootcert", "/no/such/file"));
    }

    @Deployment(name = "wrong-file", managed = false, testable = false)
    static WebArchive wrongFile() {
        return WorkerArchive.with("wrong-file.war", Map.of("polls.file", "/no/such/file"));
    }

    @Deployment(name = "wrong-proxies", managed = false, testable = false)
    static WebArchive wrongProxies() {
        return WorkerArchive.with("wrong-proxies.war", Map.of("trusted.proxies", "10.0.0.0/8"));
    }

    @Test
    void whatIsPendingForItselfIsTakenUp() throws Exception {
        deployer.deploy("patient");
        try (Voting voting = StoresOutside.voting()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> voting.redis().exists(RedisNames.BALLOTS));
            deployer.undeploy("patient");
            voting.reset();

            voting.makeGroup();
            for (int i = 0; i < 250; i++) {
                voting.cast(Voting.FINAL, Voting.voter(), "a");
            }
            assertThat(voting.readAs("tested-1", 1_000)).hasSize(250);

            deployer.deploy("patient");
            await().atMost(Duration.ofMinutes(1)).until(() -> voting.waiting() == 0);
            assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 250L));
        } finally {
            deployer.undeploy("patient");
        }
    }

    @Test
    void anOptionThatIsConfiguredNoMoreGoesUnlessSomebodyVotedForIt() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            String options = "SELECT key, label FROM poll_option WHERE poll_id = 'cats-vs-dogs' ORDER BY position";
            List<String> cats = List.of("a", "Cats");
            List<String> dogs = List.of("b", "Dogs");
            List<String> fish = List.of("c", "Fish");

            startAndStop("three-options", () -> {
                if (voting.waiting() == 0 && !voting.tally(Voting.FINAL).containsKey("c")) {
                    voting.cast(Voting.FINAL, Voting.voter(), "c");
                }
                return voting.tally(Voting.FINAL).containsKey("c");
            });
            assertThat(voting.rows(options)).containsExactly(cats, dogs, fish);
            assertThat(voting.rows("SELECT question, language FROM poll WHERE id = 'cats-vs-dogs'"))
                    .containsExactly(List.of("Who?", "en-AU"));

            startAndStop(
                    "patient",
                    () -> voting.rows("SELECT question FROM poll WHERE id = 'cats-vs-dogs'")
                            .equals(List.of(List.of("Cats vs Dogs!"))));
            assertThat(voting.rows(options)).containsExactly(cats, dogs, fish);

            voting.reset();
            startAndStop("patient", () -> voting.rows(options).equals(List.of(cats, dogs)));
        }
    }

    @Test
    void anOrganisersHoursOfTheHousePollStandOverARestartUntilConfigurationGivesOthers() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            makeSchema(voting);
            voting.reset();
            startAndStop("patient", () -> published(voting, "closes").isEmpty());
            voting.execute("UPDATE tally SET votes = 1 WHERE poll_id = 'cats-vs-dogs' AND choice = 'a'");
            voting.execute("UPDATE poll SET closes = '2026-01-01T00:00:00Z' WHERE id = 'cats-vs-dogs'");
            voting.redis().flushAll();

            startAndStop("patient", () -> published(voting, "closes").equals("2026-01-01T00:00:00Z"));
            assertThat(voting.rows("SELECT configured_closes, closes FROM poll WHERE id = 'cats-vs-dogs'"))
                    .containsExactly(List.of("null", "2026-01-01 00:00:00+00"));

            startAndStop("closing", () -> published(voting, "closes").equals("2026-02-01T00:00:00Z"));
            assertThat(StoresOutside.log())
                    .contains("POLL_CLOSES 2026-01-01T00:00:00Z → 2026-02-01T00:00:00Z;"
                            + " the organiser's hours end, since configuration gives others than before");
        } finally {
            try (Voting voting = StoresOutside.voting()) {
                voting.execute("UPDATE tally SET votes = 0");
                voting.execute("UPDATE poll SET closes = NULL, final_at = NULL");
            }
        }
    }

    private static String published(Voting voting, String field) {
        return voting.redis().hget(RedisNames.poll(Voting.FINAL), field);
    }

    /** As a worker finds it that is the first one of a new release: with a poll of which this release knows more. */
    @Test
    void anOlderSchemaIsBroughtToThisVersionAndKeepsWhatItHolds() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            makeSchema(voting);
            voting.reset();
            makeOlder(voting);
            voting.execute("INSERT INTO poll (id, question, revote) VALUES ('older', 'Older?', 'final')");
            voting.execute("INSERT INTO poll_option VALUES ('older', 'a', 'Yes', 0)");
            voting.execute("INSERT INTO tally VALUES ('older', 'a', 1)");
            voting.execute("INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at)" + " VALUES ('older', '"
                    + UUID.randomUUID() + "', 'a', '1-0', now())");
            try {
                startAndStop(
                        "patient",
                        () -> voting.rows(VERSIONS)
                                .equals(List.of(
                                        List.of("1"),
                                        List.of("2"),
                                        List.of("3"),
                                        List.of("4"),
                                        List.of("5"),
                                        List.of("6"),
                                        List.of("7"),
                                        List.of("8"),
                                        List.of("9"),
                                        List.of("10"))));
                assertThat(voting.rows("SELECT question, language, final_at FROM poll WHERE id = 'older'"))
                        .containsExactly(List.of("Older?", "en", "null"));
                assertThat(voting.tally("older")).isEqualTo(Map.of("a", 1L));
                assertThat(voting.rows("SELECT choice FROM ballot WHERE poll_id = 'older'"))
                        .containsExactly(List.of("a"));
            } finally {
                voting.execute("DELETE FROM ballot WHERE poll_id = 'older'");
                voting.execute("DELETE FROM tally WHERE poll_id = 'older'");
                voting.execute("DELETE FROM poll_option WHERE poll_id = 'older'");
                voting.execute("DELETE FROM poll WHERE id = 'older'");
            }
        }
    }

    /** As during a backup, which reads every table from its beginning to its end. */
    @Test
    void aMigrationKeepsNobodyFromReadingWhileItWaitsForWhoReads() throws Exception {
        try (Voting voting = StoresOutside.voting();
                Connection backup = StoresOutside.connection()) {
            makeSchema(voting);
            voting.reset();
            makeOlder(voting);
            long before = gaveWay();
            backup.setAutoCommit(false);
            try (Statement reading = backup.createStatement()) {
                reading.execute("LOCK TABLE poll IN ACCESS SHARE MODE");
                deployer.deploy("patient");
                await().atMost(Duration.ofMinutes(1)).until(() -> gaveWay() > before);
                voting.execute("SET statement_timeout = '4s'; SELECT count(*) FROM poll");
                backup.rollback();
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> voting.rows(VERSIONS).size() == 10);
            } finally {
                deployer.undeploy("patient");
            }
        }
    }

    /** How often it is told that a migration waited too long for a table. */
    private static long gaveWay() throws IOException {
        return StoresOutside.log()
                .lines()
                .filter(line -> line.contains("canceling statement due to lock timeout"))
                .count();
    }

    /** Makes the schema one of version 1. */
    private static void makeOlder(Voting voting) throws SQLException {
        voting.execute("DROP FUNCTION count_poll_version, count_poll_version_of_option, count_room_version,"
                + " count_room_version_of_poll, tell_room, tell_poll, take_back_final, refuse_organiser,"
                + " ballots_of, counted_ballots_of, begin_recount, step_recount, forget_code_published CASCADE");
        voting.execute("ALTER TABLE poll DROP COLUMN language, DROP COLUMN final_at, DROP COLUMN version,"
                + " DROP COLUMN published_version, DROP COLUMN published_at, DROP COLUMN room_code, DROP COLUMN position,"
                + " DROP COLUMN results, DROP COLUMN revealed, DROP COLUMN voter_key, DROP COLUMN ballots_deleted_at,"
                + " DROP COLUMN configured, DROP COLUMN configured_opens, DROP COLUMN configured_closes, DROP COLUMN round, DROP COLUMN asked_before,"
                + " DROP COLUMN archived_at, DROP COLUMN needs_code, DROP COLUMN code_published");
        voting.execute("ALTER TABLE poll_option DROP COLUMN first_label");
        voting.execute(
                "DROP TABLE voter_code, voter_code_batch, room, organiser_session, login_failure, api_token, audit, organiser_identity"
                        + ", recount, recounted_choice, vote_pace, poll_books, ballot_books, rejected_ballot");
        voting.execute(
                "DELETE FROM flyway_schema_history WHERE version IN ('2', '3', '4', '5', '6', '7', '8', '9', '10')");
    }

    @Test
    void aSchemaThatIsNotOursIsToldAsSuch() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            makeSchema(voting);
            voting.execute("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");
            try {
                startAndStop(
                        "patient",
                        () -> StoresOutside.log()
                                .contains("Postgres failed: the schema cannot be brought to its version: "
                                        + "org.flywaydb.core.api.exception.FlywayValidateException: Validate failed"));
            } finally {
                voting.execute("UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE version = '1'");
            }
        }
    }

    /** By a start, unless another test has made it. */
    private void makeSchema(Voting voting) throws SQLException {
        if (voting.rows("SELECT 1 FROM pg_tables WHERE tablename = 'tally'").isEmpty()) {
            startAndStop("patient", () -> voting.rows(VERSIONS).size() == 10);
        }
    }

    private void startAndStop(String deployment, java.util.concurrent.Callable<Boolean> condition) {
        deployer.deploy(deployment);
        try {
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(condition);
        } finally {
            deployer.undeploy(deployment);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wrong|WORKER_LOOPS is \"17\"; it must be a whole number from 1 to 16",
                "wrong-database|DB_SSLROOTCERT is \"/no/such/file\"; it must be a file that can be read",
                "wrong-file|POLLS_FILE is \"/no/such/file\"; it must be the absolute path of a file of rooms and polls",
                "wrong-proxies|TRUSTED_PROXIES is \"10.0.0.0/8\"; it must be a regular expression",
            })
    void aSettingThatIsWrongStopsTheStartAndIsNamed(String deployment, String message) throws Exception {
        Throwable failure = catchThrowable(() -> deployer.deploy(deployment));

        assertThat(failure).isNotNull();
        assertThat(StoresOutside.log()).containsPattern("CWWKZ0002E: [^\\n]*" + Pattern.quote(message));
    }
}
