package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.systemtests.shared.VoteClient.Answer;

/** A Redis that takes connections and answers nothing, as one whose machine or disk hangs. */
@ExtendWith(SharedStack.class)
class FrozenRedisIT {

    /** By default a voter waits 1.5 s ({@code VOTE_TIMEOUT}); one more is for a busy machine. */
    private static final Duration LONGEST = Duration.ofMillis(2_800);

    private static final int PAGES = 24;

    private static final Duration LATER = Duration.ofMillis(300);

    private final LocalStack stack;
    private final VoteClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    FrozenRedisIT(LocalStack stack) {
        this.stack = stack;
        this.client = new VoteClient(stack.vote());
    }

    private interface Vote {
        Answer cast() throws Exception;
    }

    @AfterEach
    void thaw() {
        threads.shutdownNow();
        stack.redis().thaw();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> client.castByApi("a").status() == 201);
    }

    @Test
    void aVoteByTheApiIsToldInTimeToComeBack() throws Exception {
        client.castByApi("a");
        stack.redis().freeze();
        Answer answer = inTime(() -> client.castByApi("a"));
        assertThat(answer.json().get("status").getAsInt()).isEqualTo(503);
    }

    @Test
    void aVoteByTheFormIsToldInTimeToComeBack() throws Exception {
        client.castByApi("a");
        stack.redis().freeze();
        Answer answer = inTime(() -> client.castByForm("a", Optional.empty()));
        assertThat(answer.body()).contains("role=\"alert\"");
    }

    @Test
    void whoWaitsForAServerIsToldItsCheckAndWhy() {
        stack.redis().freeze();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stack.vote().waitsFor())
                        .hasValue("its check redis-takes-ballots (no answer in time from "
                                + stack.redis().address() + ")"));
    }

    /** The receipt tells what is on record, and that no further vote can count. */
    @Test
    void whoHasAReceiptIsShownTheVoteOnRecord() throws Exception {
        Answer first = client.castByForm("a", Optional.empty());
        stack.redis().freeze();
        Answer second =
                inTime(() -> client.castByForm("b", first.cookie().map(voter -> voter + "; " + first.receipt())));
        assertThat(second.body())
                .contains("data-option=\"a\" data-chosen=\"true\"")
                .contains("was not registered: one is on record, and votes are final")
                .doesNotContain("data-retry=\"true\"");
    }

    /** A page of who has a cookie and no receipt looks the vote up; however many wait for that, they keep no vote waiting. */
    @Test
    void soIsAVoteWhileManyLookTheirsUp() throws Exception {
        client.castByApi("a");
        Optional<String> cookie = client.page(Optional.empty()).cookie();
        assertThat(cookie).isPresent();
        stack.redis().freeze();
        List<CompletableFuture<Answer>> pages = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> unchecked(() -> client.page(cookie)), threads))
                .limit(PAGES)
                .toList();
        for (int vote = 0; vote < 3; vote++) {
            inTime(() -> client.castByApi("a"));
        }
        for (CompletableFuture<Answer> page : pages) {
            assertThat(page.get(20, TimeUnit.SECONDS).body())
                    .contains("We cannot tell just now whether this browser has voted. If it has,");
        }
    }

    /** Votes that come one after the other share a connection; none waits for those before it, too. */
    @Test
    void soIsEachOfThoseThatComeAfterIt() throws Exception {
        client.castByApi("a");
        stack.redis().freeze();
        List<CompletableFuture<Answer>> votes = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> unchecked(() -> inTime(() -> client.castByApi("a"))),
                        CompletableFuture.delayedExecutor(number * LATER.toMillis(), TimeUnit.MILLISECONDS, threads)))
                .toList();
        for (CompletableFuture<Answer> vote : votes) {
            vote.get(20, TimeUnit.SECONDS);
        }
    }

    private static Answer unchecked(Vote vote) {
        try {
            return vote.cast();
        } catch (Exception failed) {
            throw new CompletionException(failed);
        }
    }

    private static Answer inTime(Vote vote) throws Exception {
        long start = System.nanoTime();
        Answer answer = vote.cast();
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(waited).isLessThan(LONGEST);
        return answer;
    }
}
