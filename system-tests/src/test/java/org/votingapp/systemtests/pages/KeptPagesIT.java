package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.WithoutWorker;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;
import org.votingapp.testsupport.VoterKey;
import redis.clients.jedis.Jedis;

/**
 * The vote server keeps rendered pages. A kept page must be the page that the server would render.
 *
 * <p>The test asks two servers for each state of the page, one in the order of the states, the other in the reverse order. A
 * page whose key misses an input differs between the two, or equals the page of another state, or of the time before the poll
 * opened or closed.
 *
 * <p>Meanwhile browsers have the page open, which shows by itself that the poll opens; with scripts also that it closes.
 */
@BesideOthers
class KeptPagesIT {

    private static final String POLL = "kept-pages";

    private static final Duration HOURS = Duration.ofSeconds(25);
    private static final Duration LEAST_TIME = Duration.ofSeconds(15);

    /** Of its own: Playwright belongs to one thread. */
    private final Playwright playwright = Chromium.driver();

    private final Browser browsers = Chromium.find(System.getenv("PATH")).launch(playwright);
    private final Page browser = browsers.newPage();
    private final VoterKey key = new VoterKey("a key that is made for tests of kept pages alone");
    private final VoterId voterOfA = new VoterId(1, 1);
    private final VoterId voterOfB = new VoterId(1, 2);
    private final VoterId voterOfARemovedOption = new VoterId(1, 3);
    private final VoterId voterWithoutAReceipt = new VoterId(1, 4);

    @AfterEach
    void endTheBrowser() {
        playwright.close();
    }

    @Test
    void eachPageIsTheOneThatWouldBeRendered() throws Exception {
        // On a slow machine the poll may open before the server is ready.
        for (Duration lead = Duration.ofSeconds(45); !showsEachPage(lead); lead = lead.multipliedBy(2)) {
            assertThat(lead).isLessThan(TestStacks.START_LIMIT);
        }
    }

    /** Compares the pages; false if the server was ready too late. */
    private boolean showsEachPage(Duration lead) throws Exception {
        Instant opens = Instant.now().plus(lead).truncatedTo(ChronoUnit.SECONDS);
        Instant closes = opens.plus(HOURS);
        StackDescription description = TestStacks.describe()
                .count(ServerKind.VOTE, 2)
                .count(ServerKind.WORKER, 0)
                .count(ServerKind.RESULT, 0)
                .set("VOTER_KEY", key.secret())
                .set("RESULT_URL", "http://{host}:8090/")
                .set("VOTE_TIMEOUT", "PT1S")
                .set("POLL_ID", POLL)
                .set("POLL_OPENS", opens.toString())
                .set("POLL_CLOSES", closes.toString());
        try (LocalStack stack = WithoutWorker.start(TestStacks.open(description));
                BrowserContext scriptless =
                        browsers.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            if (Instant.now().isAfter(opens.minus(LEAST_TIME))) {
                return false;
            }
            browser.navigate(stack.vote().uri("/").toString());
            awaitView("BEFORE", "Voting opens in ");
            Page plain = scriptless.newPage();
            plain.navigate(stack.vote().uri("/").toString());
            assertThat(plain.locator("[data-view=BEFORE]").count()).isOne();
            States forward = new States(stack, 0);
            States backward = new States(stack, 1);
            List<String> pages = new ArrayList<>();
            pages.addAll(sameOf(forward, backward));
            assertThat(Instant.now()).as("the poll is not open yet").isBefore(opens);

            awaitPast(opens);
            awaitView("BALLOT", "Open · closes in ");
            pages.addAll(sameOf(forward, backward));
            assertThat(Instant.now()).as("the poll is open").isBefore(closes);

            awaitPast(closes);
            awaitView("CLOSED", "Closed ");
            assertThat(plain.locator("[data-view=BALLOT]").count())
                    .as("without scripts, too, the poll has opened")
                    .isOne();
            pages.addAll(sameOf(forward, backward));
            assertThat(pages).as("pages of states that look different").doesNotHaveDuplicates();
            return true;
        }
    }

    /** The pages of all states, each one the same from both servers. */
    private static List<String> sameOf(States forward, States backward) throws IOException {
        List<String> names = new ArrayList<>(forward.requests.keySet());
        Map<String, String> pages = forward.ask(names);
        Collections.reverse(names);
        assertThat(backward.ask(names)).isEqualTo(pages);
        return List.copyOf(pages.values());
    }

    private void awaitView(String view, String time) {
        Locator ballot = browser.locator(".ballot[data-view=%s]".formatted(view));
        ballot.locator("time")
                .filter(new Locator.FilterOptions().setHasText(time))
                .waitFor();
    }

    private static void awaitPast(Instant moment) {
        await().atMost(TestStacks.START_LIMIT).until(() -> Instant.now().isAfter(moment));
    }

    /** The states of the page while the poll is open or not, each with the request that leads to it. */
    private final class States {

        private final LocalStack stack;
        private final RawHttp server;
        private final Map<String, Request> requests = new LinkedHashMap<>();

        /** @param number of the server, from 0 on */
        States(LocalStack stack, int number) throws IOException {
            this.stack = stack;
            this.server = RawHttp.to(stack.servers(ServerKind.VOTE).get(number).port());
            requests.put("no vote", () -> get("/", "localhost", ""));
            requests.put("another host", () -> get("/", "phone.lan", ""));
            requests.put("another language", () -> get("/", "localhost", "language=de"));
            requests.put("a browser's language", () -> get("/", Map.of("Accept-Language", "fr-CA, fr;q=0.9")));
            requests.put("another port", () -> get("/", "localhost:8099", ""));
            requests.put("no cookie after a vote", () -> get("/?voted", "localhost", ""));
            requests.put("no cookie after a vote, another host", () -> get("/?voted", "phone.lan", ""));
            Map<VoterId, String> choices = Map.of(voterOfA, "a", voterOfB, "b", voterOfARemovedOption, "z");
            for (VoterId voter : List.of(voterOfA, voterOfB, voterOfARemovedOption)) {
                String cookies = recorded(voter, choices.get(voter));
                requests.put("a vote for " + choices.get(voter), () -> get("/", "localhost", cookies));
            }
            String cookies = recorded(voterOfA, "a");
            requests.put("a vote for a, another host", () -> get("/", "phone.lan", cookies));
            requests.put("a further vote for b", () -> get("/?again=b", "localhost", cookies));
            requests.put("a vote for a, another language", () -> get("/", "localhost", cookies + "; language=de"));
            requests.put("a Redis that does not answer", this::whileRedisDoesNotAnswer);
        }

        private Map<String, String> ask(List<String> names) throws IOException {
            Map<String, String> pages = new HashMap<>();
            for (String name : names) {
                Answer answer = requests.get(name).send();
                assertThat(answer.code()).as(name).isEqualTo(200);
                assertThat(answer.header("Vary")).hasValue("Accept-Language, Cookie");
                pages.put(name, answer.body());
            }
            return pages;
        }

        /** The cookies of a voter with this choice on record. The receipt among them spares a look-up in Redis. */
        private String recorded(VoterId voter, String choice) throws IOException {
            try (Jedis redis = stack.redis().connect()) {
                redis.hset(RedisNames.voters(POLL), voter.toString(), choice);
            }
            Answer answer = get("/", "localhost", key.cookie(voter));
            String receipt = answer.all("Set-Cookie").findFirst().orElseThrow().split(";")[0];
            return key.cookie(voter) + "; " + receipt;
        }

        private Answer whileRedisDoesNotAnswer() throws IOException {
            stack.redis().freeze();
            try {
                return get("/", "localhost", key.cookie(voterWithoutAReceipt));
            } finally {
                stack.redis().thaw();
            }
        }

        private Answer get(String address, String host, String cookies) throws IOException {
            return get(address, cookies.isEmpty() ? Map.of("Host", host) : Map.of("Host", host, "Cookie", cookies));
        }

        private Answer get(String address, Map<String, String> headers) throws IOException {
            return server.get(address, headers);
        }
    }

    /** A request for a page. */
    private interface Request {

        Answer send() throws IOException;
    }
}
