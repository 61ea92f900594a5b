package org.votingapp.systemtests.voting;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.WithoutWorker;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.systemtests.shared.VoteClient.Answer;
import redis.clients.jedis.Jedis;

/** One vote per poll, even for a browser with two voter cookies or two installations on the same host. */
@ExtendWith(SharedStack.class)
class OneBrowserOneVoteIT {

    private static LocalStack here;

    private final LocalStack neighbour;
    private final BrowserContext browser;

    OneBrowserOneVoteIT(LocalStack shared, Browser browser) {
        this.neighbour = shared;
        this.browser = browser.newContext();
    }

    @BeforeAll
    static void start() {
        here = WithoutWorker.start(TestStacks.open(TestStacks.describe()
                .count(ServerKind.WORKER, 0)
                .count(ServerKind.RESULT, 0)
                .set("POLL_ID", "here")));
    }

    @AfterAll
    static void end() {
        here.close();
    }

    @BeforeEach
    void forgetVotes() {
        try (Jedis redis = here.redis().connect()) {
            redis.del(RedisNames.voters("here"));
        }
    }

    @AfterEach
    void close() {
        browser.close();
    }

    /** Browsers share cookies between the ports of a host. */
    @Test
    void twoInstallationsOnOneHostLeaveEachOthersVotersAlone() {
        vote(here, "a");
        vote(neighbour, "b");

        assertThat(open(here.vote().uri("/")).onRecord()).isEqualTo("a");
        post(here, "b");

        assertThat(recorded()).hasSize(1).containsValue("a");
        assertThat(open(neighbour.vote().uri("/")).onRecord()).isEqualTo("b");
    }

    /** Two tabs open at once: the later answer sets a second voter cookie. */
    @Test
    void aSecondIdentityDoesNotVote() throws IOException {
        HttpServer late = withoutCookies(here.vote());
        try {
            open(here.vote().uri("/"));
            vote(here, "a");
            open(URI.create("http://localhost:" + late.getAddress().getPort() + "/"));
            assertThat(voterCookies()).hasSize(2);

            assertThat(open(here.vote().uri("/")).onRecord()).isEqualTo("a");
            assertThat(voterCookies())
                    .as("the one that did not vote is taken away")
                    .hasSize(1);
            post(here, "b");
        } finally {
            late.stop(0);
        }
        assertThat(recorded()).hasSize(1).containsValue("a");
    }

    /** The first voter's vote had no answer. The browser sends its cookies in the order it got them. */
    @Test
    void aSecondIdentityDoesNotVoteEvenWithoutAReceipt() throws IOException {
        HttpServer late = withoutCookies(here.vote());
        try {
            open(here.vote().uri("/"));
            String first = voterCookies().get(0);
            open(URI.create("http://localhost:" + late.getAddress().getPort() + "/"));
            assertThat(voterCookies()).hasSize(2);

            vote(here, "a");

            assertThat(first).contains(recorded().keySet().iterator().next());
        } finally {
            late.stop(0);
        }
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void aDoubleClickIsOneVote() {
        BallotPage ballot = open(here.vote().uri("/"));
        ballot.option("a").check();
        ballot.button().dblclick();
        ballot.receipt().waitFor();
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void byTheApiAReceiptDecidesWhoTheVoterIs() throws Exception {
        VoteClient client = new VoteClient(here.vote());
        Answer first = client.castByApi("a");
        Optional<String> another = client.page(Optional.empty()).cookie();

        Answer second = client.castByApi("b", another.map(cookie -> cookie + "; " + first.receipt()));
        Answer form = client.castByForm("b", another.map(cookie -> cookie + "; " + first.receipt()));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().get("choice").getAsString()).isEqualTo("a");
        assertThat(form.status()).isEqualTo(303);
        assertThat(form.receipt()).isEqualTo(first.receipt());
        assertThat(recorded()).hasSize(1);
    }

    private void vote(LocalStack stack, String choice) {
        BallotPage ballot = open(stack.vote().uri("/"));
        ballot.vote(choice);
        ballot.page().close();
    }

    /** A further vote, as from a page that was open before the first one. */
    private void post(LocalStack stack, String choice) {
        String page = stack.vote().uri("/").toString();
        RequestOptions form = RequestOptions.create().setForm(FormData.create().set("vote", choice));
        assertThat(browser.request().post(page, form).text()).contains("You voted for");
    }

    private BallotPage open(URI address) {
        Page page = browser.newPage();
        page.navigate(address.toString());
        return new BallotPage(page);
    }

    private List<String> voterCookies() {
        return browser.cookies().stream()
                .filter(cookie -> cookie.name.startsWith("voter-"))
                .map(cookie -> cookie.value)
                .toList();
    }

    private static Map<String, String> recorded() {
        try (Jedis redis = here.redis().connect()) {
            return redis.hgetAll(RedisNames.voters("here"));
        }
    }

    /** The page for a request sent before the browser had cookies. */
    private static HttpServer withoutCookies(LibertyPart server) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress("localhost", Ports.free()), 0);
        proxy.createContext("/", exchange -> pass(server, exchange));
        proxy.start();
        return proxy;
    }

    private static void pass(LibertyPart server, HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            server.uri(exchange.getRequestURI().getPath()))
                                    .build(),
                            BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().put("Set-Cookie", answer.headers().allValues("Set-Cookie"));
            exchange.getResponseHeaders().put("Content-Type", answer.headers().allValues("Content-Type"));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
