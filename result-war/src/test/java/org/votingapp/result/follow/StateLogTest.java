package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateLogTest {

    private final Logger logger = Logger.getAnonymousLogger();
    private final List<String> lines = new ArrayList<>();
    private long nanos = Long.MAX_VALUE;
    private final StateLog state = new StateLog(logger, "Reading", () -> nanos);

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    @Test
    void anOutageForOneReasonIsTwoLines() {
        state.failed("refused");
        nanos += Duration.ofMinutes(10).toNanos();
        state.failed("refused");
        state.well();
        state.well();
        assertThat(lines).containsExactly("Reading fails, and is tried again until it works: refused", "Reading works");
    }

    @Test
    void anotherReasonIsToldOnceAMinuteAtMost() {
        state.failed("refused");
        state.failed("no such user");
        nanos += Duration.ofSeconds(59).toNanos();
        state.failed("no such poll");
        nanos += Duration.ofSeconds(1).toNanos();
        state.failed("no such poll");
        state.failed("refused");
        assertThat(lines)
                .containsExactly(
                        "Reading fails, and is tried again until it works: refused",
                        "Reading fails, and is tried again until it works: no such poll");
    }

    @Test
    void aReasonIsOneLine() {
        state.failed("{1} of\nseveral");
        assertThat(lines).containsExactly("Reading fails, and is tried again until it works: {1} of");
    }
}
