package org.votingapp.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class DatabaseSettingsTest {

    private final Map<String, String> values = new HashMap<>(Map.of(
            "db.host", "localhost",
            "db.port", "5432",
            "db.name", "voting",
            "db.user", "voting_worker",
            "db.password", "hunter2",
            "db.sslmode", "prefer",
            "db.sslrootcert", ""));

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-full"})
    void everyModeOfLibpqIsTakenThatNeedsNoFile(String mode) {
        values.put("db.sslmode", mode);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void theAuthoritiesOfJavaVerifyInFullOnly() {
        values.put("db.sslrootcert", "system");
        values.put("db.sslmode", "verify-full");
        assertThatCode(this::check).doesNotThrowAnyException();
        values.put("db.sslmode", "verify-ca");
        assertThatThrownBy(this::check)
                .hasMessage("DB_SSLMODE is \"verify-ca\"; it must be verify-full where DB_SSLROOTCERT is system");
    }

    @Test
    void aFileWithoutACertificateIsRefusedByTheVariablesName(@TempDir Path folder) throws Exception {
        Path empty = Files.createFile(folder.resolve("authority.pem"));
        values.put("db.sslrootcert", empty.toString());
        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("DB_SSLROOTCERT is \"%s\"; it must be a file that can be read", empty);
    }

    @ParameterizedTest
    @CsvSource({
        "db.host, '', 'the host of Postgres, such as localhost'",
        "db.host, 'db.example.org:5432', 'the host of Postgres, such as localhost, without a port, which is DB_PORT'",
        "db.host, 'jdbc:postgresql://db', 'the host of Postgres, such as localhost, without a port, which is DB_PORT'",
        "db.port, '', a whole number from 1 to 65535",
        "db.port, 0, a whole number from 1 to 65535",
        "db.port, 65536, a whole number from 1 to 65535",
        "db.port, postgres, a whole number from 1 to 65535",
        "db.name, '', 'the name of the database, such as voting'",
        "db.user, '', a role that may log in to Postgres",
        "db.password, '', the password of DB_USER",
        "db.sslmode, '', 'one of disable, allow, prefer, require, verify-ca, verify-full'",
        "db.sslmode, verify, 'one of disable, allow, prefer, require, verify-ca, verify-full'",
        "db.sslmode, Require, 'one of disable, allow, prefer, require, verify-ca, verify-full'",
        "db.sslmode, verify-ca, 'verify-full, or DB_SSLROOTCERT a file with the certificates of authorities'",
    })
    void aBadValueIsRefusedByTheVariablesName(String property, String value, String expected) {
        values.put(property, value);
        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("%s is \"%s\"; it must be %s", Settings.variable(property), value, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example.org", "10.0.0.1", "::1", "[::1]", "first,second", "db_1"})
    void everyHostIsTaken(String host) {
        values.put("db.host", host);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.name", "db.user"})
    void aNameThatPostgresWouldCutOffIsRefused(String property) {
        values.put(property, "ü".repeat(31) + "x");
        assertThatCode(this::check).doesNotThrowAnyException();
        values.put(property, "ü".repeat(32));
        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(Settings.variable(property))
                .hasMessageEndingWith("of at most 63 bytes");
    }

    @Test
    void aPasswordWithANulIsRefusedAndNotRepeated() {
        values.put("db.password", "hunter2\0");
        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("DB_PASSWORD is \"(8 characters)\"; it must be text without U+0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.user", "db.password"})
    void thereIsNoDefaultUserOrPassword(String property) {
        values.remove(property);
        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(Settings.variable(property) + " is \"\"; it must be ");
    }

    private void check() {
        DatabaseSettings.check(Settings.from(name -> Optional.ofNullable(values.get(name))));
    }
}
