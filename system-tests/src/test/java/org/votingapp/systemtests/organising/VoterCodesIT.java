package org.votingapp.systemtests.organising;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.votingapp.systemtests.organising.OrganisedStack.SOON;
import static org.votingapp.systemtests.organising.OrganisedStack.awaitEffect;
import static org.votingapp.systemtests.organising.OrganisedStack.primary;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasValueOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.VoterCode;
import org.votingapp.runtime.redis.CodeHash;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.systemtests.shared.AxeFindings;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.SharedStack;
import redis.clients.jedis.Jedis;

/** A closed vote: the organiser hands out one-time codes, and nobody votes without one. */
@BesideOthers
@ExtendWith(SharedStack.class)
@Timeout(180)
class VoterCodesIT {

    private final OrganisedStack stack = OrganisedStack.runs();
    private final Browser browser;

    VoterCodesIT(Browser browser) {
        this.browser = browser;
    }

    @Test
    void whoHasACodeVotesOnceAndNobodyElseVotes() throws Exception {
        Browser.NewContextOptions withAxe = new Browser.NewContextOptions().setBypassCSP(true);
        try (BrowserContext desk = browser.newContext(withAxe);
                BrowserContext phone = browser.newContext(withAxe.setViewportSize(320, 640));
                BrowserContext tablet = browser.newContext()) {
            Page organiser = stack.logIn(desk);
            String room = ask(organiser);
            String poll = organiser.url().replaceFirst(".*id=", "");
            awaitEffect(organiser);
            primary(organiser).click();
            assertThat(organiser)
                    .hasURL(stack.parts().organiser().uri("/codes?id=" + poll).toString());

            List<String> codes = make(organiser, poll, 3);
            stack.open(organiser, "/poll?id=" + poll);
            awaitEffect(organiser);

            // The link waits for the poll to open, and no look at it uses the code.
            BallotPage first = new BallotPage(phone.newPage());
            first.page().navigate(stack.parts().vote().uri("/" + room).toString() + "#" + codes.get(0));
            assertThat(first.ballot()).hasAttribute("data-view", "BEFORE");
            primary(organiser).click();
            awaitEffect(organiser);
            assertThat(first.ballot()).hasAttribute("data-view", "BALLOT", new HasAttributeOptions().setTimeout(SOON));
            assertThat(first.page().locator("#code")).hasValue(codes.get(0), new HasValueOptions().setTimeout(SOON));
            assertThat(first.page().url()).doesNotContain(codes.get(0));
            assertThat(first.page().evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(320);
            assertAccessible(first.page());
            first.vote("b");
            assertThat(first.onRecord()).isEqualTo("b");

            BallotPage again = new BallotPage(tablet.newPage());
            again.page().navigate(stack.parts().vote().uri("/" + room).toString());
            again.page().fill("#code", codes.get(0).toLowerCase(Locale.ROOT).replace('-', ' '));
            again.vote("a");
            assertThat(again.onRecord()).as("the same voter").isEqualTo("b");
            assertThat(again.ballot()).hasAttribute("data-refusal", "ALREADY_VOTED");

            // The next person at the tablet.
            again.page().click(".change summary");
            again.page().fill("#code", codes.get(1));
            again.vote("a");
            assertThat(again.ballot()).hasAttribute("data-choice", "a");
            stack.open(organiser, "/codes?id=" + poll);
            awaitTurnout(organiser, "2 of 3 codes used");

            assertNoStoreJoins(poll, codes);

            organiser.click("text=Revoke unused codes");
            assertThat(organiser.locator(".acts .place")).hasText("Voting codes revoked");
            stack.open(organiser, "/poll?id=" + poll);
            awaitEffect(organiser);
            assertThat(cast(poll, "b", codes.get(2)).statusCode()).as("revoked").isEqualTo(403);
            assertThat(cast(poll, "a", codes.get(0)).body())
                    .as("its vote stands")
                    .contains("\"choice\":\"b\"");
            assertWrongCodes(room, poll);
            stack.open(organiser, "/codes?id=" + poll);
            assertThat(organiser.locator("#turnout")).hasText("2 of 3 codes used");
        }
    }

    /** Writes a poll with codes in a room of its own, and returns the room's code. */
    private String ask(Page page) {
        String code = stack.makeRoom(page, "Annual meeting");
        page.click("text=New poll");
        page.fill("#question", "Who joins the board?");
        page.fill("#option0", "Ann");
        page.press("#option0", "Enter");
        page.fill("#option1", "Bob");
        page.check("input[name=codes]");
        page.click("button:text-is('Save')");
        page.waitForURL("**/poll?id=*");
        return code;
    }

    private List<String> make(Page page, String poll, int number) {
        stack.open(page, "/codes?id=" + poll);
        page.fill("#codes", String.valueOf(number));
        page.click("text=Make codes");
        Locator codes = page.locator(".vouchers code");
        assertThat(codes).hasCount(number);
        assertThat(page.locator(".vouchers svg")).hasCount(number);
        // By itself: a reload would lose the codes.
        awaitEffect(page);
        assertThat(codes).hasCount(number);
        List<String> made = codes.allTextContents();
        assertAccessible(page);
        stack.open(page, "/codes?id=" + poll);
        assertThat(codes).hasCount(0);
        return made;
    }

    private static void assertAccessible(Page page) {
        AxeFindings.prepare(page);
        assertThat(AxeFindings.on(page, AxeFindings.EACH_RULE)).isEmpty();
    }

    private static void awaitTurnout(Page page, String turnout) {
        await().until(() -> {
            page.reload();
            return page.locator("#turnout").textContent().equals(turnout);
        });
        assertThat(page.locator("#turnout")).hasText(turnout, new HasTextOptions().setTimeout(SOON));
    }

    /** Neither the code nor the hash of a code leads to a ballot, in Postgres or in Redis. */
    private void assertNoStoreJoins(String poll, List<String> codes) throws SQLException {
        List<String> ballots = new ArrayList<>();
        try (Connection connection = stack.parts().postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT voter_id FROM ballot WHERE poll_id = '%s'".formatted(poll))) {
            while (rows.next()) {
                ballots.add(rows.getString(1));
            }
        }
        assertThat(ballots).hasSize(2);
        try (Jedis redis = stack.parts().redis().connect()) {
            for (String written : codes) {
                VoterCode code = VoterCode.parse(written).orElseThrow();
                String hash = CodeHash.code(code.hash(poll));
                UUID own = code.voter(poll).toUuid();
                assertThat(redis.hget(RedisNames.codes(poll), hash)).isNotNull();
                // A voter's 128 bits end within the last of their characters, where the hash goes on.
                assertThat(redis.hgetAll(RedisNames.voters(poll)).keySet())
                        .noneMatch(voter -> hash.startsWith(voter.substring(0, voter.length() - 1)))
                        .doesNotContain(code.voter(poll).toString());
                assertThat(ballots).doesNotContain(own.toString());
            }
        }
    }

    private void assertWrongCodes(String room, String poll) throws IOException, InterruptedException {
        assertThat(send("/api/polls/" + poll + "/votes", "application/json", "{\"vote\":\"a\"}")
                        .statusCode())
                .as("without a code")
                .isEqualTo(403);
        HttpResponse<String> page =
                send("/" + room, "application/x-www-form-urlencoded", "vote=a&code=KXT4M7-KXT4M7-KXT4M7");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("data-refusal=\"WRONG_CODE\"", "value=\"KXT4M7-KXT4M7-KXT4M7\"");
        Random random = new Random(28);
        int refused = 0;
        HttpResponse<String> answer;
        do {
            answer = cast(poll, "a", VoterCode.random(random).written());
            refused++;
        } while (answer.statusCode() == 403 && refused < 100);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused).isBetween(50, 61);
    }

    private HttpResponse<String> cast(String poll, String choice, String code)
            throws IOException, InterruptedException {
        return send(
                "/api/polls/" + poll + "/votes",
                "application/json",
                "{\"vote\":\"%s\",\"code\":\"%s\"}".formatted(choice, code));
    }

    private HttpResponse<String> send(String path, String type, String body) throws IOException, InterruptedException {
        URI address = stack.parts().vote().uri(path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
