package org.votingapp.systemtests.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;
import org.votingapp.systemtests.shared.SharedStack;
import redis.clients.jedis.Jedis;

/** The vote server answers as {@code /openapi} describes. */
@ExtendWith(SharedStack.class)
class VoteApiDescriptionIT {

    private static final String GET_POLL = "GET /api/poll";
    private static final String VOTE = "POST /api/votes";
    private static final String PATH = "/api/votes";
    private static final String FOR_CATS = "{\"vote\":\"a\"}";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final int VOTES_PER_MINUTE = 5;

    private final RawHttp server;

    VoteApiDescriptionIT(LocalStack stack) {
        this.server = RawHttp.to(stack.vote().port());
    }

    @Test
    void eachAnswerIsDescribedAndEachDescribedAnswerIsGiven() throws Exception {
        ApiDescription description = ApiDescription.of(server);

        description.check(GET_POLL, 200, server.get("/api/poll"));
        Answer recorded = server.post(PATH, JSON, FOR_CATS);
        description.check(VOTE, 201, recorded);
        description.check(VOTE, 409, server.post(PATH, withCookies(recorded), FOR_CATS));
        description.check(VOTE, 400, server.post(PATH, JSON, "{}"));
        description.check(VOTE, 400, server.post(PATH, JSON, "{\"vote\":\"z\"}"));
        description.check(VOTE, 400, server.post(PATH, with("Content-Length", "100"), FOR_CATS));
        description.check(VOTE, 403, server.post(PATH, with("Sec-Fetch-Site", "cross-site"), FOR_CATS));
        description.check(VOTE, 413, server.post(PATH, JSON, " ".repeat(1 << 20) + FOR_CATS));
        description.check(VOTE, 415, server.post(PATH, Map.of("Content-Type", "text/plain"), FOR_CATS));
        description.check(VOTE, 415, server.post(PATH, Map.of(), FOR_CATS));
        description.check(
                VOTE,
                408,
                server.sendBeginning(RawHttp.request("POST", PATH, with("Content-Length", "12"), new byte[0])));
        checkOtherPolls(description);

        assertThat(description.unseen()).isEmpty();
    }

    /** Answers to a changed choice, to too many votes, without memory in Redis, and after the poll has closed. */
    private static void checkOtherPolls(ApiDescription description) throws IOException {
        StackDescription limited =
                smallStack().set("POLL_REVOTE", "changeable").set("VOTE_RATE_LIMIT", String.valueOf(VOTES_PER_MINUTE));
        try (LocalStack stack = TestStacks.open(limited).start(TestStacks.START_LIMIT)) {
            RawHttp server = RawHttp.to(stack.vote().port());
            Answer first = server.post(PATH, JSON, FOR_CATS);
            description.check(VOTE, 201, first);
            description.check(VOTE, 200, server.post(PATH, withCookies(first), "{\"vote\":\"b\"}"));
            for (int vote = 2; vote < VOTES_PER_MINUTE; vote++) {
                server.post(PATH, JSON, FOR_CATS);
            }
            description.check(VOTE, 429, server.post(PATH, JSON, FOR_CATS));
            try (Jedis redis = stack.redis().connect()) {
                redis.configSet("maxmemory", "1");
            }
            RawHttp unlimited = new RawHttp(server.port(), "127.0.0.2");
            description.check(VOTE, 503, unlimited.post(PATH, JSON, FOR_CATS));
        }
        StackDescription closed =
                smallStack().set("POLL_OPENS", "2026-01-01T00:00:00Z").set("POLL_CLOSES", "2026-01-02T00:00:00Z");
        try (LocalStack stack = TestStacks.open(closed).start(TestStacks.START_LIMIT)) {
            RawHttp server = RawHttp.to(stack.vote().port());
            description.check(GET_POLL, 200, server.get("/api/poll"));
            description.check(VOTE, 403, server.post(PATH, JSON, FOR_CATS));
        }
    }

    @Test
    void eachExampleFitsItsSchema() throws Exception {
        ApiDescription.of(server).checkExamples();
    }

    private static StackDescription smallStack() {
        return TestStacks.describe().count(ServerKind.WORKER, 0).count(ServerKind.RESULT, 0);
    }

    private static Map<String, String> with(String header, String value) {
        Map<String, String> headers = new HashMap<>(JSON);
        headers.put(header, value);
        return headers;
    }

    /** The headers of a browser that keeps the cookies of this answer. */
    private static Map<String, String> withCookies(Answer answer) {
        return with(
                "Cookie",
                answer.all("Set-Cookie").map(cookie -> cookie.split(";")[0]).collect(Collectors.joining("; ")));
    }
}
