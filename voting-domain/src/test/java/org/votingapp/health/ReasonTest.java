package org.votingapp.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {

    @ParameterizedTest
    @CsvSource({
        "08001, there is no connection to it (SQLSTATE 08001)",
        "28P01, it refuses the user or the password (SQLSTATE 28P01)",
        "3D000, it has no such database (SQLSTATE 3D000)",
        "25006, it is read-only (SQLSTATE 25006)",
        "42501, a right is missing (SQLSTATE 42501)",
        "42P01, a table is missing (SQLSTATE 42P01)",
        "53300, it has no room for more (SQLSTATE 53300)",
        "57P03, it is starting or stopping (SQLSTATE 57P03)",
        "57014, it refuses (SQLSTATE 57014)",
    })
    void whatPostgresSaysIsToldByItsState(String state, String reason) {
        SQLException pools = new SQLException("pool", new SQLException("user \"voting\" at db.example.org", state));
        assertThat(Reason.of(new IllegalStateException(pools))).isEqualTo(reason);
    }

    @Test
    void aServerThatTakesNoWritesIsToldAsSuch() {
        SQLException refused =
                new SQLException("Could not find a server with specified targetServerType: primary", "08001");
        assertThat(Reason.of(refused)).isEqualTo("it is a standby or read-only (SQLSTATE 08001)");
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theInnermostCauseThatSaysSomethingIsTold(Throwable cause, String reason) {
        assertThat(Reason.of(new IllegalStateException("of db.example.org", cause)))
                .isEqualTo(reason);
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new ConnectException("db.example.org"), "it takes no connection"),
                Arguments.of(
                        new SQLException("db.example.org refused", "08001", new ConnectException("refused")),
                        "it takes no connection"),
                Arguments.of(new UnknownHostException("db.example.org"), "its host is not known"),
                Arguments.of(new SocketTimeoutException("Read timed out"), "it does not answer in time"),
                Arguments.of(new CertificateException("no name db.example.org"), "its certificate is not trusted"),
                Arguments.of(new EOFException(), "the connection broke"),
                Arguments.of(new RuntimeException("WRONGPASS invalid password of hunter2"), "it answers WRONGPASS"),
                Arguments.of(new RuntimeException("SECRET hunter2"), "IllegalStateException"),
                Arguments.of(new RuntimeException(), "IllegalStateException"));
    }

    @Test
    void aTextBecomesOneLine() {
        assertThat(Reason.line("one\ntwo")).isEqualTo("one");
        assertThat(Reason.line("\r\n\ntwo\rthree")).isEqualTo("two");
        assertThat(Reason.line("a\u001b[31mb\u2028c")).isEqualTo("a\uFFFD[31mb\uFFFDc");
        assertThat(Reason.line("")).isEqualTo("no reason given");
    }

    @Test
    void aLineIsOfBoundedLength() {
        assertThat(Reason.line("x".repeat(10_000))).isEqualTo("x".repeat(200) + "…");
    }
}
