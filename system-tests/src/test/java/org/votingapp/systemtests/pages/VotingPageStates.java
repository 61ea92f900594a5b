package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.OtherPoll;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.VoteClient;
import redis.clients.jedis.Jedis;

/** The states of the voting page, all from real servers. */
final class VotingPageStates {

    /** Makes a request one of an address that no other request has. */
    private static final Map<String, String> ELSEWHERE = Map.of("Forwarded", "for=192.0.2.1");

    /** More than the poll's limit. */
    private static final int MOST_VOTES = 200;

    private final LocalStack cats;

    VotingPageStates(LocalStack stack) {
        this.cats = stack;
    }

    Stream<PageState> all() {
        Supplier<LocalStack> shared = () -> cats;
        Supplier<LocalStack> ten = OtherPoll.TEN_OPTIONS::stack;
        Supplier<LocalStack> closed = OtherPoll.CLOSED::stack;
        Supplier<LocalStack> later = OtherPoll.NOT_YET_OPEN::stack;
        return Stream.of(
                state("open", shared, page -> {}),
                state("chosen", shared, page -> ballot(page).option("a").check()),
                state("receipt", shared, page -> ballot(page).vote("a")),
                state("final", shared, VotingPageStates::aSecondVote),
                state("no-cookie", shared, page -> {
                    page.context().clearCookies();
                    page.navigate(page.url() + "?voted");
                }),
                state("unknown-choice", shared, page -> sendAnyway(page, "z")),
                state("ten", ten, page -> {}),
                state("ten-chosen", ten, page -> ballot(page).option("c").check()),
                state("ten-receipt", ten, page -> ballot(page).vote("e")),
                state("change", ten, VotingPageStates::change),
                state("retry", ten, page -> withoutRedis(() -> send(page, "b"))),
                state("record-unknown", ten, page -> withoutRedis(page::reload)),
                state("too-many", ten, VotingPageStates::tooMany),
                state("not-yet-open", later, page -> {}),
                state("early", later, page -> sendAnyway(page, "a")),
                state("closed", closed, page -> {}),
                state("closed-receipt", closed, VotingPageStates::voteBeforeItClosed),
                state("late", closed, page -> sendAnyway(page, "b")),
                state("late-again", closed, page -> {
                    voteBeforeItClosed(page);
                    sendAnyway(page, "b");
                }));
    }

    /** A state that the open page of this stack's poll comes to by these steps. */
    private static PageState state(String name, Supplier<LocalStack> stack, Consumer<Page> steps) {
        return new PageState("vote-" + name, window -> {
            Page page = window.page();
            page.navigate(stack.get().vote().uri("/").toString());
            steps.accept(page);
            return page;
        });
    }

    private static BallotPage ballot(Page page) {
        return new BallotPage(page);
    }

    private static void send(Page page, String choice) {
        ballot(page).option(choice).check();
        FormPost.awaitAnswer(page, () -> ballot(page).button().click());
    }

    /** As from a page that was open when the poll still offered this. */
    private static void sendAnyway(Page page, String choice) {
        FormPost.submit(page, page.url(), FormPost.FORM, "vote", choice);
    }

    private static void aSecondVote(Page page) {
        Page other = page.context().newPage();
        other.navigate(page.url());
        ballot(other).vote("a");
        other.close();
        send(page, "b");
    }

    private static void change(Page page) {
        ballot(page).vote("c");
        page.locator(".change summary").click();
    }

    private static void withoutRedis(Runnable act) {
        LocalStack stack = OtherPoll.TEN_OPTIONS.stack();
        stack.redis().freeze();
        try {
            act.run();
        } finally {
            stack.redis().thaw();
            VoteClient client = new VoteClient(stack.vote());
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> client.castByApi("a").status() == 201);
        }
    }

    private static void tooMany(Page page) {
        Map<String, String> headers = new HashMap<>(ELSEWHERE);
        headers.put("Content-Type", FormPost.FORM);
        RawHttp server = RawHttp.to(OtherPoll.TEN_OPTIONS.stack().vote().port());
        try {
            int votes = 0;
            while (server.post("/", headers, "vote=a").code() != 429) {
                assertThat(votes++).isLessThan(MOST_VOTES);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        page.context().setExtraHTTPHeaders(ELSEWHERE);
        send(page, "b");
    }

    private static void voteBeforeItClosed(Page page) {
        String cookie = page.context().cookies().stream()
                .filter(one -> one.name.startsWith("voter-"))
                .findFirst()
                .orElseThrow()
                .value;
        try (Jedis redis = OtherPoll.CLOSED.stack().redis().connect()) {
            redis.hset(RedisNames.voters(OtherPoll.ID), cookie.substring(0, VoterId.LENGTH), "a");
        }
        page.reload();
    }
}
