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

/** Redis accepts connections and answers nothing, as if its machine or disk hung. */
@ExtendWith(SharedStack.class)
class FrozenRedisIT {

    /** {@code VOTE_TIMEOUT} is 1.5 s by default, plus one second for a busy machine. */
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
    void aVoteByTheApiIsAnsweredInTimeToTryAgain() throws Exception {
        client.castByApi("a");
        stack.redis().freeze();
        Answer answer = inTime(() -> client.castByApi("a"));
        assertThat(answer.json().get("status").getAsInt()).isEqualTo(503);
    }

    @Test
    void aVoteByTheFormIsAnsweredInTimeToTryAgain() throws Exception {
        client.castByApi("a");
        stack.redis().freeze();
        Answer answer = inTime(() -> client.castByForm("a", Optional.empty()));
        assertThat(answer.body()).contains("role=\"alert\"", "Send again", "checked=\"checked\"");
    }

    @Test
    void aServerThatDoesNotGetReadyNamesTheCheckAndTheReason() {
        stack.redis().freeze();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stack.vote().waitsFor())
                        .hasValue("its check redis-takes-ballots (no answer in time from "
                                + stack.redis().address() + ")"));
    }

    /** The receipt alone proves the choice on record. */
    @Test
    void aVoterWithAReceiptSeesTheVoteOnRecord() throws Exception {
        Answer first = client.castByForm("a", Optional.empty());
        stack.redis().freeze();
        Answer second =
                inTime(() -> client.castByForm("b", first.cookie().map(voter -> voter + "; " + first.receipt())));
        assertThat(second.body())
                .contains("data-choice=\"a\"", "Dogs</strong> was not counted.")
                .doesNotContain("type=\"radio\"");
    }

    /** The page of a voter without a receipt looks the vote up. However many do, they delay no vote. */
    @Test
    void aVoteIsAnsweredInTimeWhileManyPagesLookVotesUp() throws Exception {
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
            assertThat(page.get(20, TimeUnit.SECONDS).body()).contains("If you have, your vote is safe.");
        }
    }

    /** Consecutive votes share a connection. None waits for the time limits of those before it. */
    @Test
    void consecutiveVotesAreEachAnsweredInTime() throws Exception {
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
