package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final List<String> lines = new ArrayList<>();
    private final Logger logger = Logger.getAnonymousLogger();

    RefusalLogTest() {
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
    }

    @Test
    void aRepeatedRefusalIsLoggedOnce() {
        RefusalLog log = new RefusalLog(logger);
        for (int refusal = 0; refusal < 1_000; refusal++) {
            log.warn("%s is not %s", "a" + refusal, "b");
        }
        assertThat(lines).containsExactly("a0 is not b");
    }

    @Test
    void aClientsTextIsShortenedAndStaysOnOneLine() {
        new RefusalLog(logger).warn("Origin %s, Host %s", "x".repeat(5_000) + "%s", "a\u2028b\u001b[2J%n");
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .hasSizeLessThan(500)
                        .doesNotContain("\u2028", "\u001b", "\n")
                        .endsWith("%n"));
    }
}
