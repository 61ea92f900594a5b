package org.votingapp.systemtests.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;
import org.votingapp.systemtests.shared.StoredPolls;

/** The result server answers as {@code /openapi} describes. */
@BesideOthers
class ResultsApiDescriptionIT {

    /** Each address of a poll's documents and stream, as described, below which an id stands for {@code {id}}. */
    private static final List<String> RESULTS = List.of("/api/results", "/api/polls/{id}/results");

    /** The addresses of a room. */
    private static final List<String> ROOM = List.of("/api/rooms/{code}/results", "/api/rooms/{code}/stream");

    private static final String TALLY = "data: ";
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The poll has hours, so that they are in its tally; there is room for one watcher. */
    private static StackDescription stack() {
        return TestStacks.describe()
                .set("POLL_OPENS", "2026-01-01T00:00:00Z")
                .set("POLL_CLOSES", "2126-01-01T00:00:00Z")
                .set(ServerKind.RESULT, "RESULTS_MAX_WATCHERS", "1");
    }

    @Test
    void eachAnswerIsDescribedAndEachDescribedAnswerIsGiven() throws Exception {
        try (LocalStack stack = TestStacks.open(stack())) {
            RawHttp server = RawHttp.to(stack.result().port());
            stack.parts().stream().filter(part -> part != stack.postgres()).forEach(Part::start);
            await("an answer without a tally")
                    .atMost(TestStacks.START_LIMIT)
                    .ignoreExceptions()
                    .until(() -> server.get("/api/results/stream").code() == 503);
            ApiDescription description = ApiDescription.of(server);
            description.checkExamples();
            for (String results : RESULTS) {
                for (String path : List.of(results, results + ".csv", results + "/stream")) {
                    description.check("GET " + path, 503, server.get(of("cats-vs-dogs", path)));
                }
            }
            for (String described : ROOM) {
                description.check("GET " + described, 503, server.get(in("KXT4M7", described)));
            }

            stack.postgres().start();
            stack.parts().forEach(part -> part.awaitReady(TestStacks.START_LIMIT));
            checkDocuments(description, server);
            vote(stack);
            await("a tally with a vote")
                    .atMost(SOON)
                    .until(() -> server.get("/api/results").body().contains("\"total\":1"));
            deleteBallots(stack);
            await("a tally without ballots")
                    .atMost(SOON)
                    .until(() -> server.get("/api/results").body().contains("\"ballotsDeleted\":"));
            checkDocuments(description, server);
            for (String results : RESULTS) {
                checkStream(results + "/stream", description, server);
            }
            checkDeleted(stack, description, server);
            checkRoom(stack, description, server);
            checkHidden(stack, description, server);
            for (String path : List.of("", ".csv", "/stream")) {
                String described = "/api/polls/{id}/results" + path;
                description.check("GET " + described, 404, server.get(of("nothing", described)));
            }

            assertThat(description.unseen()).isEmpty();
        }
    }

    private static void vote(LocalStack stack) throws IOException {
        assertThat(RawHttp.to(stack.vote().port())
                        .post("/api/votes", Map.of("Content-Type", "application/json"), "{\"vote\":\"a\"}")
                        .code())
                .isEqualTo(201);
    }

    /** As a worker notes it once the poll has been final for long. */
    private static void deleteBallots(LocalStack stack) throws Exception {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE poll SET ballots_deleted_at = now()");
        }
    }

    private static String of(String pollId, String described) {
        return described.replace("{id}", pollId);
    }

    private static void checkDocuments(ApiDescription description, RawHttp server) throws IOException {
        for (String results : RESULTS) {
            for (String described : List.of(results, results + ".csv")) {
                String path = of("cats-vs-dogs", described);
                checkNotModified(description, described, path, server);
            }
        }
    }

    private static void checkNotModified(ApiDescription description, String described, String path, RawHttp server)
            throws IOException {
        Answer known = server.get(path);
        description.check("GET " + described, 200, known);
        Map<String, String> again = Map.of("If-None-Match", known.header("ETag").orElseThrow());
        description.check("GET " + described, 304, server.get(path, again));
    }

    private static void checkRoom(LocalStack stack, ApiDescription description, RawHttp server) throws Exception {
        for (String described : ROOM) {
            description.check("GET " + described, 404, server.get(in("KXT4M7", described)));
        }
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO room (code, title) VALUES ('KXT4M7', 'Town hall')");
            for (String described : ROOM) {
                String path = in("KXT4M7", described);
                await("a room").atMost(SOON).until(() -> server.get(path).body().contains("Nothing is on stage"));
                description.check("GET " + described, 404, server.get(path));
            }
            statement.execute("UPDATE room SET stage = 'cats-vs-dogs'");
        }
        for (String described : ROOM) {
            await("a poll on stage, and room for a watcher")
                    .atMost(SOON)
                    .untilAsserted(
                            () -> description.check("GET " + described, 200, server.get(in("KXT4M7", described))));
        }
        await("too many guesses")
                .atMost(SOON)
                .until(() -> server.get(in("KXT4M8", ROOM.get(0))).code() == 429);
        for (String described : ROOM) {
            description.check("GET " + described, 429, server.get(in("KXT4M8", described)));
        }
        checkNotModified(description, ROOM.get(0), in("KXT4M7", ROOM.get(0)), server);
    }

    private static String in(String room, String described) {
        return described.replace("{code}", room);
    }

    private static void checkDeleted(LocalStack stack, ApiDescription description, RawHttp server) throws Exception {
        StoredPolls polls = new StoredPolls(stack);
        polls.execute("INSERT INTO room (code, title, deleted_at) VALUES ('KXT4M9', '-', now())");
        polls.put("gone", "Which?", "KXT4M9", "live");
        for (String path : List.of("", ".csv", "/stream")) {
            String described = "/api/polls/{id}/results" + path;
            description.check("GET " + described, 410, server.get(of("gone", described)));
        }
        for (String described : ROOM) {
            description.check("GET " + described, 410, server.get(in("KXT4M9", described)));
        }
    }

    private static void checkHidden(LocalStack stack, ApiDescription description, RawHttp server) throws Exception {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE poll SET results = 'organiser'");
        }
        await("a hidden result")
                .atMost(SOON)
                .until(() -> server.get("/api/results").code() == 403);
        for (String results : RESULTS) {
            for (String described : List.of(results, results + ".csv")) {
                description.check("GET " + described, 403, server.get(of("cats-vs-dogs", described)));
            }
        }
        description.check("GET " + ROOM.get(0), 403, server.get(in("KXT4M7", ROOM.get(0))));
    }

    /** The server refuses a second watcher until it notices that the first one left. */
    private static void checkStream(String described, ApiDescription description, RawHttp server) throws Exception {
        String path = of("cats-vs-dogs", described);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        try (Stream<String> lines = await("room for a watcher")
                .atMost(SOON)
                .until(() -> client.send(request, BodyHandlers.ofLines()), answer -> answer.statusCode() == 200)
                .body()) {
            String tally =
                    lines.filter(line -> line.startsWith(TALLY)).findFirst().orElseThrow();
            description.checkDocument("Tally", tally.substring(TALLY.length()));
            description.check("GET " + described, 503, server.get(path));
        }
        await("room for a watcher")
                .atMost(SOON)
                .untilAsserted(() -> description.check("GET " + described, 200, server.get(path)));
    }
}
