package org.votingapp.systemtests.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.systemtests.hardening.Fortress;
import org.votingapp.systemtests.shared.DefinedRooms;
import org.votingapp.systemtests.shared.OtherPoll;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;
import org.votingapp.systemtests.shared.SharedStack;
import redis.clients.jedis.Jedis;

/** The vote server answers as {@code /openapi} describes. */
@ExtendWith(SharedStack.class)
class VoteApiDescriptionIT {

    private static final String GET_POLL = "GET /api/poll";
    private static final String HOUSE = "cats-vs-dogs";
    private static final String GET_ROOM = "GET /api/rooms/{code}";
    private static final String FOR_CATS = "{\"vote\":\"a\"}";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    /** Which no other test uses. */
    private static final Map<String, String> FROM_ONE_ADDRESS = with("X-Forwarded-For", "203.0.113.26");

    private static final Map<String, String> FROM_A_GUESSER = with("X-Forwarded-For", "203.0.113.27");
    private static final int MOST_GUESSES = 60;

    private final LocalStack stack;
    private final RawHttp server;

    VoteApiDescriptionIT(LocalStack stack) {
        this.stack = stack;
        this.server = server(stack);
    }

    /** The addresses of votes: in the house room's poll, and in the same by its id. */
    private enum Votes {
        CLASSIC("/api/votes", "/api/votes"),
        BY_ID("/api/polls/{id}/votes", "/api/polls/%s/votes");

        private final String operation;
        private final String path;

        Votes(String path, String format) {
            this.operation = "POST " + path;
            this.path = format;
        }

        String in(String poll) {
            return path.formatted(poll);
        }
    }

    @Test
    void eachAnswerIsDescribedAndEachDescribedAnswerIsGiven() throws Exception {
        ApiDescription description = ApiDescription.of(server);

        for (Votes votes : Votes.values()) {
            checkVotes(votes, description);
            checkOtherPolls(votes, description);
        }
        checkWithoutMemory(description);
        checkPolls(description);
        checkRooms(description);
        checkDeleted(description);

        assertThat(description.unseen()).isEmpty();
    }

    private void checkVotes(Votes votes, ApiDescription description) throws IOException {
        String operation = votes.operation;
        String path = votes.in(HOUSE);
        Answer recorded = server.post(path, JSON, FOR_CATS);
        description.check(operation, 201, recorded);
        description.check(operation, 409, server.post(path, withCookies(recorded), FOR_CATS));
        description.check(operation, 400, server.post(path, JSON, "{}"));
        description.check(operation, 400, server.post(path, JSON, "{\"vote\":\"z\"}"));
        description.check(operation, 400, server.post(path, with("Content-Length", "100"), FOR_CATS));
        description.check(operation, 403, server.post(path, with("Sec-Fetch-Site", "cross-site"), FOR_CATS));
        description.check(operation, 413, server.post(path, JSON, " ".repeat(1 << 20) + FOR_CATS));
        description.check(operation, 415, server.post(path, Map.of("Content-Type", "text/plain"), FOR_CATS));
        description.check(operation, 415, server.post(path, Map.of(), FOR_CATS));
        description.check(
                operation,
                408,
                server.sendBeginning(RawHttp.request("POST", path, with("Content-Length", "12"), new byte[0])));
    }

    /** Answers to a changed choice, after the poll has closed, and to too many votes. */
    private static void checkOtherPolls(Votes votes, ApiDescription description) throws IOException {
        String operation = votes.operation;
        String other = votes.in(OtherPoll.ID);
        RawHttp changeable = server(OtherPoll.CHANGEABLE.stack());
        Answer first = changeable.post(other, JSON, FOR_CATS);
        description.check(operation, 201, first);
        description.check(operation, 200, changeable.post(other, withCookies(first), "{\"vote\":\"b\"}"));
        description.check(operation, 403, server(OtherPoll.CLOSED.stack()).post(other, JSON, FOR_CATS));

        RawHttp limited = Fortress.stands().vote();
        for (int vote = 0; vote < Fortress.VOTES_PER_MINUTE; vote++) {
            limited.post(votes.in(HOUSE), FROM_ONE_ADDRESS, FOR_CATS);
        }
        description.check(operation, 429, limited.post(votes.in(HOUSE), FROM_ONE_ADDRESS, FOR_CATS));
    }

    private void checkWithoutMemory(ApiDescription description) throws IOException {
        try (Jedis redis = stack.redis().connect()) {
            redis.configSet("maxmemory", "1");
            try {
                for (Votes votes : Votes.values()) {
                    description.check(votes.operation, 503, server.post(votes.in(HOUSE), JSON, FOR_CATS));
                }
            } finally {
                redis.configSet("maxmemory", "0");
            }
        }
        stack.vote().awaitReady(TestStacks.START_LIMIT);
        await("a vote is taken")
                .until(() -> server.post("/api/votes", JSON, FOR_CATS).code() == 201);
    }

    private void checkPolls(ApiDescription description) throws IOException {
        String byId = "GET /api/polls/{id}";
        Answer poll = server.get("/api/poll");
        description.check(GET_POLL, 200, poll);
        description.check(GET_POLL, 200, server(OtherPoll.CLOSED.stack()).get("/api/poll"));
        description.check(GET_POLL, 304, server.get("/api/poll", ifNotSameAs(poll)));
        Answer same = server.get("/api/polls/" + HOUSE);
        description.check(byId, 200, same);
        assertThat(same.body()).isEqualTo(poll.body());
        description.check(byId, 304, server.get("/api/polls/" + HOUSE, ifNotSameAs(same)));
        description.check(byId, 404, server.get("/api/polls/nothing"));
        description.check(Votes.BY_ID.operation, 404, server.post(Votes.BY_ID.in("nothing"), JSON, FOR_CATS));
    }

    private void checkDeleted(ApiDescription description) throws Exception {
        DefinedRooms rooms = new DefinedRooms(stack);
        RoomCode code = new RoomCode("DSCR26");
        Poll poll = new Poll(
                "described-no-more",
                "Which?",
                "en",
                List.of(new PollOption("a", "One"), new PollOption("b", "The other")),
                RevoteRule.FINAL,
                Optional.empty(),
                Optional.empty());
        rooms.open(code, "Soon gone", poll);
        await("the room is known").until(() -> server.get("/api/rooms/" + code).code() == 200);
        rooms.delete(code);
        await("the room is known to be deleted")
                .until(() -> server.get("/api/rooms/" + code).code() != 200);
        description.check(GET_ROOM, 410, server.get("/api/rooms/" + code));
        description.check("GET /api/polls/{id}", 410, server.get("/api/polls/" + poll.id()));
        description.check(Votes.BY_ID.operation, 410, server.post(Votes.BY_ID.in(poll.id()), JSON, FOR_CATS));
    }

    private void checkRooms(ApiDescription description) throws IOException {
        DefinedRooms rooms = new DefinedRooms(stack);
        RoomCode here = new RoomCode("DSCR22");
        RoomCode empty = new RoomCode("DSCR23");
        RoomCode early = new RoomCode("DSCR24");
        rooms.publish(new Room(here, "Described", List.of(HOUSE), Optional.of(HOUSE)));
        rooms.publish(new Room(empty, "Empty", List.of(), Optional.empty()));
        rooms.publish(new Room(early, "Early", List.of("later"), Optional.of("later")));
        for (RoomCode code : List.of(here, empty)) {
            await("the room is known")
                    .until(() -> server.get("/api/rooms/" + code).code() == 200);
            description.check(GET_ROOM, 200, server.get("/api/rooms/" + code));
        }
        Answer room = server.get("/api/rooms/dscr22");
        assertThat(room.body()).contains("\"room\":\"DSCR22\"", "\"poll\":\"" + HOUSE + "\"", "\"state\":\"open\"");
        description.check(GET_ROOM, 304, server.get("/api/rooms/" + here, ifNotSameAs(room)));
        await("the room is known").until(() -> server.get("/api/rooms/" + early).code() != 404);
        description.check(GET_ROOM, 503, server.get("/api/rooms/" + early));
        description.check(GET_ROOM, 404, server.get("/api/rooms/DSCR25"));

        RawHttp limited = Fortress.stands().vote();
        for (int guess = 0; guess < MOST_GUESSES; guess++) {
            assertThat(limited.get("/api/rooms/DSCR25", FROM_A_GUESSER).code()).isEqualTo(404);
        }
        description.check(GET_ROOM, 429, limited.get("/api/rooms/DSCR25", FROM_A_GUESSER));
    }

    private static Map<String, String> ifNotSameAs(Answer answer) {
        return Map.of("If-None-Match", answer.header("ETag").orElseThrow());
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
