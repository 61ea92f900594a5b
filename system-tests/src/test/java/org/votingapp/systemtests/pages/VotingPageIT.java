package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.OtherPoll;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.systemtests.shared.VoteClient.Answer;
import redis.clients.jedis.Jedis;

/** The voting page of changeable and closed polls, from a vote server and Redis alone. */
@ExtendWith(SharedStack.class)
class VotingPageIT {

    /** Makes a request one of an address that no other request has. */
    private static final Map<String, String> ELSEWHERE = Map.of("Forwarded", "for=192.0.2.7");

    private final Browser browser;

    VotingPageIT(Browser browser) {
        this.browser = browser;
    }

    /** The answer with the newer receipt may have been lost. */
    @Test
    void theChoiceOnRecordIsShownRatherThanAnOlderReceipt() throws Exception {
        LocalStack stack = OtherPoll.CHANGEABLE.stack();
        VoteClient client = new VoteClient(stack.vote());
        Answer first = client.castByApi("a");
        Optional<String> voter = first.cookie();
        assertThat(client.castByApi("b", voter).json().get("status").getAsString())
                .isEqualTo("changed");

        Answer page = client.page(Optional.of(voter.orElseThrow() + "; " + first.receipt()));

        assertThat(page.body()).contains("data-choice=\"b\"");
        aFullRedisIsToldOnceInTheLog(stack, client, voter);
    }

    /** A full Redis still answers reads, which does not mean that it takes ballots. */
    private static void aFullRedisIsToldOnceInTheLog(LocalStack stack, VoteClient client, Optional<String> voter)
            throws IOException, InterruptedException {
        try (Jedis redis = stack.redis().connect()) {
            redis.configSet("maxmemory", "1");
            for (int vote = 0; vote < 5; vote++) {
                assertThat(client.castByApi("a").status()).isEqualTo(503);
                assertThat(client.page(voter).body()).contains("data-choice=\"b\"");
            }
            redis.configSet("maxmemory", "0");
        }
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> client.castByApi("a").status() == 201);
        assertThat(Files.readString(stack.vote().log()))
                .containsOnlyOnce("takes no ballots")
                .containsOnlyOnce("takes ballots again");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChoiceIsChangedWithAndWithoutScripts(boolean scripts) {
        LocalStack stack = OtherPoll.CHANGEABLE.stack();
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(scripts))) {
            Page page = context.newPage();
            page.navigate(stack.vote().uri("/").toString());
            BallotPage ballot = new BallotPage(page);
            ballot.vote("a");
            assertThat(ballot.button().isVisible()).isFalse();

            ballot.awaitRested(page.locator(".change summary"));
            page.locator(".change summary").click();

            assertThat(ballot.option("a").isChecked())
                    .as("the choice is marked")
                    .isTrue();
            assertThat(page.locator(".change[open] form").evaluate("form => getComputedStyle(form).animationName"))
                    .as("what keeps a second tap from choosing")
                    .isEqualTo("rest");
            ballot.awaitRested(page.locator(".change form"));
            ballot.option("b").check();
            ballot.button().click();
            page.locator(".ballot[data-choice=b]").waitFor();
            assertThat(ballot.receipt().textContent()).isEqualTo("You voted for Dogs");
        }
    }

    @Test
    void aBusyNetworkCountsDownUntilItIsNotAndNothingMoves() throws Exception {
        LocalStack stack = OtherPoll.CHANGEABLE.stack();
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(320, 640).setExtraHTTPHeaders(ELSEWHERE))) {
            Page page = context.newPage();
            page.clock().install();
            page.navigate(stack.vote().uri("/").toString());
            BallotPage ballot = new BallotPage(page);
            ballot.option("b").check();
            useUpTheLimit(stack);

            ballot.button().click();

            Locator busy = page.locator(".busy");
            busy.waitFor();
            int seconds = secondsIn(busy);
            double before = ballot.option("a").boundingBox().y;
            assertThat(busy.getAttribute("aria-live")).isEqualTo("off");
            page.clock().runFor(2_000);
            page.waitForCondition(() -> secondsIn(busy) < seconds);
            page.clock().runFor(60_000);
            page.waitForCondition(() -> busy.textContent().equals("You can try again now."));
            assertThat(busy.getAttribute("aria-live")).isEqualTo("assertive");
            assertThat(ballot.option("a").boundingBox().y).isEqualTo(before);
            assertThat(ballot.option("b").isChecked()).isTrue();
            assertThat(ballot.button().isEnabled()).isTrue();
        }
    }

    /** Until no vote from elsewhere is taken for the next ten seconds at least. */
    private static void useUpTheLimit(LocalStack stack) {
        Map<String, String> headers = new HashMap<>(ELSEWHERE);
        headers.put("Content-Type", FormPost.FORM);
        RawHttp server = RawHttp.to(stack.vote().port());
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    RawHttp.Answer answer = server.post("/", headers, "vote=a");
                    return answer.code() == 429
                            && Integer.parseInt(answer.header("Retry-After").orElseThrow()) > 10;
                });
    }

    private static int secondsIn(Locator busy) {
        return Integer.parseInt(busy.textContent().replaceAll("\\D", ""));
    }

    @Test
    void afterThePollClosesThePageTellsWhichVoteCounts() throws Exception {
        LocalStack stack = OtherPoll.CLOSED.stack();
        VoteClient client = new VoteClient(stack.vote());
        Answer first = client.page(Optional.empty());
        Optional<String> voter = first.cookie();
        try (Jedis redis = stack.redis().connect()) {
            redis.hset(
                    RedisNames.voters(OtherPoll.ID), first.voter().orElseThrow().toString(), "a");
        }

        Answer page = client.page(voter);

        assertThat(page.body()).contains("You voted for").doesNotContain("type=\"radio\"");
        assertThat(page.receipt())
                .as("a receipt, which spares the next look-up")
                .isNotEmpty();

        Answer late = client.castByForm("b", voter);

        assertThat(late.status()).isEqualTo(403);
        assertThat(late.body())
                .contains("Voting had closed, so <strong dir=\"auto\" lang=\"en\">Dogs</strong> was not counted.")
                .contains("Your vote for <strong dir=\"auto\" lang=\"en\">Cats</strong> still counts.");
        assertThat(client.castByForm("b", Optional.empty()).body())
                .contains("Dogs</strong> was not counted", "Voting has closed")
                .doesNotContain("still counts");
    }
}
