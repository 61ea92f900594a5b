package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.postgres.PostgresRoles;
import org.votingapp.stack.terminal.StackException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Redis and Postgres of a stack without servers. */
class StoresIT {

    private static final Duration READY = Duration.ofSeconds(90);

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        StackDescription description = TestStacks.describe();
        for (ServerKind kind : ServerKind.values()) {
            description.count(kind, 0);
        }
        stack = TestStacks.open(description);
        stack.start(READY);
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    @Test
    void whatRedisConfirmedSurvivesItsKilling() {
        try (Jedis redis = stack.redis().connect()) {
            redis.set("kept", "yes");
        }
        stack.redis().kill();
        stack.redis().start();
        stack.redis().awaitReady(READY);

        try (Jedis redis = stack.redis().connect()) {
            assertThat(redis.get("kept")).isEqualTo("yes");
            assertThat(redis.configGet("appendonly")).containsEntry("appendonly", "yes");
            assertThat(redis.configGet("appendfsync")).containsEntry("appendfsync", "always");
            assertThat(redis.configGet("save")).containsEntry("save", "");
            assertThat(redis.configGet("maxmemory-policy")).containsEntry("maxmemory-policy", "noeviction");
        }
    }

    @Test
    void redisLetsNobodyInWithoutThePassword() {
        try (Jedis stranger = new Jedis("127.0.0.1", stack.redis().port())) {
            assertThatThrownBy(stranger::ping)
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void aFrozenRedisAnswersOnlyOnceItIsThawed() {
        try (Jedis redis = stack.redis().connect()) {
            redis.ping();
            stack.redis().freeze();
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
        }
        stack.redis().thaw();
        stack.redis().awaitReady(READY);
    }

    @Test
    void whatPostgresCommittedSurvivesAnImmediateStopAndAKilling() throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (id integer)");
            statement.execute("INSERT INTO kept VALUES (1)");
        }
        stack.postgres().stopImmediately();
        stack.postgres().start();
        stack.postgres().awaitReady(READY);
        assertThat(query("SELECT count(*) FROM kept")).isEqualTo("1");
        stack.postgres().kill();
        stack.postgres().start();
        stack.postgres().awaitReady(READY);

        assertThat(query("SELECT count(*) FROM kept")).isEqualTo("1");
        assertThat(query("SHOW fsync")).isEqualTo("on");
        assertThat(query("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(query("SHOW data_checksums")).isEqualTo("on");
    }

    @Test
    void aFrozenPostgresGoesOnWhereItWas() throws SQLException {
        stack.postgres().freeze();
        assertThatThrownBy(() -> stack.postgres().connect()).isInstanceOf(SQLException.class);
        stack.postgres().thaw();

        await().atMost(READY).ignoreException(SQLException.class).until(() -> query("SELECT 1"), "1"::equals);
    }

    @Test
    void postgresLetsNobodyInWithoutThePassword() {
        String address = "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=guess"
                .formatted(stack.postgres().port(), PostgresRoles.DATABASE, PostgresRoles.WRITER);

        assertThatThrownBy(() -> DriverManager.getConnection(address))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void theReadersRoleMayDoNothingThatNobodyGrantedIt() throws SQLException {
        try (Connection connection = stack.postgres().connectAsReader();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE TABLE mine (id integer)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theStoresListenOnTheLoopbackAddressAlone() throws Exception {
        List<InetAddress> others = otherAddresses();
        assertThat(others).as("addresses of this machine beside 127.0.0.1").isNotEmpty();
        for (InetAddress other : others) {
            assertThat(answers(other, stack.redis().port()))
                    .as("Redis at %s", other)
                    .isFalse();
            assertThat(answers(other, stack.postgres().port()))
                    .as("Postgres at %s", other)
                    .isFalse();
        }
    }

    /** Those at which something that listens everywhere can be reached, so that silence there means something. */
    private static List<InetAddress> otherAddresses() throws java.io.IOException {
        // On Linux all of 127.0.0.0/8 is this machine (RFC 1122, section 3.2.1.3).
        List<InetAddress> others = new ArrayList<>(List.of(InetAddress.getByName("127.0.0.2")));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .forEach(others::add);
        try (ServerSocket everywhere = new ServerSocket(Ports.free())) {
            others.removeIf(address -> !answers(address, everywhere.getLocalPort()));
        }
        return others;
    }

    private static boolean answers(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1_000);
            return true;
        } catch (java.io.IOException refused) {
            return false;
        }
    }

    @Test
    void noSecretIsInACommandLine() throws Exception {
        String secrets = Files.readString(stack.data().folder().resolve("secrets.properties"));
        String commandLines = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .reduce("", String::concat);

        assertThat(secrets.lines().filter(line -> line.contains("=")))
                .isNotEmpty()
                .noneMatch(line -> commandLines.contains(line.substring(line.indexOf('=') + 1)));
    }

    @Test
    void dataOfAnotherMajorVersionAreLeftAlone() throws Exception {
        Path folder = TestStacks.newFolder();
        DataFolder.open(folder).close();
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/PG_VERSION"), "16\n");
        StackDescription description = LocalStack.of(TestStacks.root()).dataFolder(folder);
        try (LocalStack old = description.open()) {
            assertThatThrownBy(old.postgres()::start)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("written by Postgres 16, as its PG_VERSION says")
                    .hasMessageContaining("DATA_DIR");
        }
    }

    /**
     * Redis 6.2 keeps one file in two formats, which Redis 7 moves into a folder of its own. This one holds five votes by
     * {@code cast.lua}: one recorded and one delivered before the file was rewritten, two cast afterwards.
     */
    @Test
    void whatRedis62WroteIsTakenOver() throws Exception {
        Path folder = TestStacks.newFolder();
        DataFolder.open(folder).close();
        Files.createDirectories(folder.resolve("redis"));
        try (InputStream file = StoresIT.class.getResourceAsStream("appendonly-of-redis-6.2.aof")) {
            Files.copy(file, folder.resolve("redis/appendonly.aof"));
        }
        // A folder in which there are votes and no secrets is taken with the voters' key alone.
        try (LocalStack old = LocalStack.of(TestStacks.root())
                .dataFolder(folder)
                .set(ServerKind.VOTE, "VOTER_KEY", "the key that signed the cookies of these voters")
                .open()) {
            old.redis().start();
            old.redis().awaitReady(READY);
            try (Jedis redis = old.redis().connect()) {
                assertThat(redis.xlen(RedisNames.BALLOTS)).isEqualTo(4);
                assertThat(redis.xpending(RedisNames.BALLOTS, RedisNames.GROUP).getTotal())
                        .isEqualTo(1);
                assertThat(redis.hgetAll(RedisNames.voters("cats-vs-dogs")).values())
                        .containsExactlyInAnyOrder("a", "b", "a", "b", "a");
                redis.hincrBy(RedisNames.COUNTS, RedisNames.ACCEPTED, 1);
            }
            old.redis().kill();
            old.redis().start();
            old.redis().awaitReady(READY);
            try (Jedis redis = old.redis().connect()) {
                assertThat(redis.hgetAll(RedisNames.COUNTS)).containsEntry(RedisNames.ACCEPTED, "6");
                assertThat(redis.xlen(RedisNames.BALLOTS)).isEqualTo(4);
            }
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
