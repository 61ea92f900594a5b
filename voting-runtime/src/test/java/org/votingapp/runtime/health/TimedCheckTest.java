package org.votingapp.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.store.StoreAddress;

class TimedCheckTest {

    private static final StoreAddress REDIS =
            new StoreAddress("Redis", "redis", 6379, "vote", (failure, store) -> Optional.empty());

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        executor.shutdownNow();
    }

    @Test
    void manyProbesWithinASecondAskOnce() {
        AtomicInteger asked = new AtomicInteger();
        TimedCheck check = new TimedCheck(executor, Duration.ofSeconds(5), REDIS, () -> {
            asked.incrementAndGet();
            return Finding.up(Map.of("answer", 42L));
        });
        for (int i = 0; i < 50; i++) {
            assertThat(check.finding()).isEqualTo(Finding.up(Map.of("answer", 42L)));
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aCheckThatHangsIsDownWithinTheLimitAndCostsOneThread() {
        AtomicInteger running = new AtomicInteger();
        TimedCheck check = new TimedCheck(executor, Duration.ofMillis(20), REDIS, () -> {
            running.incrementAndGet();
            release.await();
            return Finding.up(Map.of());
        });
        for (int i = 0; i < 20; i++) {
            assertThat(check.finding().up()).isFalse();
        }
        assertThat(check.finding().facts()).containsEntry("reason", "no answer within 0.02 s from redis:6379");
        assertThat(running).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, NoClassDefFoundError.class})
    void anErrorIsDownUntilTheNextRunFindsOtherwise(Class<? extends Error> kind) {
        AtomicInteger asked = new AtomicInteger();
        TimedCheck check = new TimedCheck(executor, Duration.ofMillis(200), REDIS, () -> {
            if (asked.getAndIncrement() == 0) {
                throw kind.getDeclaredConstructor().newInstance();
            }
            return Finding.up(Map.of());
        });
        assertThat(check.finding()).isEqualTo(Finding.down("an error that the log tells, at redis:6379"));
        await().atMost(Duration.ofSeconds(5)).until(() -> check.finding().up());
    }

    @Test
    void aFailureIsDownForAReasonThatMayBePublic() {
        TimedCheck check = new TimedCheck(executor, Duration.ofSeconds(5), REDIS, () -> {
            throw new IllegalStateException("password hunter2 refused", new ConnectException("db.example.org"));
        });
        assertThat(check.finding()).isEqualTo(Finding.down("connection refused at redis:6379"));
    }
}
