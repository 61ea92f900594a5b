package org.votingapp.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackgroundValueTest {

    private final Logger logger = Logger.getLogger(BackgroundValue.class.getName());

    @BeforeEach
    void keepQuiet() {
        logger.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        logger.setLevel(null);
    }

    @Test
    void aFailedReadIsFollowedByTheNextOne() {
        Deque<Callable<Long>> answers = new ArrayDeque<>(List.of(
                () -> {
                    throw new IOException("away");
                },
                () -> {
                    throw new OutOfMemoryError("thrown by a test");
                },
                () -> 7L));
        BackgroundValue<Long> value = new BackgroundValue<>(() ->
                answers.size() == 1 ? answers.peek().call() : answers.pop().call());
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            // As BallotTotals does; a scheduler drops a task that throws.
            scheduler.scheduleWithFixedDelay(value, 0, 1, TimeUnit.MILLISECONDS);
            Awaitility.await().until(() -> value.fresh().isPresent());
            assertThat(value.fresh()).contains(7L);
        } finally {
            scheduler.shutdownNow();
        }
    }
}
