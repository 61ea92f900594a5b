package org.votingapp.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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
import org.votingapp.redis.RedisNames;
import org.votingapp.stack.LibertyPart;
import org.votingapp.stack.ServerKind;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Each server can do what it does, and nothing else. */
class LeastPrivilegeIT {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

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
                "SET ROLE voting_worker"
            })
    void theResultServersRoleCanOnlyReadPollsAndTallies(String statement) throws SQLException {
        try (Connection connection = fortress.parts().postgres().connectAsReader();
                Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState())
                                    .as(refused.getMessage())
                                    .isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void theResultServersRoleReadsPollsAndTallies() throws SQLException {
        try (Connection connection = fortress.parts().postgres().connectAsReader();
                Statement sql = connection.createStatement()) {
            for (String table : List.of("poll", "poll_option", "tally")) {
                assertThat(sql.executeQuery("SELECT * FROM " + table).next())
                        .as(table)
                        .isTrue();
            }
        }
    }

    @Test
    void nobodyDoesAnythingInRedisWithoutAPassword() {
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
            // A script of its own could do no more than the user can: the rules hold inside, too.
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

    /** Read from what the system knows of the running processes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noServerIsToldASecretThatIsNoneOfItsBusiness() throws IOException {
        assertThat(variables(fortress.parts().vote()))
                .contains("REDIS_PASSWORD", "VOTER_KEY")
                .doesNotContain("DB_PASSWORD", "DB_USER");
        assertThat(variables(fortress.parts().worker()))
                .contains("REDIS_PASSWORD", "DB_PASSWORD")
                .doesNotContain("VOTER_KEY");
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
