package org.votingapp.result.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.votingapp.testsupport.server.MigratedPostgres;

/** A Postgres with the worker's schema, which can be stopped and started again with its data. */
final class Database extends MigratedPostgres {

    private static final String POLL = "cats-vs-dogs";

    private final Path folder;

    /** A new database in a folder, not yet started. */
    Database(Path folder, int port) {
        super(folder, port, "voting_result", "reads-only");
        this.folder = folder;
    }

    /** Starts it again as a standby, which may be read. */
    void restartAsStandby() throws IOException {
        stop();
        Files.createFile(folder.resolve("standby.signal"));
        start();
    }

    /** Makes the standby take writes. */
    void promote() throws SQLException {
        execute("SELECT pg_promote()");
    }

    /** From now on, for whoever is not the owner (PostgreSQL, "Database Login Event Triggers"). */
    void noteTheZoneOfEachSession() throws SQLException {
        execute("""
                CREATE TABLE zones (zone text);
                CREATE FUNCTION note_zone() RETURNS event_trigger SECURITY DEFINER LANGUAGE plpgsql AS $$
                BEGIN
                    IF session_user <> '%s' AND NOT pg_is_in_recovery() THEN
                        INSERT INTO public.zones VALUES (current_setting('TimeZone'));
                    END IF;
                END $$;
                CREATE EVENT TRIGGER sessions ON login EXECUTE FUNCTION note_zone();
                ALTER EVENT TRIGGER sessions ENABLE ALWAYS;
                """.formatted(OWNER));
    }

    /** The zones that were noted. */
    List<String> zonesOfSessions() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DISTINCT zone FROM zones")) {
            List<String> zones = new ArrayList<>();
            while (row.next()) {
                zones.add(row.getString(1));
            }
            return zones;
        }
    }

    /** The number of connections on which result servers listen for notifications. */
    long listeners() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'voting-result-listener'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Puts in the house room's poll with no votes, in place of all polls that are there. */
    void ask(String question, String... labels) throws SQLException {
        try (Connection connection = connect();
                Statement clean = connection.createStatement()) {
            connection.setAutoCommit(false);
            clean.execute("TRUNCATE tally, poll_option, poll, room CASCADE");
            insert(connection, POLL, question, labels);
            connection.commit();
        }
    }

    /** Puts in another poll with no votes. */
    void askToo(String pollId, String question, String... labels) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            insert(connection, pollId, question, labels);
            connection.commit();
        }
    }

    private static void insert(Connection connection, String pollId, String question, String... labels)
            throws SQLException {
        try (PreparedStatement poll =
                        connection.prepareStatement("INSERT INTO poll (id, question, revote) VALUES (?, ?, 'final')");
                PreparedStatement option = connection.prepareStatement("INSERT INTO poll_option VALUES (?, ?, ?, ?)");
                PreparedStatement tally = connection.prepareStatement("INSERT INTO tally VALUES (?, ?, 0)")) {
            poll.setString(1, pollId);
            poll.setString(2, question);
            poll.execute();
            for (int at = 0; at < labels.length; at++) {
                option.setString(1, pollId);
                option.setString(2, String.valueOf((char) ('a' + at)));
                option.setString(3, labels[at]);
                option.setInt(4, at);
                option.execute();
                tally.setString(1, pollId);
                tally.setString(2, String.valueOf((char) ('a' + at)));
                tally.execute();
            }
        }
    }

    /** Sets the votes, in one transaction with the notification that the worker sends. */
    void commit(long... votes) throws SQLException {
        store(POLL, true, votes);
    }

    /** The same for another poll. */
    void commitTo(String pollId, long... votes) throws SQLException {
        store(pollId, true, votes);
    }

    /** Sets the votes and tells nobody, as if the notification were lost. */
    void commitSilently(long... votes) throws SQLException {
        store(POLL, false, votes);
    }

    private void store(String pollId, boolean tell, long... votes) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE tally SET votes = ? WHERE choice = ? AND poll_id = ?");
                Statement notify = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int at = 0; at < votes.length; at++) {
                update.setLong(1, votes[at]);
                update.setString(2, String.valueOf((char) ('a' + at)));
                update.setString(3, pollId);
                update.execute();
            }
            if (tell) {
                notify.execute("SELECT pg_notify('tally', '" + pollId + "')");
            }
            connection.commit();
        }
    }

    /** Sets when the poll closes. */
    void close(Instant when) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement("UPDATE poll SET closes = ?")) {
            update.setObject(1, when.atOffset(ZoneOffset.UTC));
            update.execute();
        }
    }

    /** A connection as the result server has it. */
    Connection connectAsReader() throws SQLException {
        return connectAsServer();
    }

    /** Statements that would change something or read what is none of the reader's business. */
    static List<String> forbidden() {
        return List.of(
                "INSERT INTO poll (id, question, revote) VALUES ('x', 'x', 'final')",
                "UPDATE poll SET question = 'x'",
                "UPDATE poll_option SET label = 'x'",
                "INSERT INTO tally VALUES ('x', 'a', 1)",
                "UPDATE tally SET votes = 1000000",
                "DELETE FROM tally",
                "TRUNCATE tally",
                "DROP TABLE tally",
                "CREATE TABLE x (y text)",
                "SELECT * FROM ballot",
                "SELECT * FROM votes",
                "INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at)"
                        + " VALUES ('x', gen_random_uuid(), 'a', '0-0', now())");
    }
}
