package org.votingapp.organiser.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeptAnswerTest {

    private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
    private long now = Long.MAX_VALUE - 1;
    private final KeptAnswer<String> kept = new KeptAnswer<>(
            () -> {
                asked.add(new CompletableFuture<>());
                return asked.getLast();
            },
            Duration.ofSeconds(2),
            () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void whoeverAsksMeanwhileOrShortlyAfterGetsTheSame() {
        CompletableFuture<String> first = kept.ask();
        pass(Duration.ofMinutes(1));
        CompletableFuture<String> second = kept.ask();
        asked.getLast().complete("one");
        pass(Duration.ofMillis(1999));
        assertThat(first.join()).isEqualTo("one");
        assertThat(second.join()).isEqualTo("one");
        assertThat(kept.ask().join()).isEqualTo("one");
        assertThat(asked).hasSize(1);
    }

    @Test
    void afterThatItIsAskedAnew() {
        kept.ask();
        asked.getLast().complete("one");
        pass(Duration.ofSeconds(2));
        assertThat(kept.isOld()).isTrue();
        CompletableFuture<String> next = kept.ask();
        assertThat(kept.isOld()).isFalse();
        asked.getLast().complete("two");
        assertThat(next.join()).isEqualTo("two");
    }

    @Test
    void aFailureIsKeptToo() {
        CompletableFuture<String> first = kept.ask();
        asked.getLast().completeExceptionally(new IllegalStateException("no"));
        assertThatThrownBy(first::join).hasMessageContaining("no");
        assertThatThrownBy(() -> kept.ask().join()).hasMessageContaining("no");
        assertThat(asked).hasSize(1);
    }

    @Test
    void oneWhoGivesUpTakesTheAnswerFromNobody() {
        kept.ask().completeExceptionally(new IllegalStateException("too late"));
        CompletableFuture<String> other = kept.ask();
        asked.getLast().complete("one");
        assertThat(other.join()).isEqualTo("one");
        assertThat(asked).hasSize(1);
    }
}
