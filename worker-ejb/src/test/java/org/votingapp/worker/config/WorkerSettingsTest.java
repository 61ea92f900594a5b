package org.votingapp.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class WorkerSettingsTest {

    private final Properties properties = new Properties();

    @BeforeEach
    void loadTheDefaults() throws IOException {
        // By path: voting-runtime has a file of the same name.
        String classes = WorkerSettings.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        try (InputStream in = new java.net.URL(classes + "META-INF/microprofile-config.properties").openStream()) {
            properties.load(in);
        }
    }

    private WorkerSettings read() {
        return WorkerSettings.read(Settings.from(name -> Optional.ofNullable(properties.getProperty(name))));
    }

    @Test
    void theDefaultsAreValid() {
        properties.setProperty("worker.name", "worker-0");
        assertThat(read())
                .isEqualTo(new WorkerSettings(
                        "worker-0",
                        2,
                        2_000,
                        Duration.ofMillis(50),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        "voting_result"));
    }

    @Test
    void withoutANameTheHostsIsTaken() {
        assertThat(read().name()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "worker.batch-size|0|WORKER_BATCH_SIZE is \"0\"; it must be a whole number from 1 to 10000",
                "worker.batch-size|10001|WORKER_BATCH_SIZE is \"10001\"; it must be a whole number from 1 to 10000",
                "worker.batch-size|many|WORKER_BATCH_SIZE is \"many\"; it must be a whole number from 1 to 10000",
                "worker.loops|17|WORKER_LOOPS is \"17\"; it must be a whole number from 1 to 16",
                "worker.pace|PT2S|WORKER_PACE is \"PT2S\"; it must be an ISO 8601 duration from PT0S to PT1S, such as PT0S",
                "worker.claim-idle|30|WORKER_CLAIM_IDLE is \"30\"; it must be an ISO 8601 duration from PT1S to PT1H, such as PT1S",
                "worker.claim-idle|PT2H|WORKER_CLAIM_IDLE is \"PT2H\"; it must be an ISO 8601 duration from PT1S to PT1H, such as PT1S",
                "worker.unknown-wait|P2D|WORKER_UNKNOWN_WAIT is \"P2D\"; it must be an ISO 8601 duration from PT0S to PT24H, such as PT0S",
                "worker.name|a b|WORKER_NAME is \"a b\"; it must be 1 to 253 printable ASCII characters without a space, such as worker-1",
                "db.reader|x\"; DROP|DB_READER is \"x\"; DROP\"; it must be the name of a Postgres role: 1 to 63 letters, digits, underscores and hyphens",
            })
    void aBadValueIsNamedWithWhatWouldBeRight(String property, String value, String message) {
        properties.setProperty(property, value);
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }
}
