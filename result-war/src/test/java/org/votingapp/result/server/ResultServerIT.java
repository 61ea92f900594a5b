package org.votingapp.result.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.signing.ResultPasses;
import org.votingapp.testsupport.UnusedPort;

class ResultServerIT {

    private static final int MOST_WATCHERS = 60;
    private static final String PASS_KEY = "the key that signs passes to results";
    private static final Duration SECONDS = Duration.ofSeconds(10);

    private static final String DELAYED = "class=\"sign\" data-sign=\"behind\">Numbers may be delayed";
    private static final String VOTES_OF_A = "poll_votes{mp_scope=\"application\",option=\"a\"";
    private static final String SENT = "result_tallies_sent_total";
    private static final String SLOW = "result_watchers_dropped_total{mp_scope=\"application\",reason=\"slow\"";

    @TempDir
    private static Path folder;

    private static Database database;
    private static ResultServer server;

    @BeforeAll
    static void start() throws Exception {
        database = new Database(folder.resolve("postgres"), UnusedPort.find());
        database.start();
        database.migrate();
        database.ask("Cats vs Dogs!", "Cats", "Dogs");
        database.noteTheZoneOfEachSession();
        Map<String, String> variables = new HashMap<>(database.variables());
        variables.put("TZ", "Asia/Calcutta");
        variables.put("JVM_ARGS", "-Duser.timezone=Asia/Calcutta");
        variables.put("RESULTS_MAX_WATCHERS", Integer.toString(MOST_WATCHERS));
        variables.put("VOTE_URL", "https://vote.example.org/");
        variables.put("ORGANISER_URL", "https://organiser.example.org/desk/");
        variables.put("RESULT_PASS_KEY", PASS_KEY);
        server = new ResultServer(folder, variables);
        server.awaitUp("ready");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @BeforeEach
    void catsAgainstDogs() throws Exception {
        database.ask("Cats vs Dogs!", "Cats", "Dogs");
        database.commit(2, 1);
        // A document without a total is of a result that the test before hid.
        soon().until(() -> server.results().getInt("total", -1) == 3
                && server.results().getString("question").equals("Cats vs Dogs!"));
    }

    @Test
    void everySessionInPostgresKeepsUtcWhateverTheJvmWasTold() throws Exception {
        assertThat(database.zonesOfSessions()).containsExactly("UTC");
    }

    @Test
    void oneFollowerListens() throws Exception {
        soon().until(() -> server.metric("result_listening") == 1);
        assertThat(database.listeners()).isEqualTo(1);
    }

    @Test
    void thePageShowsTheTallyWithoutScripts() throws Exception {
        HttpResponse<String> page = server.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(page.body())
                .contains("<title>Cats vs Dogs! – 3 votes</title>")
                .containsPattern(
                        "<span class=\"label\" dir=\"auto\" lang=\"en\">Cats</span></p>[^~]*width=\"66.7%\"[^~]*"
                                + "<span class=\"percent\">67%</span>\\s*<span class=\"votes\">2 votes</span>")
                .containsPattern("data-option=\"b\" data-leads=\"false\"[^~]*<rect class=\"share\" width=\"33.3%\"")
                .contains("data-option=\"a\" data-leads=\"true\"", "<span class=\"mark-word\">Leading</span>")
                .contains("https://vote.example.org/", "\"vote-code.svg\"");
        assertThat(server.get("/vote-code.svg").headers().firstValue("Content-Type"))
                .contains("image/svg+xml");
    }

    @Test
    void thePageWithoutVotesHasNoPercentages() throws Exception {
        database.commit(0, 0);
        soon().until(() -> server.results().getInt("total") == 0);
        assertThat(server.get("/").body())
                .contains("class=\"total\">No votes yet<", "<span class=\"percent\"></span>")
                .doesNotContain(">0%<", "data-leads=\"true\"");
    }

    @Test
    void labelsAreTextAndNothingElse() throws Exception {
        database.ask("<b>Cats & Dogs</b>", "<script>alert(1)</script>", "\"); 'Dogs");
        soon().until(() -> server.results().getInt("total") == 0);
        assertThat(server.get("/").body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;Cats &amp; Dogs&lt;/b&gt;")
                .doesNotContain("<script>alert", "<b>");
    }

    @Test
    void theApiAnswersWithTheDocumentThatOtherProgramsRelyOn() throws Exception {
        HttpResponse<String> json = server.get("/api/results");
        assertThat(json.body())
                .isEqualTo(
                        "{\"poll\":\"cats-vs-dogs\",\"question\":\"Cats vs Dogs!\",\"total\":3,\"open\":true,\"state\":\"open\",\"final\":false,"
                                + "\"options\":[{\"key\":\"a\",\"label\":\"Cats\",\"votes\":2,\"percent\":66.7},"
                                + "{\"key\":\"b\",\"label\":\"Dogs\",\"votes\":1,\"percent\":33.3}]}");
        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        HttpResponse<String> csv = server.get("/api/results.csv");
        assertThat(csv.body()).isEqualTo("key,label,votes,percent\r\na,Cats,2,66.7\r\nb,Dogs,1,33.3\r\n");
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws Exception {
        for (String path : List.of("/api/results", "/api/results.csv")) {
            String tag = server.get(path).headers().firstValue("ETag").orElseThrow();
            assertThat(tag).matches("\"[0-9a-f]{16}\"");
            for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
                HttpResponse<String> again = server.get(path, "If-None-Match", known);
                assertThat(again.statusCode()).as(known).isEqualTo(304);
                assertThat(again.body()).isEmpty();
            }
            assertThat(server.get(path, "If-None-Match", "\"other\"").statusCode())
                    .isEqualTo(200);
            assertThat(server.send("HEAD", path).headers().firstValue("ETag")).contains(tag);
        }
    }

    @Test
    void otherMethodsAreRefusedWithAProblemOrAPage() throws Exception {
        for (String path : List.of("/api/results", "/api/results.csv", "/api/results/stream")) {
            HttpResponse<String> refused = server.send("POST", path);
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(server.send("POST", "/").statusCode()).isEqualTo(405);
        assertThat(server.send("HEAD", "/").statusCode()).isEqualTo(200);
        assertThat(server.send("HEAD", "/api/results/stream").statusCode()).isEqualTo(200);
    }

    @Test
    void theStreamIsKeptByNobodyAndAsksForAnOrderlyReturn() throws Exception {
        try (EventStream stream = server.stream()) {
            assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(stream.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
            String retry = stream.next(SECONDS, event -> true).fields().get("retry");
            assertThat(Integer.parseInt(retry)).isBetween(1000, 2000);
        }
    }

    @Test
    void theStreamBeginsWithTheNewestTallyAndItsIdsRise() throws Exception {
        try (EventStream stream = server.stream()) {
            EventStream.Event first = stream.nextTally(SECONDS);
            assertThat(first.data()).isEqualTo(server.get("/api/results").body());
            database.commit(3, 1);
            EventStream.Event second = stream.nextTally(SECONDS);
            assertThat(second.total()).isEqualTo(4);
            assertThat(second.id()).isGreaterThan(first.id());
        }
    }

    @Test
    void aCommitReachesTheWatchersWithinAQuarterOfASecond() throws Exception {
        try (EventStream stream = server.stream()) {
            stream.nextTally(SECONDS);
            List<Long> milliseconds = new ArrayList<>();
            for (int vote = 1; vote <= 20; vote++) {
                long total = 100 + vote;
                database.commit(total, 0);
                long committed = System.nanoTime();
                long came = stream.next(SECONDS, event -> event.is("tally") && event.total() == total)
                        .nanos();
                milliseconds.add(Duration.ofNanos(came - committed).toMillis());
            }
            // Two may be late: the machine that tests has more to do.
            assertThat(milliseconds.stream().filter(late -> late > 250))
                    .as("of %s", milliseconds)
                    .hasSizeLessThan(3);
        }
    }

    @Test
    void aLostNotificationIsFoundByLooking() throws Exception {
        try (EventStream stream = server.stream()) {
            stream.nextTally(SECONDS);
            database.commitSilently(30, 1);
            long committed = System.nanoTime();
            EventStream.Event found = stream.nextTally(SECONDS);
            assertThat(found.total()).isEqualTo(31);
            assertThat(Duration.ofNanos(found.nanos() - committed)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void thePollClosesWhenItsTimeHasCome() throws Exception {
        try (EventStream stream = server.stream()) {
            assertThat(stream.nextTally(SECONDS).tally().getBoolean("open")).isTrue();
            database.close(Instant.now().plusSeconds(2));
            stream.next(SECONDS, event -> event.is("tally") && !event.tally().getBoolean("open"));
            assertThat(server.get("/").body())
                    .contains("data-phase=\"counting\"", ">Voting has closed.<", ">The last votes are being counted.<")
                    .doesNotContain("vote-code.svg", "https://vote.example.org/");
        }
    }

    /** The later end is as a worker of an earlier release leaves it, which does not know the column. */
    @Test
    void aTallyIsFinalOnceTheWorkerHasCommittedThatForItsEnd() throws Exception {
        try (EventStream stream = server.stream()) {
            database.close(Instant.now().minusSeconds(3_600));
            stream.next(SECONDS, event -> event.is("tally") && !event.tally().getBoolean("open"));
            assertThat(server.results().getBoolean("final")).isFalse();

            database.execute("UPDATE poll SET final_at = now(); NOTIFY tally, 'cats-vs-dogs'");
            stream.next(SECONDS, event -> event.is("tally") && event.tally().getBoolean("final"));

            database.execute("UPDATE poll SET closes = now(), final_at = now() - interval '1 minute'");
            soon().until(() -> !server.results().getBoolean("final"));
            assertThat(server.results().getBoolean("open")).isFalse();
        }
    }

    @Test
    void whoAsksSeesSinceWhenTheBallotsAreGone() throws Exception {
        assertThat(server.results().containsKey("ballotsDeleted")).isFalse();
        assertThat(server.get("/").body()).doesNotContain("Individual votes were deleted");
        database.close(Instant.parse("2026-03-08T09:00:00Z"));
        database.execute("UPDATE poll SET final_at = closes, ballots_deleted_at = '2026-04-07T09:01:00Z'");
        soon().until(() -> server.results().containsKey("ballotsDeleted"));
        assertThat(server.results().getString("ballotsDeleted")).isEqualTo("2026-04-07T09:01:00Z");
        assertThat(server.get("/").body())
                .contains("data-ballots-deleted=\"2026-04-07T09:01:00Z\"")
                .containsPattern(
                        ">Individual votes were deleted on April.7, 2026, 9:01.AM.UTC\\. The totals remain\\.<");
        database.execute("UPDATE poll SET results = 'organiser'");
        soon().until(() -> server.get("/api/results").statusCode() == 403);
        assertThat(server.get("/api/results").body()).contains("\"ballotsDeleted\":\"2026-04-07T09:01:00Z\"");
    }

    @Test
    void whoDoesNotReadDelaysNobodyAndIsDropped() throws Exception {
        // What the kernel holds for a connection is some megabytes: a long question fills it soon.
        database.ask("?".repeat(200_000), "Cats", "Dogs");
        soon().until(() -> server.results().getString("question").startsWith("??"));
        double slowBefore = server.metric(SLOW);
        List<Socket> silent = new ArrayList<>();
        try (EventStream reader = server.stream()) {
            reader.nextTally(SECONDS);
            for (int at = 0; at < 20; at++) {
                silent.add(openAndNeverRead());
            }
            List<Long> milliseconds = new ArrayList<>();
            int vote = 0;
            while (server.metric(SLOW) < slowBefore + silent.size()) {
                long total = ++vote;
                assertThat(vote).as("commits until the silent are dropped").isLessThan(300);
                database.commit(total, 0);
                long committed = System.nanoTime();
                long came = reader.next(SECONDS, event -> event.is("tally") && event.total() == total)
                        .nanos();
                milliseconds.add(Duration.ofNanos(came - committed).toMillis());
            }
            // One that waited for a silent client would come after the write time-out of two seconds.
            assertThat(milliseconds).allSatisfy(late -> assertThat(late).isLessThan(1500));
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static Socket openAndNeverRead() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        socket.getOutputStream()
                .write("GET /api/results/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void thereIsRoomForSoManyWatchersAndWhoLeavesMakesRoom() throws Exception {
        soon().until(() -> server.metric("result_watchers{") == 0 || letGo());
        List<EventStream> watchers = new ArrayList<>();
        for (int at = 0; at < MOST_WATCHERS; at++) {
            EventStream watcher = server.stream();
            watchers.add(watcher);
            watcher.nextTally(SECONDS);
        }
        HttpResponse<String> refused = server.get("/api/results/stream");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(server.get("/").statusCode()).isEqualTo(200);
        watchers.forEach(EventStream::close);
        soon().until(() -> server.metric("result_watchers{") == 0 || letGo());
    }

    /** Writes to all, since one who has left is noticed by writing. */
    private static boolean letGo() throws SQLException {
        database.commit(System.nanoTime() % 1000, 0);
        return false;
    }

    @Test
    void theOrganisersPageAloneMayFramePresentModeAlone() throws Exception {
        assertThat(server.get("/present")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .contains("frame-ancestors https://organiser.example.org", "'sha256-")
                .doesNotContain("/desk");
        assertThat(server.get("/")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .contains("frame-ancestors 'none'");
    }

    @Test
    void eachPollHasAPageAndDocumentsOfItsOwn() throws Exception {
        database.askToo("set-menu", "Where do we eat?", "Pizza", "Sushi");
        database.commitTo("set-menu", 1, 4);
        HttpResponse<String> json = server.get("/api/polls/set-menu/results");
        assertThat(json.body()).startsWith("{\"poll\":\"set-menu\",\"question\":\"Where do we eat?\",\"total\":5,");
        String tag = json.headers().firstValue("ETag").orElseThrow();
        assertThat(server.get("/api/polls/set-menu/results", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(age("/api/polls/set-menu/results")).isLessThan(5);
        assertThat(server.get("/api/polls/set-menu/results.csv").body())
                .isEqualTo("key,label,votes,percent\r\na,Pizza,1,20.0\r\nb,Sushi,4,80.0\r\n");
        HttpResponse<String> page = server.get("/polls/set-menu");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("base-uri 'self'");
        assertThat(page.body())
                .contains("<title>Where do we eat? – 5 votes</title>", "<base href=\"../\"", "back=polls/set-menu\"")
                .contains("data-results=\"api/polls/set-menu/results\"", "href=\"polls/set-menu/present\"")
                .contains("href=\"api/polls/set-menu/results\"", "href=\"api/polls/set-menu/results.csv\"")
                .as("the house room's voting page")
                .doesNotContain("vote.example.org");
        assertThat(server.get("/polls/set-menu/present").body())
                .contains(
                        "<base href=\"../../\"",
                        "data-results=\"api/polls/set-menu/results\"",
                        "href=\"./polls/set-menu\"");
        assertThat(server.get("/language?to=en&back=polls/set-menu").headers().firstValue("Location"))
                .contains("./polls/set-menu");
        for (String path : List.of(
                "/polls/set-menu",
                "/polls/set-menu/present",
                "/api/polls/set-menu/results",
                "/api/polls/set-menu/results/stream")) {
            assertThat(server.send("HEAD", path).statusCode()).as(path).isEqualTo(200);
            assertThat(server.send("POST", path).statusCode()).as(path).isEqualTo(405);
        }
    }

    @Test
    void theHouseRoomsPollHasTheSameDocumentsAtBothOfItsAddresses() throws Exception {
        HttpResponse<String> classic = server.get("/api/results");
        HttpResponse<String> byId = server.get("/api/polls/cats-vs-dogs/results");
        assertThat(byId.body()).isEqualTo(classic.body());
        assertThat(byId.headers().firstValue("ETag"))
                .isEqualTo(classic.headers().firstValue("ETag"));
        assertThat(server.get("/polls/cats-vs-dogs").body()).contains("https://vote.example.org/");
    }

    @Test
    void aHiddenResultTellsWhenItShowsAndShowsByItself() throws Exception {
        database.askToo("secret", "Who wins?", "Cats", "Dogs");
        database.commitTo("secret", 7919, 4409);
        database.execute("UPDATE poll SET results = 'closed', closes = '2127-03-01T09:00:00Z' WHERE id = 'secret'");
        for (String path : List.of("/api/polls/secret/results", "/api/polls/secret/results.csv")) {
            HttpResponse<String> hidden = server.get(path);
            assertThat(hidden.statusCode()).as(path).isEqualTo(403);
            assertThat(hidden.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(hidden.body())
                    .contains("It shows once voting has closed", "2127-03-01T09:00:00Z", "Voters so far: 12328.")
                    .contains("\"voters\":12328", "\"results\":\"closed\"", "{\"key\":\"a\",\"label\":\"Cats\"}")
                    .doesNotContain("7919");
        }
        assertThat(server.get("/polls/secret").body())
                .contains("<title>Who wins? – 12,328 votes</title>", "data-hidden=\"true\"")
                .contains("class=\"later\">Results appear when voting closes.</p>");
        try (EventStream stream = server.stream("/api/polls/secret/results/stream")) {
            EventStream.Event hidden = stream.next(SECONDS, event -> event.is("hidden"));
            assertThat(hidden.data())
                    .isEqualTo(server.get("/api/polls/secret/results").body());
            database.commitTo("secret", 7919, 4410);
            assertThat(stream.next(SECONDS, event -> event.is("hidden")).data()).contains("\"voters\":12329,");
            database.execute("UPDATE poll SET revealed = true WHERE id = 'secret'");
            assertThat(stream.nextTally(SECONDS).total()).isEqualTo(12_329);
            database.execute("UPDATE poll SET revealed = false WHERE id = 'secret'");
            stream.next(SECONDS, event -> event.is("hidden"));
            database.execute(
                    "UPDATE poll SET closes = now() - interval '1 hour', final_at = now() WHERE id = 'secret'");
            assertThat(stream.nextTally(SECONDS).tally().getBoolean("final")).isTrue();
        }
    }

    @Test
    void aVoterSeesByAPassWhatIsHiddenFromOthers() throws Exception {
        database.askToo("ours", "Who wins?", "Cats", "Dogs");
        database.commitTo("ours", 7919, 4409);
        database.execute("UPDATE poll SET results = 'voted' WHERE id = 'ours'");
        ResultPasses passes = ResultPasses.read(Settings.from(name -> Optional.of(PASS_KEY)), Clock.systemUTC())
                .orElseThrow();
        String pass = "?pass=" + passes.give("ours");
        String results = "/api/polls/ours/results";
        assertThat(server.get(results + pass).body()).contains("\"votes\":7919");
        assertThat(server.get(results + ".csv" + pass).body()).contains("a,Cats,7919,");
        assertThat(server.get("/polls/ours" + pass).body())
                .contains("7,919 votes", "data-hidden=\"false\"")
                .contains("data-stream=\"api/polls/ours/results/stream" + pass + "\"")
                .contains("data-results=\"api/polls/ours/results" + pass + "\"")
                .contains("href=\"polls/ours/present" + pass + "\"", "back=polls/ours" + pass + "\"")
                .contains("property=\"og:url\" content=\"http://127.0.0.1:" + server.port() + "/polls/ours\"");
        assertThat(server.get("/language?to=de&back=polls/ours" + pass)
                        .headers()
                        .firstValue("Location"))
                .contains("./polls/ours" + pass);
        assertThat(server.get("/language?to=de&back=" + pass).headers().firstValue("Location"))
                .contains("./" + pass);
        for (String none : List.of("", "?pass=", "?pass=" + passes.give("cats-vs-dogs"), pass + "x")) {
            assertThat(server.get(results + none).statusCode()).as(none).isEqualTo(403);
        }
        try (EventStream voter = server.stream(results + "/stream" + pass);
                EventStream other = server.stream(results + "/stream")) {
            assertThat(voter.nextTally(SECONDS).total()).isEqualTo(12_328);
            other.next(SECONDS, event -> event.is("hidden"));
            database.commitTo("ours", 7919, 4410);
            assertThat(voter.nextTally(SECONDS).total()).isEqualTo(12_329);
            assertThat(other.next(SECONDS, event -> !event.is("heartbeat")).data())
                    .contains("\"voters\":12329,");
        }
    }

    @Test
    void theAddressesOfARoomFollowItsStage() throws Exception {
        openHall();
        soon().until(() -> server.get("/KXT4M7").body().contains("Where do we eat?"));
        assertThat(server.get("/kxt4m7").body())
                .contains("data-stream=\"api/rooms/KXT4M7/stream\"", "data-poll=\"starter\"")
                .contains("data-results=\"api/rooms/KXT4M7/results\"", "href=\"api/polls/starter/results\"")
                .contains("href=\"KXT4M7/present\"", "back=KXT4M7\"")
                .contains("href=\"https://vote.example.org/KXT4M7\"", "src=\"vote-code.svg?room=KXT4M7\"");
        assertThat(server.get("/KXT4M7/present").body())
                .contains("<base href=\"../\"", "vote.example.org/KXT4M7</strong>", "href=\"./KXT4M7\"");
        assertThat(server.get("/vote-code.svg?room=KXT4M7").body())
                .isNotEqualTo(server.get("/vote-code.svg").body());
        assertThat(server.send("HEAD", "/KXT4M7").statusCode()).isEqualTo(200);
        assertThat(server.send("POST", "/KXT4M7").statusCode()).isEqualTo(405);
        try (EventStream stream = server.stream("/api/rooms/KXT4M7/stream")) {
            assertThat(stream.nextTally(SECONDS).tally().getString("poll")).isEqualTo("starter");
            database.commitTo("starter", 1, 0);
            assertThat(stream.nextTally(SECONDS).total()).isEqualTo(1);
            database.execute("UPDATE room SET stage = 'dessert' WHERE code = 'KXT4M7'");
            assertThat(stream.next(Duration.ofSeconds(1), event -> event.is("stage"))
                            .data())
                    .isEqualTo("{\"room\":\"KXT4M7\",\"poll\":\"dessert\"}");
            stream.awaitEnd(SECONDS);
        }
        assertThat(server.get("/api/rooms/KXT4M7/results").body()).contains("\"poll\":\"dessert\"");
        try (EventStream stream = server.stream("/api/rooms/kxt4m7/stream")) {
            assertThat(stream.nextTally(SECONDS).tally().getString("poll")).isEqualTo("dessert");
        }
        assertThat(server.get("/KXT4M7").body()).contains("And then?");
        database.execute("UPDATE room SET stage = NULL WHERE code = 'KXT4M7'");
        soon().until(() -> server.get("/api/rooms/KXT4M7/results").statusCode() == 404);
        for (String page : List.of("/KXT4M7", "/KXT4M7/present")) {
            HttpResponse<String> waiting = server.get(page);
            assertThat(waiting.statusCode()).as(page).isEqualTo(200);
            assertThat(waiting.body()).as(page).contains("<h1>Results will be here shortly.</h1>");
        }
        assertThat(server.get("/KXT4M7").body())
                .as("no link to nothing")
                .contains("id=\"numbers\" class=\"numbers-links\" data-hidden=\"true\"");
        for (String path : List.of("stream", "results")) {
            HttpResponse<String> none = server.get("/api/rooms/KXT4M7/" + path);
            assertThat(none.statusCode()).as(path).isEqualTo(404);
            assertThat(none.body()).as(path).contains("Nothing is on stage in the room KXT4M7.");
        }
    }

    @Test
    void unknownCodesAreNotFoundAndGuessingThemIsLimited() throws Exception {
        openHall();
        soon().until(() -> server.get("/KXT4M7").statusCode() == 200);
        assertThat(server.get("/KXT4M8").statusCode()).isEqualTo(404);
        assertThat(server.get("/KXT4M8/present").body()).contains("No room has this code.");
        assertThat(server.get("/api/rooms/KXT4M8/stream").body()).contains("No room has the code KXT4M8.");
        for (String path : List.of("/KXT4M", "/KXT4MA", "/KXT4M7/", "/KXT4M7/results", "/api/rooms/KXT4M7", "/x")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(server.send("POST", path).statusCode()).as(path).isEqualTo(404);
        }
        RandomGenerator random = new Random(1);
        soon().until(() -> server.get("/" + RoomCode.random(random)).statusCode() == 429);
        HttpResponse<String> refused = server.get("/api/rooms/" + RoomCode.random(random) + "/stream");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(server.get("/KXT4M7").statusCode())
                .as("a room that this address knows")
                .isEqualTo(200);
    }

    private static void openHall() throws SQLException {
        database.askToo("starter", "Where do we eat?", "Pizza", "Sushi");
        database.askToo("dessert", "And then?", "Pizza", "Sushi");
        database.execute("INSERT INTO room (code, title, stage) VALUES ('KXT4M7', 'Town hall', 'starter')");
    }

    @Test
    void aPollThatWaitsForItsOrganiserSaysSoWithoutATime() throws Exception {
        database.askToo("waiting", "Where?", "Pizza", "Sushi");
        database.execute("UPDATE poll SET opens = '9999-12-31T23:59:59Z' WHERE id = 'waiting'");
        String results = "/api/polls/waiting/results";
        soon().until(() -> server.get(results).body().contains("\"state\":\"not-yet-open\""));
        assertThat(server.get(results).body()).doesNotContain("opens", "9999");
        for (String page : List.of("/polls/waiting", "/polls/waiting/present")) {
            assertThat(server.get(page).body())
                    .as(page)
                    .contains(">Voting has not opened yet<")
                    .doesNotContain("9999");
        }
        try (EventStream stream = server.stream(results + "/stream")) {
            assertThat(stream.nextTally(SECONDS).tally().getString("state")).isEqualTo("not-yet-open");
            database.execute("UPDATE poll SET opens = now() WHERE id = 'waiting'");
            assertThat(stream.nextTally(SECONDS).tally().getString("state")).isEqualTo("open");
        }
    }

    @Test
    void aDeletedRoomAndItsPollsAreGoneAndSaySo() throws Exception {
        database.askToo("gone", "Where?", "Pizza", "Sushi");
        database.execute("INSERT INTO room (code, title, stage) VALUES ('GNNGNN', 'Hall', 'gone')");
        database.execute("UPDATE poll SET room_code = 'GNNGNN', position = 0 WHERE id = 'gone'");
        List<String> pages = List.of("/GNNGNN", "/GNNGNN/present", "/polls/gone", "/polls/gone/present");
        List<String> documents =
                List.of("/api/rooms/GNNGNN/stream", "/api/polls/gone/results", "/api/polls/gone/results.csv");
        for (String page : pages) {
            assertThat(server.get(page).statusCode()).as(page).isEqualTo(200);
        }

        database.execute("UPDATE poll SET position = NULL WHERE id = 'gone'");
        database.execute("UPDATE room SET title = '-', stage = NULL, deleted_at = now() WHERE code = 'GNNGNN'");

        for (String page : pages) {
            soon().until(() -> server.get(page).statusCode() == 410);
            assertThat(server.get(page).body()).as(page).contains("This room was deleted");
        }
        for (String document : documents) {
            HttpResponse<String> gone = server.get(document);
            assertThat(gone.statusCode()).as(document).isEqualTo(410);
            assertThat(gone.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void aCorrectedLabelShowsTheOneThatItHadAtFirst() throws Exception {
        database.askToo("mended", "Where?", "Piza", "Sushi");
        assertThat(server.get("/polls/mended").body()).doesNotContain("class=\"was\"");

        database.execute("UPDATE poll_option SET label = 'Pizza', first_label = 'Piza'"
                + " WHERE poll_id = 'mended' AND key = 'a'");

        soon().until(() -> server.get("/polls/mended").body().contains(">Pizza<"));
        assertThat(server.get("/polls/mended").body())
                .containsOnlyOnce("class=\"was\"")
                .contains("was: <strong dir=\"auto\" lang=\"en\">Piza</strong>");
    }

    @Test
    void anArchivedPollIsOnNoStageAndKeepsItsResult() throws Exception {
        database.askToo("old", "Where?", "Pizza", "Sushi");
        database.execute("INSERT INTO room (code, title, stage) VALUES ('RCHVRC', 'Hall', 'old')");
        assertThat(server.get("/RCHVRC").body()).contains("data-poll=\"old\"");

        database.execute("UPDATE poll SET archived_at = now() WHERE id = 'old'");
        database.execute("NOTIFY room, 'RCHVRC'");

        soon().until(() -> !server.get("/RCHVRC").body().contains("data-poll=\"old\""));
        assertThat(server.get("/polls/old").statusCode()).isEqualTo(200);
    }

    @Test
    void theMetricOfAHiddenHousePollHasNoNumbers() throws Exception {
        assertThat(server.metric(VOTES_OF_A)).isNotNaN();
        database.execute("UPDATE poll SET results = 'organiser'");
        soon().until(() -> server.get("/api/results").statusCode() == 403);
        assertThat(server.metric(VOTES_OF_A)).isNaN();
        assertThat(server.get("/present").body())
                .contains("class=\"later\">Results appear when the organiser shows them.</p>");
    }

    @Test
    void aVoteInOnePollWakesOnlyItsWatchers() throws Exception {
        database.askToo("lunch", "Where do we eat?", "Pizza", "Sushi");
        database.askToo("dinner", "And later?", "Pizza", "Sushi");
        try (EventStream house = server.stream();
                EventStream one = server.stream("/api/polls/lunch/results/stream");
                EventStream other = server.stream("/api/polls/lunch/results/stream");
                EventStream dinner = server.stream("/api/polls/dinner/results/stream")) {
            for (EventStream stream : List.of(house, one, other, dinner)) {
                stream.nextTally(SECONDS);
            }
            double sent = server.metric(SENT);
            database.commitTo("lunch", 3, 0);
            assertThat(one.nextTally(SECONDS).total()).isEqualTo(3);
            assertThat(other.nextTally(SECONDS).total()).isEqualTo(3);
            assertThat(server.metric(SENT)).isEqualTo(sent + 2);
            assertThat(server.get("/metrics").body())
                    .as("a metric stays for ever, and polls come and go")
                    .doesNotContain("lunch");
            database.commitTo("dinner", 0, 2);
            EventStream.Event first = dinner.nextTally(SECONDS);
            assertThat(first.tally().getString("poll")).isEqualTo("dinner");
            assertThat(first.total()).isEqualTo(2);
            assertThat(server.metric(SENT)).isEqualTo(sent + 3);
        }
    }

    @Test
    void theOrganiserServerIsToldHowManyWatchAPoll() throws Exception {
        database.askToo("watched", "Who watches?", "Pizza", "Sushi");
        HttpResponse<String> nobody = server.get("/watchers/watched");
        assertThat(nobody.statusCode()).isEqualTo(200);
        assertThat(nobody.body()).isEqualTo("{\"watchers\":0}");
        assertThat(nobody.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(nobody.headers().firstValue("Cache-Control")).contains("no-store");
        EventStream leaving = server.stream("/api/polls/watched/results/stream");
        try (EventStream one = server.stream("/api/polls/watched/results/stream");
                EventStream house = server.stream()) {
            for (EventStream stream : List.of(leaving, one, house)) {
                stream.nextTally(SECONDS);
            }
            assertThat(server.get("/watchers/watched").body()).isEqualTo("{\"watchers\":2}");
            leaving.close();
            soon().until(() -> {
                database.commitTo("watched", System.nanoTime() % 1000, 0);
                return server.get("/watchers/watched").body().equals("{\"watchers\":1}");
            });
        }
        assertThat(server.get("/watchers/nothing").body()).isEqualTo("{\"watchers\":0}");
        for (String path : List.of("/watchers", "/watchers/", "/watchers/A", "/watchers/a/b")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(server.send("POST", "/watchers/watched").statusCode()).isEqualTo(405);
    }

    @Test
    void aPollThatIsNotThereIsNotFoundAndHasNoBoard() throws Exception {
        HttpResponse<String> unknown = server.get("/api/polls/nothing/results/stream");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(unknown.body()).contains("There is no poll nothing.");
        assertThat(server.get("/polls/nothing").body()).contains("Page not found");
        for (String path : List.of(
                "/polls/nothing",
                "/polls/nothing/present",
                "/polls",
                "/polls/Cats-vs-dogs",
                "/polls/cats-vs-dogs/",
                "/polls/cats-vs-dogs/results",
                "/polls/-cats",
                "/polls/" + "a".repeat(64),
                "/api/polls/cats-vs-dogs",
                "/api/polls/cats-vs-dogs/results/",
                "/api/polls/nothing/results.csv")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
        // That of an earlier test goes within a second after its poll.
        soon().until(() -> server.metric("result_boards") == 1);
    }

    @Test
    void aPollIsFoundSoonAfterItIsMade() throws Exception {
        assertThat(server.get("/api/polls/supper/results").statusCode()).isEqualTo(404);
        database.askToo("supper", "And then?", "Soup", "Bread");
        database.execute("NOTIFY poll, 'supper'");
        await().atMost(Duration.ofSeconds(3))
                .until(() -> server.get("/api/polls/supper/results").statusCode() == 200);
        assertThat(server.metric("result_boards")).isGreaterThan(1);
    }

    @Test
    void itsRoleCanReadTheTallyAndNothingMore() throws Exception {
        try (Connection connection = database.connectAsReader();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT question FROM poll JOIN poll_option ON poll_id = id NATURAL JOIN tally");
            for (String forbidden : Database.forbidden()) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .as(forbidden)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    @Test
    void anOutageOfPostgresIsSurvivedAndTold() throws Exception {
        int told = server.log().length();
        try (EventStream stream = server.stream()) {
            stream.nextTally(SECONDS);
            database.stop();
            soon().until(() -> !server.isUp("ready"));
            assertThat(stream.next(SECONDS, event -> event.is("heartbeat")).data())
                    .isEqualTo("behind");
            assertThat(server.isUp("live")).isTrue();
            assertThat(server.isUp("started")).isTrue();
            assertThat(server.get("/").body()).contains("67%", DELAYED);
            assertThat(server.results().getInt("total")).isEqualTo(3);
            assertThat(server.get("/api/polls/lunch/results").statusCode()).isEqualTo(503);
            assertThat(server.get("/polls/lunch").headers().firstValue("Retry-After"))
                    .isPresent();
            assertThat(List.of(age("/api/results"), age("/api/results.csv")))
                    .allSatisfy(age -> assertThat(age).isGreaterThanOrEqualTo(5));
            try (EventStream late = server.stream()) {
                assertThat(late.nextTally(SECONDS).total()).isEqualTo(3);
            }

            database.start();
            database.commit(5, 1);
            long committed = System.nanoTime();
            EventStream.Event next = stream.nextTally(SECONDS);
            assertThat(next.total()).isEqualTo(6);
            assertThat(Duration.ofNanos(next.nanos() - committed)).isLessThan(Duration.ofSeconds(3));
            soon().until(() -> server.isUp("ready"));
            soon().until(() -> server.metric("result_listening") == 1);
            assertThat(server.get("/").body()).doesNotContain(DELAYED);
            assertThat(age("/api/results")).isLessThan(5);
        }
        String log = server.log().substring(told);
        assertThat(log.lines().filter(line -> line.contains("Reading the tally fails")))
                .hasSize(1);
        assertThat(log.lines().filter(line -> line.contains("Listening for changes fails")))
                .hasSize(1);
    }

    @Test
    void aStandbyIsNotAskedUntilItTakesWrites() throws Exception {
        try (EventStream stream = server.stream()) {
            stream.nextTally(SECONDS);
            database.restartAsStandby();
            soon().until(() -> server.get("/health/ready").body().contains("it is a standby or read-only"));
            database.promote();
            database.commit(6, 1);
            assertThat(stream.nextTally(SECONDS).total()).isEqualTo(7);
            soon().until(() -> server.isUp("ready") && server.metric("result_listening") == 1);
        }
    }

    private static int age(String path) throws IOException {
        return Integer.parseInt(server.get(path).headers().firstValue("Age").orElseThrow());
    }

    @Test
    void theMetricsTellTheVotes() throws Exception {
        assertThat(votesByMetrics("a")).isEqualTo(2);
    }

    @Test
    void theMetricsTellTheVotesOfAnOptionAlsoWhenTheOneBeforeItIsGone() throws Exception {
        database.ask("Which?", "Cats", "Dogs", "Birds", "Bees");
        database.commit(5, 0, 7, 9);
        soon().until(() -> server.results().getInt("total") == 21);
        database.execute("DELETE FROM tally WHERE choice = 'b'");
        database.execute("DELETE FROM poll_option WHERE key = 'b'");
        soon().until(() -> server.results().getJsonArray("options").size() == 3);
        assertThat(votesByMetrics("a")).isEqualTo(5);
        assertThat(votesByMetrics("b")).isNaN();
        assertThat(votesByMetrics("c")).isEqualTo(7);
        assertThat(votesByMetrics("d")).isEqualTo(9);
    }

    private static double votesByMetrics(String option) throws IOException {
        return server.metric("poll_votes{mp_scope=\"application\",option=\"" + option + "\",poll=\"cats-vs-dogs\"");
    }

    @Test
    void theDescriptionOfTheApiNamesWhatTheDocumentHas() throws Exception {
        String description = server.get("/openapi").body();
        assertThat(description)
                .contains("/api/results:", "/api/results.csv:", "/api/results/stream:", "/api/polls/{id}/results:");
        database.execute("UPDATE poll SET opens = '2027-01-01T00:00:00Z', closes = '2127-01-01T00:00:00Z'");
        soon().until(() -> server.results().containsKey("closes"));
        JsonObject tally = server.results();
        assertThat(tally.keySet())
                .containsExactlyInAnyOrder(
                        "poll", "question", "total", "open", "state", "final", "opens", "closes", "options");
        String schema = description.substring(description.indexOf("\n    Tally:"));
        assertThat(tally.keySet()).allSatisfy(name -> assertThat(schema).contains("\n        " + name + ":"));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
