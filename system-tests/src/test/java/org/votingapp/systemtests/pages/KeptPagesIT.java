package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Test;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;
import org.votingapp.testsupport.VoterKey;
import redis.clients.jedis.Jedis;

/**
 * The vote server keeps rendered pages. A kept page must be the page that the server would render.
 *
 * <p>The test asks for each state of the page twice. First the server has kept pages of the other states, and of the time before
 * the poll opened or closed. Then it has dropped all pages, and the states come in reverse order. A page whose key misses an
 * input differs between the two, or equals the page of another state.
 */
class KeptPagesIT {

    private static final String POLL = "kept-pages";

    /** More pages than the server keeps: each host has a link of its own to the results. */
    private static final int MANY_HOSTS = 100;

    private static final Duration HOURS = Duration.ofSeconds(25);
    private static final Duration LEAST_TIME = Duration.ofSeconds(15);

    private final VoterKey key = new VoterKey("a key that is made for tests of kept pages alone");
    private final VoterId voterOfA = new VoterId(1, 1);
    private final VoterId voterOfB = new VoterId(1, 2);
    private final VoterId voterOfARemovedOption = new VoterId(1, 3);
    private final VoterId voterWithoutAReceipt = new VoterId(1, 4);

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
                .count(ServerKind.WORKER, 0)
                .count(ServerKind.RESULT, 0)
                .set("VOTER_KEY", key.secret())
                .set("RESULT_URL", "http://{host}:8090/")
                .set("VOTE_TIMEOUT", "PT0.3S")
                .set("POLL_ID", POLL)
                .set("POLL_OPENS", opens.toString())
                .set("POLL_CLOSES", closes.toString());
        try (LocalStack stack = TestStacks.open(description).start(TestStacks.START_LIMIT)) {
            if (Instant.now().isAfter(opens.minus(LEAST_TIME))) {
                return false;
            }
            States states = new States(stack);
            List<String> pages = new ArrayList<>();
            pages.addAll(states.pages());
            assertThat(Instant.now()).as("the poll is not open yet").isBefore(opens);

            awaitPast(opens);
            pages.addAll(states.pages());
            assertThat(Instant.now()).as("the poll is open").isBefore(closes);

            awaitPast(closes);
            pages.addAll(states.pages());
            assertThat(pages).as("pages of states that look different").doesNotHaveDuplicates();
            return true;
        }
    }

    private static void awaitPast(Instant moment) {
        await().atMost(TestStacks.START_LIMIT).until(() -> Instant.now().isAfter(moment));
    }

    /** The states of the page while the poll is open or not, each with the request that leads to it. */
    private final class States {

        private final LocalStack stack;
        private final RawHttp server;
        private final Map<String, Request> requests = new LinkedHashMap<>();

        States(LocalStack stack) throws IOException {
            this.stack = stack;
            this.server = RawHttp.to(stack.vote().port());
            requests.put("no vote", () -> get("/", "localhost", ""));
            requests.put("another host", () -> get("/", "phone.lan", ""));
            requests.put("no cookie after a vote", () -> get("/?voted", "localhost", ""));
            requests.put("no cookie after a vote, another host", () -> get("/?voted", "phone.lan", ""));
            Map<VoterId, String> choices = Map.of(voterOfA, "a", voterOfB, "b", voterOfARemovedOption, "z");
            for (VoterId voter : List.of(voterOfA, voterOfB, voterOfARemovedOption)) {
                String cookies = recorded(voter, choices.get(voter));
                requests.put("a vote for " + choices.get(voter), () -> get("/", "localhost", cookies));
            }
            String cookies = recorded(voterOfA, "a");
            requests.put("a vote for a, another host", () -> get("/", "phone.lan", cookies));
            requests.put("a Redis that does not answer", this::whileRedisDoesNotAnswer);
        }

        /** The pages of all states; each one is the same with and without kept pages. */
        List<String> pages() throws IOException {
            List<String> names = new ArrayList<>(requests.keySet());
            Map<String, String> kept = ask(names);
            dropPages();
            Collections.reverse(names);
            Map<String, String> rendered = ask(names);
            assertThat(kept).isEqualTo(rendered);
            return List.copyOf(kept.values());
        }

        private Map<String, String> ask(List<String> names) throws IOException {
            Map<String, String> pages = new HashMap<>();
            for (String name : names) {
                Answer answer = requests.get(name).send();
                assertThat(answer.code()).as(name).isEqualTo(200);
                pages.put(name, answer.body());
            }
            return pages;
        }

        /** Asks for so many other pages that the server drops those it has. */
        private void dropPages() throws IOException {
            for (int host = 0; host < MANY_HOSTS; host++) {
                get("/", "host-" + host + ".lan", "");
            }
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
            return server.get(
                    address, cookies.isEmpty() ? Map.of("Host", host) : Map.of("Host", host, "Cookie", cookies));
        }
    }

    /** A request for a page. */
    private interface Request {

        Answer send() throws IOException;
    }
}
