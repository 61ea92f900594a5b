package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.StoredPolls;

/** Searches all answers, streams, metrics and logs of all servers for the counts of results that are hidden. */
class HiddenResultsIT {

    private static final String HOUSE = "cats-vs-dogs";
    private static final String ROOM = "HDN234";

    private static final long CATS = 7_919_353;
    private static final long DOGS = 4_409_117;

    /** The counts, whatever separates their thousands. */
    private static final Pattern COUNTS =
            Pattern.compile("7[^0-9]{0,8}919[^0-9]{0,8}353|4[^0-9]{0,8}409[^0-9]{0,8}117");
    /** Their percents, as pages and documents have them. Metrics may have such a number by chance. */
    private static final Pattern PERCENTS =
            Pattern.compile("(?<![0-9.])(64[.,]2|35[.,]8|6[45]\\s?%|3[56]\\s?%)(?![0-9])");

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final List<String> OF_ALL = List.of(
            "/nothing",
            "/api/nothing",
            "/health",
            "/health/ready",
            "/health/live",
            "/health/started",
            "/metrics",
            "/metrics?scope=application",
            "/openapi",
            "/robots.txt",
            "/manifest.webmanifest",
            "/language?to=de");

    private static final List<String> PAGES = List.of(
            "/",
            "/present",
            "/vote-code.svg",
            "/polls/{id}",
            "/polls/{id}/present",
            "/polls/{id}?pass=500000.x",
            "/{code}",
            "/{code}/present");

    private static final List<String> VOTE_PAGES = List.of("/", "/{code}", "/?vote=a");

    private static final Pattern PUBLISHED = Pattern.compile("(?m)^polls_unpublished(\\{[^}]*})? 0");
    private static final Pattern DESCRIBED = Pattern.compile("(?m)^ {2}(/api/[^:]*):\\n {4}get:");

    private final Fortress fortress = Fortress.stands();
    /** Another one for each rule, since a poll's version never goes back. */
    private String poll = "hidden";

    private final StoredPolls polls = new StoredPolls(fortress.parts());

    @BeforeEach
    void counts() throws SQLException {
        polls.execute("""
                CREATE TABLE kept AS SELECT * FROM tally WHERE poll_id = '%1$s';
                UPDATE tally SET votes = 0 WHERE poll_id = '%1$s';
                INSERT INTO room (code, title) VALUES ('%2$s', 'Hidden') ON CONFLICT DO NOTHING""".formatted(HOUSE, ROOM));
        polls.count(HOUSE, CATS, DOGS);
    }

    @AfterEach
    void showAgain() throws SQLException {
        polls.execute("""
                UPDATE poll SET results = 'live' WHERE id = '%1$s';
                DELETE FROM tally WHERE poll_id IN ('%1$s', '%2$s');
                INSERT INTO tally SELECT * FROM kept;
                DROP TABLE kept;
                UPDATE room SET stage = NULL WHERE code = '%3$s';
                DELETE FROM poll_option WHERE poll_id = '%2$s';
                DELETE FROM poll WHERE id = '%2$s';
                SELECT pg_notify('tally', '%1$s')""".formatted(HOUSE, poll, ROOM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"voted", "closed", "organiser"})
    void nothingTellsTheCountsOfAHiddenResult(String rule) throws Exception {
        hide(rule);
        List<String> found = new ArrayList<>();
        for (String path : paths(fortress.result(), PAGES)) {
            search("result " + path, fortress.result().get(path), found);
            search(
                    "result " + path + " for somebody who guesses its tag",
                    fortress.result().get(path, Map.of("If-None-Match", "*", "Accept-Language", "de")),
                    found);
        }
        for (String stream : List.of(
                "/api/results/stream", "/api/polls/" + poll + "/results/stream", "/api/rooms/" + ROOM + "/stream")) {
            search("stream " + stream, events(stream), found);
        }
        for (String path : paths(fortress.vote(), VOTE_PAGES)) {
            search("vote " + path, fortress.vote().get(path), found);
        }
        for (String path : OF_ALL) {
            search("worker " + path, fortress.worker().get(path), found);
        }
        fortress.logLines().stream()
                .filter(line -> COUNTS.matcher(line).find())
                .forEach(line -> found.add("log: " + line));
        assertThat(found).isEmpty();
    }

    /** The search finds what is not hidden, in each kind of place. */
    @Test
    void theSearchFindsTheCountsOfALiveResult() throws Exception {
        hide("live");
        for (String path : List.of("/", "/present", "/" + ROOM, "/api/results", "/api/results.csv", "/metrics")) {
            List<String> found = new ArrayList<>();
            search(path, fortress.result().get(path), found);
            assertThat(found).as(path).isNotEmpty();
        }
        List<String> found = new ArrayList<>();
        search("stream", events("/api/rooms/" + ROOM + "/stream"), found);
        assertThat(found).isNotEmpty();
    }

    /** Puts the house room's poll and one in a room under this rule, and waits until the servers know. */
    private void hide(String rule) throws SQLException {
        poll = "hidden-by-" + rule;
        polls.put(poll, "Who wins?", ROOM, rule);
        polls.count(poll, CATS, DOGS);
        polls.execute("UPDATE poll SET results = '%s' WHERE id = '%s'".formatted(rule, HOUSE));
        polls.execute("UPDATE room SET stage = '%s' WHERE code = '%s'".formatted(poll, ROOM));
        int status = rule.equals("live") ? 200 : 403;
        await("the servers know the rule")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> fortress.result().get("/api/results").code() == status
                        && fortress.result()
                                        .get("/api/polls/" + poll + "/results")
                                        .code()
                                == status
                        && fortress.result().get("/" + ROOM).body().contains("Who wins?"));
        await("the worker has published them")
                .atMost(SOON)
                .until(() -> PUBLISHED
                        .matcher(fortress.worker().get("/metrics").body())
                        .find());
    }

    /** These pages, what all servers have, and all that the server's description has. */
    private List<String> paths(RawHttp server, List<String> pages) throws IOException {
        Stream<String> described = DESCRIBED
                .matcher(server.get("/openapi").body().replace("\r\n", "\n"))
                .results()
                .map(path -> path.group(1))
                .filter(path -> !path.endsWith("/stream"));
        List<String> paths = Stream.of(pages.stream(), OF_ALL.stream(), described)
                .flatMap(each -> each)
                .map(path -> path.replace("{id}", poll).replace("{code}", ROOM))
                .toList();
        assertThat(paths).as("described").anyMatch(path -> path.startsWith("/api/polls/" + poll));
        return paths;
    }

    /** What comes until the first event with data has come. */
    private String events(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + fortress.result().port() + path))
                .build();
        StringBuilder read = new StringBuilder();
        try (Stream<String> lines = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()) {
            lines.peek(line -> read.append(line).append('\n'))
                    .filter(line -> line.startsWith("data:"))
                    .findFirst()
                    .orElseThrow();
        }
        return read.toString();
    }

    private static void search(String where, RawHttp.Answer answer, List<String> found) {
        assertThat(answer.status()).as(where).isPresent();
        search(where, answer.headers() + answer.body(), found);
    }

    private static void search(String where, String text, List<String> found) {
        Stream.of(COUNTS, PERCENTS)
                .filter(pattern -> pattern == COUNTS || !where.contains("/metrics"))
                .flatMap(pattern -> pattern.matcher(text).results())
                .forEach(leak -> found.add(where + ": " + leak.group()));
    }
}
