package org.votingapp.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final Logger logger = Logger.getAnonymousLogger();
    private final List<String> lines = new ArrayList<>();
    private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();
    private final FailureLog log =
            new FailureLog(logger, "Postgres failed", "ballots wait in Redis", "Postgres works again", () -> now);

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aFailureIsOneLineHoweverOftenItIsTried() {
        for (int attempt = 0; attempt < 100; attempt++) {
            log.failed("connection refused");
            pass(Duration.ofMinutes(2));
        }
        assertThat(lines).containsExactly("WARNING Postgres failed: connection refused; ballots wait in Redis");
    }

    @Test
    void theRecoveryIsOneLineWithTheTimeSinceTheFirstFailure() {
        log.failed("connection refused");
        pass(Duration.ofSeconds(40));
        log.failed("connection refused");
        pass(Duration.ofSeconds(2));
        log.works();
        log.works();
        assertThat(lines).hasSize(2).last().isEqualTo("INFO Postgres works again after 42 s");
    }

    @Test
    void whatNeverFailedDoesNotRecover() {
        log.works();
        assertThat(lines).isEmpty();
    }

    @Test
    void anotherReasonIsLoggedAtMostOnceAMinute() {
        log.failed("connection refused");
        pass(Duration.ofSeconds(59));
        log.failed("it is starting");
        assertThat(lines).hasSize(1);
        pass(Duration.ofSeconds(1));
        log.failed("it is starting");
        assertThat(lines).hasSize(2).last().asString().contains("it is starting");
    }

    @Test
    void aFailureAfterARecoveryIsLoggedAgain() {
        log.failed("connection refused");
        log.works();
        log.failed("connection refused");
        assertThat(lines).hasSize(3);
    }

    @Test
    void aReasonOfSeveralLinesIsOneLine() {
        log.failed("ERROR: no such table\n  Position: 15");
        assertThat(lines).containsExactly("WARNING Postgres failed: ERROR: no such table; ballots wait in Redis");
    }
}
