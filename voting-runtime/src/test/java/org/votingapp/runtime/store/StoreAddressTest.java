package org.votingapp.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.runtime.postgres.PostgresFailure;
import org.votingapp.runtime.redis.RedisFailure;

class StoreAddressTest {

    private static final StoreAddress REDIS = new StoreAddress("Redis", "redis", 6379, "vote", RedisFailure::words);
    private static final StoreAddress POSTGRES =
            new StoreAddress("Postgres", "db.example.org", 5432, "reader", PostgresFailure::words);

    @ParameterizedTest
    @CsvSource({
        "08001, no connection at db.example.org:5432 (SQLSTATE 08001)",
        "28P01, wrong user or password for Postgres user reader at db.example.org:5432 (SQLSTATE 28P01)",
        "28000, no entry for Postgres user reader at db.example.org:5432 (SQLSTATE 28000)",
        "3D000, there is no such database at db.example.org:5432 (SQLSTATE 3D000)",
        "25006, it is read-only at db.example.org:5432 (SQLSTATE 25006)",
        "42501, a right is missing for Postgres user reader at db.example.org:5432 (SQLSTATE 42501)",
        "42P01, a table is missing at db.example.org:5432 (SQLSTATE 42P01)",
        "53300, too many connections at db.example.org:5432 (SQLSTATE 53300)",
        "53100, the disk is full at db.example.org:5432 (SQLSTATE 53100)",
        "57P03, it is starting or stopping at db.example.org:5432 (SQLSTATE 57P03)",
        "57014, it refuses at db.example.org:5432 (SQLSTATE 57014)",
    })
    void whatPostgresSaysIsToldByItsState(String state, String reason) {
        SQLException pools = new SQLException("pool", new SQLException("secret \"hunter2\"", state));
        assertThat(POSTGRES.reason(new IllegalStateException(pools))).isEqualTo(reason);
    }

    @Test
    void aServerThatTakesNoWritesIsToldAsSuch() {
        SQLException refused =
                new SQLException("Could not find a server with specified targetServerType: primary", "08001");
        assertThat(POSTGRES.reason(refused))
                .isEqualTo("it is a standby or read-only at db.example.org:5432 (SQLSTATE 08001)");
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theInnermostCauseThatSaysSomethingIsTold(Throwable cause, String reason) {
        assertThat(REDIS.reason(new IllegalStateException("hunter2", cause))).isEqualTo(reason);
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), "connection refused at redis:6379"),
                Arguments.of(new ConnectException("Connection timed out"), "no answer at redis:6379"),
                Arguments.of(
                        new SQLException("refused", "08001", new ConnectException("Connection refused")),
                        "connection refused at redis:6379"),
                Arguments.of(new UnknownHostException("redis"), "unknown host redis"),
                Arguments.of(new NoRouteToHostException(), "no route to the host at redis:6379"),
                Arguments.of(new SocketTimeoutException("Read timed out"), "no answer in time from redis:6379"),
                Arguments.of(new TimeoutException(), "no answer in time from redis:6379"),
                Arguments.of(
                        new SSLException("handshake", new CertificateException("no name redis")),
                        "the certificate is not trusted at redis:6379"),
                Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), "no TLS at redis:6379"),
                Arguments.of(new EOFException(), "the connection broke at redis:6379"),
                Arguments.of(new RuntimeException("Unexpected end of stream."), "the connection broke at redis:6379"),
                Arguments.of(new NoSuchElementException("idle"), "no connection was free in time at redis:6379"),
                Arguments.of(
                        new RuntimeException("WRONGPASS invalid password of hunter2"),
                        "wrong user or password for Redis user vote at redis:6379"),
                Arguments.of(
                        new RuntimeException("NOPERM this user has no permissions"),
                        "a permission is missing for Redis user vote at redis:6379"),
                Arguments.of(
                        new RuntimeException("MOVED 7638 10.0.0.7:6379"),
                        "it is a node of a Redis cluster, and one that does not have our keys, at redis:6379"),
                Arguments.of(
                        new RuntimeException("READONLY You can't write against a read only replica."),
                        "it is a read-only replica at redis:6379"),
                Arguments.of(new RuntimeException("SECRET hunter2"), "an error that the log tells, at redis:6379"),
                Arguments.of(new RuntimeException(), "an error that the log tells, at redis:6379"));
    }

    /** As Jedis throws it where a host has several addresses, or one. */
    @Test
    void aFailureThatIsToldBesideTheCauseIsFound() {
        RuntimeException jedis = new RuntimeException("Failed to connect to any host resolved for DNS name.");
        jedis.addSuppressed(new ConnectException("Connection refused"));
        assertThat(REDIS.reason(new RuntimeException("box", jedis))).isEqualTo("connection refused at redis:6379");
    }

    @Test
    void howLongItWasWaitedForIsTold() {
        assertThat(REDIS.silentFor(Duration.ofSeconds(1))).isEqualTo("no answer within 1 s from redis:6379");
        assertThat(REDIS.silentFor(Duration.ofMillis(1_500))).isEqualTo("no answer within 1.5 s from redis:6379");
    }

    @Test
    void anAddressOfVersion6HasBrackets() {
        assertThat(new StoreAddress("Redis", "::1", 6379, "vote", RedisFailure::words)
                        .reason(new ConnectException("Connection refused")))
                .isEqualTo("connection refused at [::1]:6379");
    }
}
