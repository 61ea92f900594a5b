package org.votingapp.systemtests.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.systemtests.hardening.Fortress;
import org.votingapp.systemtests.shared.OtherPoll;
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
    /** Which no other test uses. */
    private static final Map<String, String> FROM_ONE_ADDRESS = with("X-Forwarded-For", "203.0.113.26");

    private final LocalStack stack;
    private final RawHttp server;

    VoteApiDescriptionIT(LocalStack stack) {
        this.stack = stack;
        this.server = server(stack);
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

    /** Answers to a changed choice, after the poll has closed, to too many votes, and without memory in Redis. */
    private void checkOtherPolls(ApiDescription description) throws IOException {
        RawHttp changeable = server(OtherPoll.CHANGEABLE.stack());
        Answer first = changeable.post(PATH, JSON, FOR_CATS);
        description.check(VOTE, 201, first);
        description.check(VOTE, 200, changeable.post(PATH, withCookies(first), "{\"vote\":\"b\"}"));

        RawHttp closed = server(OtherPoll.CLOSED.stack());
        description.check(GET_POLL, 200, closed.get("/api/poll"));
        description.check(VOTE, 403, closed.post(PATH, JSON, FOR_CATS));

        RawHttp limited = Fortress.stands().vote();
        for (int vote = 0; vote < Fortress.VOTES_PER_MINUTE; vote++) {
            limited.post(PATH, FROM_ONE_ADDRESS, FOR_CATS);
        }
        description.check(VOTE, 429, limited.post(PATH, FROM_ONE_ADDRESS, FOR_CATS));

        try (Jedis redis = stack.redis().connect()) {
            redis.configSet("maxmemory", "1");
            try {
                description.check(VOTE, 503, server.post(PATH, JSON, FOR_CATS));
            } finally {
                redis.configSet("maxmemory", "0");
            }
        }
        stack.vote().awaitReady(TestStacks.START_LIMIT);
        await("a vote is taken").until(() -> server.post(PATH, JSON, FOR_CATS).code() == 201);
    }

    @Test
    void eachExampleFitsItsSchema() throws Exception {
        ApiDescription.of(server).checkExamples();
    }

    private static RawHttp server(LocalStack stack) {
        return RawHttp.to(stack.vote().port());
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
