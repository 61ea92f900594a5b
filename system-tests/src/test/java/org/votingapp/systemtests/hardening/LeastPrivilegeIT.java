package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Each server may do what it needs in Postgres and Redis, and nothing else. */
class LeastPrivilegeIT {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String CONFIGURATION_LIMIT_EXCEEDED = "53400";

    private final Fortress fortress = Fortress.stands();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO tally (poll_id, choice, votes) VALUES ('cats-vs-dogs', 'a', 1)",
                "UPDATE tally SET votes = votes + 1",
                "DELETE FROM tally",
                "TRUNCATE tally",
                "UPDATE poll SET question = ''",
                "INSERT INTO poll_option VALUES ('cats-vs-dogs', 'c', 'Fish', 2)",
                "INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at) VALUES ('cats-vs-dogs', gen_random_uuid(), 'a', '1-1', now())",
                "DELETE FROM ballot",
                "SELECT * FROM ballot",
                "SELECT * FROM votes",
                "SELECT * FROM flyway_schema_history",
                "CREATE TABLE mine (id int)",
                "CREATE SCHEMA mine",
                "CREATE TEMPORARY TABLE mine (id int)",
                "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "DROP TABLE tally",
                "ALTER TABLE tally ADD COLUMN mine int",
                "COPY tally TO PROGRAM 'cat'",
                "SELECT pg_read_file('PG_VERSION')",
                "ALTER ROLE voting_result SUPERUSER",
                "SET ROLE voting_worker",
                "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE EXTENSION pgcrypto",
                "BEGIN; LOCK TABLE tally IN ACCESS EXCLUSIVE MODE",
                "SELECT * FROM tally FOR UPDATE",
                "SELECT pg_try_advisory_lock(1)",
                "SELECT pg_advisory_xact_lock_shared(1, 1)",
                "SELECT pg_logical_emit_message(false, 'mine', 'x')",
                "SELECT pg_switch_wal()",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'voting_worker'",
                "SET temp_file_limit = -1",
                "ALTER ROLE voting_result CONNECTION LIMIT -1",
                "ALTER DATABASE voting SET statement_timeout = 1"
            })
    void theResultServersRoleCanOnlyReadPollsAndTallies(String statement) throws SQLException {
        try (Connection connection = fortress.parts().postgres().connectAsReader()) {
            isRefused(connection, INSUFFICIENT_PRIVILEGE, statement);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM ballot",
                "UPDATE tally SET votes = 0",
                "INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at) VALUES ('cats-vs-dogs', gen_random_uuid(), 'a', '1-1', now())",
                "TRUNCATE ballot",
                "DROP TABLE ballot",
                "BEGIN; LOCK TABLE ballot IN ROW EXCLUSIVE MODE",
                "CREATE TABLE public.mine (id int)",
                "CREATE TEMPORARY TABLE mine (id int)",
                "SELECT pg_advisory_lock(1)",
                "COPY ballot TO PROGRAM 'cat'",
                "SELECT * FROM pg_authid",
                "SET ROLE voting_worker"
            })
    void theBackupsRoleCanOnlyRead(String statement) throws SQLException {
        try (Connection connection = asBackup();
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeQuery("SELECT count(*) FROM ballot").next()).isTrue();
            isRefused(connection, INSUFFICIENT_PRIVILEGE, statement);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY ballot TO PROGRAM 'cat'",
                "COPY ballot TO '/tmp/ballots'",
                "SELECT pg_read_file('PG_VERSION')",
                "SELECT * FROM pg_authid",
                "CREATE ROLE mine",
                "CREATE DATABASE mine",
                "ALTER ROLE voting_worker SUPERUSER",
                "ALTER ROLE voting_worker CONNECTION LIMIT -1",
                "ALTER ROLE voting_result PASSWORD 'mine'",
                "SET ROLE voting_result",
                "CREATE EXTENSION dblink",
                "ALTER SYSTEM SET fsync = off",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'voting_result'"
            })
    void theWorkersRoleOwnsTheDatabaseAndNothingElse(String statement) throws SQLException {
        try (Connection connection = fortress.parts().postgres().connect();
                Connection reader = fortress.parts().postgres().connectAsReader()) {
            assertThat(reader.isValid(1)).isTrue();
            isRefused(connection, INSUFFICIENT_PRIVILEGE, statement);
        }
    }

    /** OrganiserRightsIT tries what it may and may not do with each table. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM ballot",
                "SELECT voter_key FROM poll",
                "UPDATE tally SET votes = votes + 1",
                "DELETE FROM audit",
                "CREATE TABLE mine (id int)",
                "CREATE TEMPORARY TABLE mine (id int)",
                "SET ROLE voting_worker",
                "ALTER ROLE voting_organiser CONNECTION LIMIT -1",
                "SET temp_file_limit = -1",
                "SELECT pg_try_advisory_lock(1)"
            })
    void theOrganiserServersRoleSteersPollsAndNothingElse(String statement) throws SQLException {
        try (Connection connection = fortress.parts().postgres().connectAsOrganiser();
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeQuery("SELECT question, closes FROM poll").next())
                    .isTrue();
            isRefused(connection, INSUFFICIENT_PRIVILEGE, statement);
        }
    }

    /** One large object could fill the disk, and makes a complete dump fail. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT lo_from_bytea(0, 'x')",
                "SELECT lo_create(0)",
                "SELECT lo_creat(-1)",
                "SELECT lo_put(1, 0, 'x')",
                "SELECT lo_get(1)",
                "SELECT lo_open(1, 131072)",
                "SELECT lowrite(0, 'x')",
                "SELECT lo_truncate64(0, 1)",
                "SELECT lo_unlink(1)",
                "SELECT lo_import('/etc/hostname')",
                "SELECT lo_export(1, '/tmp/x')"
            })
    void noRoleHasLargeObjects(String statement) throws SQLException {
        try (Connection worker = fortress.parts().postgres().connect();
                Connection reader = fortress.parts().postgres().connectAsReader();
                Connection organiser = fortress.parts().postgres().connectAsOrganiser();
                Connection backup = asBackup()) {
            for (Connection connection : List.of(worker, reader, organiser, backup)) {
                isRefused(connection, INSUFFICIENT_PRIVILEGE, statement);
            }
        }
    }

    @Test
    void theResultServersRoleCannotFillTheDiskBySorting() throws SQLException {
        try (Connection connection = fortress.parts().postgres().connectAsReader()) {
            isRefused(
                    connection,
                    CONFIGURATION_LIMIT_EXCEEDED,
                    "SELECT count(DISTINCT n) FROM (SELECT generate_series(1, 10000000) AS n) AS numbers");
        }
    }

    @Test
    void noRoleTakesAllConnections() throws SQLException {
        try (Connection connection = fortress.parts().postgres().connectAsSuperuser();
                Statement sql = connection.createStatement();
                ResultSet limits = sql.executeQuery("SELECT sum(rolconnlimit) FILTER (WHERE rolconnlimit > 0),"
                        + " bool_and(rolconnlimit > 0), current_setting('max_connections')::int"
                        + " - current_setting('superuser_reserved_connections')::int"
                        + " FROM pg_roles WHERE rolname LIKE 'voting\\_%'")) {
            assertThat(limits.next()).isTrue();
            assertThat(limits.getBoolean(2)).as("each has a limit").isTrue();
            assertThat(limits.getInt(1)).isLessThanOrEqualTo(limits.getInt(3));
        }
    }

    /** The local stack makes no backups, so this role has no password here. */
    private Connection asBackup() throws SQLException {
        Connection connection = fortress.parts().postgres().connectAsSuperuser();
        try (Statement sql = connection.createStatement()) {
            sql.execute("SET SESSION AUTHORIZATION voting_backup");
        }
        return connection;
    }

    private static void isRefused(Connection connection, String state, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .as(statement)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState())
                                    .as(refused.getMessage())
                                    .isEqualTo(state));
        }
    }

    @Test
    void theResultServersRoleReadsPollsAndTallies() throws SQLException {
        try (Connection connection = fortress.parts().postgres().connectAsReader();
                Statement sql = connection.createStatement()) {
            for (String readable : List.of("results FROM poll", "* FROM poll_option", "* FROM tally")) {
                assertThat(sql.executeQuery("SELECT " + readable).next())
                        .as(readable)
                        .isTrue();
            }
            assertThatThrownBy(() -> sql.executeQuery("SELECT voter_key FROM poll"))
                    .as("the key that would tell which voter a ballot is of")
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void withoutAPasswordRedisAllowsNothingButPing() {
        try (Jedis redis = new Jedis("127.0.0.1", fortress.parts().redis().port())) {
            assertThatThrownBy(() -> redis.get("x"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("NOAUTH");
        }
        DefaultJedisClientConfig probe =
                DefaultJedisClientConfig.builder().user("probe").password("any").build();
        try (Jedis redis = new Jedis("127.0.0.1", fortress.parts().redis().port(), probe)) {
            assertThat(redis.ping()).isEqualTo("PONG");
            isRefused(redis, Command.GET, "x");
        }
    }

    @Test
    void theVoteServersUserInRedisCanOnlyCast() {
        try (Jedis redis = fortress.parts().redis().connectAs(ServerKind.VOTE)) {
            assertThat(redis.ping()).isEqualTo("PONG");
            isRefused(redis, Command.GET, "x");
            isRefused(redis, Command.SET, "x", "y");
            isRefused(redis, Command.KEYS, "*");
            isRefused(redis, Command.HGETALL, RedisNames.voters("cats-vs-dogs"));
            isRefused(redis, Command.HDEL, RedisNames.voters("cats-vs-dogs"), "x");
            isRefused(redis, Command.DEL, RedisNames.BALLOTS);
            isRefused(redis, Command.XDEL, RedisNames.BALLOTS, "0-1");
            isRefused(redis, Command.XRANGE, RedisNames.BALLOTS, "-", "+");
            isRefused(redis, Command.XADD, RedisNames.REJECTED, "*", "x", "y");
            isRefused(redis, Command.XREADGROUP, "GROUP", RedisNames.GROUP, "x", "STREAMS", RedisNames.BALLOTS, ">");
            isRefused(redis, Command.EVAL, "return redis.call('DEL', KEYS[1])", "1", RedisNames.BALLOTS);
            mayNotAdminister(redis);
            // Redis checks the user's rights inside scripts, too.
            String script = redis.scriptLoad("return redis.call('DEL', KEYS[1])");
            assertThatThrownBy(() -> redis.evalsha(script, List.of(RedisNames.BALLOTS), List.of()))
                    .isInstanceOf(JedisDataException.class);
        }
    }

    @Test
    void theWorkersUserInRedisCanOnlyDrain() {
        try (Jedis redis = fortress.parts().redis().connectAs(ServerKind.WORKER)) {
            assertThat(redis.ping()).isEqualTo("PONG");
            assertThatCode(() -> redis.xlen(RedisNames.BALLOTS)).doesNotThrowAnyException();
            isRefused(redis, Command.GET, "x");
            isRefused(redis, Command.SET, "x", "y");
            isRefused(redis, Command.KEYS, "*");
            isRefused(redis, Command.HGET, RedisNames.voters("cats-vs-dogs"), "x");
            isRefused(redis, Command.HSET, RedisNames.voters("cats-vs-dogs"), "x", "a");
            isRefused(redis, Command.HSET, RedisNames.COUNTS, RedisNames.ACCEPTED, "0");
            isRefused(redis, Command.DEL, RedisNames.BALLOTS);
            isRefused(redis, Command.XGROUP, "DESTROY", RedisNames.BALLOTS, RedisNames.GROUP);
            mayNotAdminister(redis);
        }
    }

    private static void mayNotAdminister(Jedis redis) {
        isRefused(redis, Command.CONFIG, "GET", "*");
        isRefused(redis, Command.ACL, "LIST");
        isRefused(redis, Command.FLUSHALL);
        isRefused(redis, Command.SHUTDOWN);
        isRefused(redis, Command.CLIENT, "LIST");
        isRefused(redis, Command.REPLICAOF, "127.0.0.1", "1");
        isRefused(redis, Command.BGREWRITEAOF);
    }

    private static void isRefused(Jedis redis, Command command, String... arguments) {
        assertThatThrownBy(() -> redis.sendCommand(command, arguments))
                .as("%s %s", command, Arrays.toString(arguments))
                .isInstanceOf(JedisDataException.class)
                .hasMessageContaining("NOPERM");
    }

    /** Reads the environment of the running processes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noServerHasASecretThatItDoesNotNeed() throws IOException {
        assertThat(variables(fortress.parts().vote()))
                .contains("REDIS_PASSWORD", "VOTER_KEY")
                .doesNotContain("DB_PASSWORD", "DB_USER");
        assertThat(variables(fortress.parts().worker()))
                .contains("REDIS_PASSWORD", "DB_PASSWORD")
                .doesNotContain("VOTER_KEY", "RESULT_PASS_KEY");
        assertThat(variables(fortress.parts().result()))
                .contains("DB_PASSWORD")
                .doesNotContain("VOTER_KEY", "REDIS_PASSWORD", "REDIS_URL");
    }

    private static Set<String> variables(LibertyPart server) throws IOException {
        String environment = Files.readString(
                Path.of("/proc", server.pids().get(0).toString(), "environ"),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        return Arrays.stream(environment.split("\0"))
                .map(variable -> variable.split("=", 2)[0])
                .collect(Collectors.toSet());
    }
}
