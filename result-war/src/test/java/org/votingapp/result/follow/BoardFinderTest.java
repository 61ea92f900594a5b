package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.ResultViewer;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.result.tally.Tallies;

class BoardFinderTest {

    private volatile long nanos;
    private volatile Set<String> stored = Set.of("lunch");
    private volatile boolean storeIsThere = true;
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger atATime = new AtomicInteger();
    private final CountDownLatch storeAnswers = new CountDownLatch(1);
    private volatile boolean storeWaits;

    private final FollowerStatus status = new FollowerStatus();
    private final TallyBoards boards = new TallyBoards(
            "cats-vs-dogs", board -> {}, new FollowerTime(Clock.systemUTC(), () -> nanos, duration -> {}));
    private final BoardFinder finder = new BoardFinder(boards, this::read, new StoreLookups(status));
    private final ExecutorService clients = Executors.newCachedThreadPool();

    @BeforeEach
    void theFollowerHasReadOnce() {
        status.tablesRead();
    }

    @AfterEach
    void end() {
        storeAnswers.countDown();
        clients.shutdownNow();
    }

    @Test
    void aPollIsLookedUpOnceAndItsBoardShowsWhatWasRead() throws Exception {
        TallyBoard lunch = finder.find("lunch").orElseThrow();
        assertThat(lunch.newest(ResultViewer.ANYBODY).orElseThrow().total()).isEqualTo(3);
        assertThat(lunch.isFresh()).isTrue();
        assertThat(finder.find("lunch")).containsSame(lunch);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void theHouseRoomsPollIsNeverLookedUp() throws Exception {
        assertThat(finder.find("cats-vs-dogs")).containsSame(boards.house());
        assertThat(lookups).hasValue(0);
    }

    @Test
    void anUnknownPollCostsOneLookupAndNoBoard() throws Exception {
        for (int time = 0; time < 100; time++) {
            assertThat(finder.find("nothing")).isEmpty();
        }
        assertThat(lookups).hasValue(1);
        assertThat(boards.count()).isEqualTo(1);
    }

    @Test
    void anUnknownPollIsLookedUpAgainAfterSomeSeconds() throws Exception {
        assertThat(finder.find("dinner")).isEmpty();
        stored = Set.of("dinner");
        nanos += UnknownIds.KEPT.toNanos() - 1;
        assertThat(finder.find("dinner")).isEmpty();
        nanos++;
        assertThat(finder.find("dinner")).isPresent();
    }

    @Test
    void anUnknownPollIsLookedUpAgainOnceItIsNotified() throws Exception {
        assertThat(finder.find("dinner")).isEmpty();
        stored = Set.of("dinner");
        boards.changed(Changes.of(Set.of("dinner")));
        assertThat(finder.find("dinner")).isPresent();
    }

    @Test
    void theNumberOfUnknownPollsThatAreRememberedIsBounded() throws Exception {
        for (int poll = 0; poll <= UnknownIds.MOST; poll++) {
            boards.unknown().add("poll-" + poll);
        }
        assertThat(boards.unknown().contains("poll-0")).isFalse();
        assertThat(boards.unknown().contains("poll-1")).isTrue();
    }

    @Test
    void whileTheStoreDoesNotAnswerNobodyWaitsForIt() {
        status.failed("the store is away");
        assertThatThrownBy(() -> finder.find("lunch"))
                .isInstanceOf(NoBoardException.class)
                .hasMessage("No tally could be read yet.");
        assertThat(lookups).hasValue(0);
    }

    @Test
    void aLookupThatFailsSaysNothingAboutThePoll() throws Exception {
        storeIsThere = false;
        assertThatThrownBy(() -> finder.find("lunch")).isInstanceOf(NoBoardException.class);
        storeIsThere = true;
        assertThat(finder.find("lunch")).isPresent();
    }

    @Test
    void twoLookupsAtATimeAndFewThatWait() {
        storeWaits = true;
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int poll = 0; poll < 200; poll++) {
            String id = "poll-" + poll;
            answers.add(CompletableFuture.supplyAsync(() -> answer(id), clients));
        }
        // All but two that look up, and those that wait for their turn, are refused, and the latter after a second.
        await().until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 198);
        assertThat(atATime).hasValue(2);
        storeAnswers.countDown();
        answers.forEach(CompletableFuture::join);
        assertThat(lookups).hasValue(2);
    }

    private String answer(String id) {
        try {
            return finder.find(id).isPresent() ? "there" : "unknown";
        } catch (NoBoardException none) {
            return none.getMessage();
        }
    }

    private List<TallyReading> read(Collection<String> pollIds) throws TallyStoreException {
        lookups.incrementAndGet();
        atATime.incrementAndGet();
        if (storeWaits) {
            awaitAnswer();
        }
        if (!storeIsThere) {
            throw new TallyStoreException("the store is away");
        }
        return pollIds.stream()
                .filter(stored::contains)
                .map(id -> new TallyReading(
                        Tallies.pollOf(id, "Cats", "Dogs"),
                        List.of(2L, 1L),
                        false,
                        Optional.empty(),
                        ResultsPolicy.LIVE,
                        false))
                .toList();
    }

    private void awaitAnswer() {
        try {
            storeAnswers.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
