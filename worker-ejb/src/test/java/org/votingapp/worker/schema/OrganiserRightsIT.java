package org.votingapp.worker.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.testsupport.UnusedPort;
import org.votingapp.worker.config.WorkerSettings;

/** What the organiser server's role may do in the migrated schema; each test's changes are rolled back. */
class OrganiserRightsIT {

    /** The rights that production gives; Maven runs tests in the module's folder. */
    private static final Path RIGHTS = Path.of("../k8s/base/postgres/roles.sql");

    private static EmbeddedPostgres server;
    private Connection organiser;

    @BeforeAll
    static void migrate() throws Exception {
        server = EmbeddedPostgres.builder()
                .setPort(UnusedPort.find())
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        try (Connection admin = server.getPostgresDatabase().getConnection();
                Statement sql = admin.createStatement()) {
            sql.execute("CREATE DATABASE voting");
        }
        try (Connection admin = server.getDatabase("postgres", "voting").getConnection();
                Statement sql = admin.createStatement()) {
            sql.execute(Files.readString(RIGHTS));
            sql.execute("ALTER ROLE voting_worker LOGIN");
            new SchemaMigration(
                            server.getDatabase("voting_worker", "voting"),
                            new WorkerSettings(
                                    "tested",
                                    1,
                                    1_000,
                                    Duration.ZERO,
                                    Duration.ofSeconds(30),
                                    Duration.ofMinutes(10),
                                    "voting_result"))
                    .migrate();
            sql.execute("""
                    INSERT INTO room (code, title, owner) VALUES ('KXT4M7', 'Town hall', 'ann');
                    INSERT INTO poll (id, question, revote, room_code, position, closes, final_at)
                        VALUES ('lunch', 'Where?', 'final', 'KXT4M7', 0, '2026-01-01 10:00Z', '2026-01-01 10:01Z');
                    INSERT INTO poll_option (poll_id, key, label, position) VALUES ('lunch', 'a', 'Pizza', 0), ('lunch', 'b', 'Sushi', 1);
                    INSERT INTO tally VALUES ('lunch', 'a', 1), ('lunch', 'b', 0);
                    INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at)
                        VALUES ('lunch', gen_random_uuid(), 'a', '1-0', now());
                    INSERT INTO voter_code_batch (id, poll_id, codes, revoked_at) VALUES ('old', 'lunch', 1, now());
                    """);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        organiser = server.getDatabase("postgres", "voting").getConnection();
        organiser.setAutoCommit(false);
        execute("SET SESSION AUTHORIZATION voting_organiser");
    }

    @AfterEach
    void rollBack() throws SQLException {
        organiser.rollback();
        organiser.close();
    }

    private void execute(String statement) throws SQLException {
        try (Statement sql = organiser.createStatement()) {
            sql.execute(statement);
        }
    }

    private String value(String query) throws SQLException {
        try (Statement sql = organiser.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM ballot",
                "SELECT count(*) FROM ballot",
                "SELECT * FROM votes",
                "DELETE FROM ballot",
                "SELECT voter_key FROM poll",
                "SELECT * FROM poll",
                "INSERT INTO poll (id, question, revote, voter_key) VALUES ('x', 'x', 'final', 'known')",
                "UPDATE poll SET voter_key = 'known'",
                "UPDATE poll SET version = 1",
                "UPDATE poll SET code_published = true",
                "SELECT * FROM voter_code",
                "SELECT count(*) FROM voter_code",
                "DELETE FROM voter_code",
                "UPDATE voter_code SET batch = 'old'",
                "DELETE FROM voter_code_batch",
                "UPDATE voter_code_batch SET codes = 1",
                "UPDATE voter_code_batch SET poll_id = 'other'",
                "UPDATE voter_code_batch SET revoked_at = NULL WHERE id = 'old'",
                "INSERT INTO voter_code_batch (id, poll_id, codes) VALUES ('chosen', 'lunch', 1)",
                "UPDATE poll SET published_version = version",
                "UPDATE poll SET published_at = now()",
                "UPDATE poll SET ballots_deleted_at = NULL",
                "UPDATE poll SET configured = false, configured_closes = NULL",
                "UPDATE poll SET room_code = NULL",
                "UPDATE poll SET final_at = now()",
                "DELETE FROM poll",
                "UPDATE room SET version = 1",
                "UPDATE room SET owner = 'mallory'",
                "UPDATE room SET published_version = version",
                "DELETE FROM room",
                "INSERT INTO tally VALUES ('lunch', 'a', 1)",
                "UPDATE tally SET votes = 0",
                "DELETE FROM tally WHERE choice = 'a'",
                "TRUNCATE tally",
                "UPDATE audit SET organiser = 'mallory'",
                "DELETE FROM audit",
                "TRUNCATE audit",
                "INSERT INTO audit (organiser, action, at) VALUES ('ann', 'open', '2020-01-01')",
                "SELECT next_voter FROM recount",
                "SELECT * FROM recount",
                "INSERT INTO recount (poll_id, organiser, state, begun_at) VALUES ('lunch', 'ann', 'equal', now())",
                "UPDATE recount SET counted = 1",
                "UPDATE recount SET next_voter = gen_random_uuid()",
                "DELETE FROM recount",
                "INSERT INTO recounted_choice VALUES ('lunch', 'a', 1)",
                "UPDATE recounted_choice SET ballots = 1",
                "DELETE FROM recounted_choice",
                "INSERT INTO vote_pace VALUES ('lunch', now(), 1)",
                "UPDATE poll_books SET voters = 1",
                "UPDATE ballot_books SET rejected = 0",
                "DELETE FROM rejected_ballot",
                "ALTER TABLE poll DISABLE TRIGGER ALL",
                "SELECT * FROM flyway_schema_history",
                "CREATE TABLE mine (id int)",
                "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "SELECT pg_advisory_xact_lock(1)"
            })
    void itMayNot(String statement) {
        assertThatThrownBy(() -> execute(statement))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState())
                                .as(refused.getMessage())
                                .isEqualTo("42501"));
    }

    @Test
    void itWritesRoomsAndPolls() throws SQLException {
        execute("INSERT INTO room (code, title, owner) VALUES ('BBBBBB', 'Mine', 'ann')");
        execute(
                "INSERT INTO poll (id, question, language, revote, opens, results, room_code, position, asked_before, round)"
                        + " VALUES ('again', 'Where?', 'en', 'final', '9999-12-31 23:59:59Z', 'live', 'BBBBBB', 0, 'lunch', 2)");
        execute("INSERT INTO poll_option (poll_id, key, label, position) VALUES ('again', 'a', 'Yes', 0)");
        execute("INSERT INTO tally (poll_id, choice) VALUES ('again', 'a')");
        execute("UPDATE room SET stage = 'again', title = 'Ours', archived_at = now() WHERE code = 'BBBBBB'");
        execute(
                "UPDATE poll SET question = 'Whither?', opens = now(), revealed = true, archived_at = now(), position = NULL"
                        + " WHERE id = 'again'");
        execute("UPDATE poll_option SET label = 'No', first_label = 'Yes' WHERE poll_id = 'again'");

        assertThat(value("SELECT version FROM room WHERE code = 'BBBBBB'"))
                .as("made, given a poll, its stage and title, and left by the poll")
                .isEqualTo("4");
        assertThat(value("SELECT version FROM poll WHERE id = 'again'"))
                .as("made, given an option, its question and hours, and another label")
                .isEqualTo("4");
        execute("DELETE FROM tally WHERE poll_id = 'again'");
        execute("DELETE FROM poll_option WHERE poll_id = 'again'");
    }

    @Test
    void itLocksWhatItChanges() throws SQLException {
        execute("SELECT code, owner FROM room WHERE code = 'KXT4M7' FOR UPDATE");
        execute("SELECT id, version FROM poll WHERE id = 'lunch' FOR UPDATE");
    }

    @Test
    void aPollThatItOpensAgainIsFinalNoMore() throws SQLException {
        assertThat(value("SELECT final_at FROM poll WHERE id = 'lunch'")).isNotNull();

        execute("UPDATE poll SET closes = NULL WHERE id = 'lunch'");

        assertThat(value("SELECT final_at FROM poll WHERE id = 'lunch'")).isNull();
    }

    @Test
    void aPollThatClosesEarlierStaysFinal() throws SQLException {
        execute("UPDATE poll SET closes = closes - interval '1 minute' WHERE id = 'lunch'");

        assertThat(value("SELECT final_at FROM poll WHERE id = 'lunch'")).isNotNull();
    }

    @Test
    void itMayClearWhatIsFinal() throws SQLException {
        execute("UPDATE poll SET closes = NULL, final_at = NULL WHERE id = 'lunch'");
    }

    @Test
    void itReadsTheChoicesOfAFinalPoll() throws SQLException {
        assertThat(value("SELECT string_agg(choice || ballots, ',') FROM counted_ballots_of('lunch')"))
                .isEqualTo("a1");
        assertThat(value("SELECT string_agg(choice, ',') FROM ballots_of('lunch')"))
                .as("as a server of the release before")
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"closes = NULL", "closes = clock_timestamp()", "final_at = NULL"})
    void itReadsNoChoiceOfAnotherPoll(String change) throws SQLException {
        execute("UPDATE poll SET " + change + " WHERE id = 'lunch'");

        for (String function : List.of("counted_ballots_of", "ballots_of")) {
            execute("SAVEPOINT asks");
            assertThatThrownBy(() -> execute("SELECT choice FROM " + function + "('lunch')"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("55000"));
            execute("ROLLBACK TO asks");
        }
    }

    @Test
    void aRecountRestsAfterAStep() throws SQLException {
        execute("""
                RESET SESSION AUTHORIZATION;
                INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at)
                SELECT 'lunch', gen_random_uuid(), 'a', n || '-0', now() FROM generate_series(1, 20000) n;
                SET SESSION AUTHORIZATION voting_organiser""");
        execute("SELECT begin_recount('lunch', 'ann')");
        assertThat(value("SELECT step_recount('lunch')"))
                .as("one ballot is left")
                .isEqualTo("t");
        assertThat(value("SELECT step_recount('lunch')")).as("it rests").isNull();

        await().atMost(Duration.ofMinutes(1)).until(() -> value("SELECT step_recount('lunch')"), "f"::equals);
        assertThat(value("SELECT counted FROM recount WHERE poll_id = 'lunch'")).isEqualTo("20001");
    }

    @Test
    void itCountsBallotsAndSeesTheirNumbersAlone() throws SQLException {
        assertThat(value("SELECT step_recount('lunch')")).as("none has begun").isNull();
        assertThat(value("SELECT begin_recount('lunch', 'ann')")).isEqualTo("t");
        assertThat(value("SELECT begin_recount('lunch', 'bob')")).as("one runs").isEqualTo("f");
        assertThat(value("SELECT step_recount('lunch')")).as("that was all").isEqualTo("f");
        assertThat(value("SELECT string_agg(choice || ballots, ',') FROM recounted_choice"))
                .isEqualTo("a1");
        execute("UPDATE recount SET state = 'equal', ended_at = now() WHERE poll_id = 'lunch'");
        assertThat(value("SELECT step_recount('lunch')")).as("it has ended").isNull();
    }

    @Test
    void itKeepsLogInsAndAddsToTheAuditLog() throws SQLException {
        execute("INSERT INTO organiser_session (token_hash, organiser, administrator) VALUES ('\\x01', 'ann', false)");
        execute("UPDATE organiser_session SET used_at = now()");
        execute("DELETE FROM organiser_session");
        execute("INSERT INTO login_failure VALUES ('ann', 1, now())");
        execute("UPDATE login_failure SET failures = 2");
        execute("DELETE FROM login_failure");
        execute("INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at)"
                + " VALUES ('\\x01', 'ann', false, 'deploy', now())");
        assertThat(value("SELECT lastval()")).as("as JPA asks").isEqualTo("1");
        execute("DELETE FROM api_token");
        execute("INSERT INTO audit (organiser, action, room_code, poll_id, before, after)"
                + " VALUES ('ann', 'open', 'KXT4M7', 'lunch', 'closed', 'open')");
        assertThat(value("SELECT action FROM audit")).isEqualTo("open");
    }
}
