package org.votingapp.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class PostgresFailureTest {

    private static RuntimeException jpa(SQLException cause) {
        return new IllegalStateException(new RuntimeException(cause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22021", "22P02", "22008", "23502", "23503", "23505", "23514", "23P01"})
    void postgresRefusedTheData(String state) {
        assertThat(PostgresFailure.isForItsData(jpa(new SQLException("x", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08001", "08006", "25006", "28P01", "40001", "40P01", "42501", "42P01", "53100", "53200", "53300",
                "55P03", "57014", "57P01", "57P03", "58030", "XX000", "0A000"
            })
    void anythingElseIsWorthAnotherTry(String state) {
        assertThat(PostgresFailure.isForItsData(jpa(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void aFailureWithoutAnSqlExceptionIsWorthAnotherTry() {
        assertThat(PostgresFailure.isForItsData(new IllegalStateException("transaction timed out")))
                .isFalse();
    }

    @Test
    void aMissingReferenceIsTheOneOfAForeignKey() {
        assertThat(PostgresFailure.isForAMissingReference(jpa(new SQLException("x", "23503"))))
                .isTrue();
        assertThat(PostgresFailure.isForAMissingReference(jpa(new SQLException("x", "23514"))))
                .isFalse();
    }

    @Test
    void theDriversSqlStateIsFoundBelowThePoolsException() {
        SQLException pool = new SQLException("pool");
        pool.initCause(new SQLException("driver", "23514"));
        assertThat(PostgresFailure.isForItsData(jpa(pool))).isTrue();
    }

    @Test
    void theDescriptionOmitsTheRowThatPostgresQuotes() {
        PSQLException refused = new PSQLException(new ServerErrorMessage(
                "SERROR\0C23514\0Mnew row violates check constraint \"no_dogs\"\0DFailing row contains (secret).\0"));
        assertThat(refused.getMessage()).contains("secret");
        assertThat(PostgresFailure.describe(jpa(refused)))
                .isEqualTo("new row violates check constraint \"no_dogs\" (SQLSTATE 23514)");
    }

    @Test
    void theDescriptionIsOneLineOfBoundedLength() {
        assertThat(PostgresFailure.describe(new SQLException("one\ntwo", "22001")))
                .isEqualTo("one (SQLSTATE 22001)");
        assertThat(PostgresFailure.describe(new SQLException("x".repeat(10_000), "22001")))
                .hasSizeLessThan(250);
    }

    @Test
    void aFailureWithoutAnSqlExceptionIsDescribedByItsInnermostCause() {
        assertThat(PostgresFailure.describe(new RuntimeException(new IllegalStateException("no connection"))))
                .isEqualTo("java.lang.IllegalStateException: no connection");
    }
}
