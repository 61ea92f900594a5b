package org.votingapp.organiser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.VoterCode;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.testsupport.UnusedPort;

/** Rooms, polls and steering on a real server and a real Postgres, by the API and by forms of the pages. */
class DeskIT {

    private static final String PASSWORD = "Käse, Brot & 1 Ei";
    private static final String HOSTILE =
            "<script>alert(1)</script><img src=x onerror=alert(2)>'\" onfocus=alert(3) x=";
    private static final String HOSTILE_JSON = HOSTILE.replace("\"", "\\\"");

    @TempDir
    private static Path folder;

    private static OrganiserDatabase database;
    private static OrganiserServer server;
    private static ApiClient anna;
    private static ApiClient ben;
    private static ApiClient root;

    @BeforeAll
    static void start() throws Exception {
        database = new OrganiserDatabase(folder.resolve("postgres"), UnusedPort.find());
        database.start();
        database.migrate();
        Map<String, String> variables = new HashMap<>(database.variables());
        variables.put(
                "ORGANISERS",
                String.join(
                        ",",
                        OrganiserLine.make("anna", OrganiserLine.ORGANISER, PASSWORD),
                        OrganiserLine.make("ben", OrganiserLine.ORGANISER, PASSWORD),
                        OrganiserLine.make("root", OrganiserLine.ADMINISTRATOR, PASSWORD)));
        variables.put("VOTE_URL", "https://vote.example.org/");
        variables.put("RESULT_URL", "https://results.example.org/");
        variables.put("ORGANISER_URL", "https://organiser.example.org/");
        server = new OrganiserServer(folder, variables);
        server.start();
        server.awaitUp("ready");
        anna = client("anna", false);
        ben = client("ben", false);
        root = client("root", true);
        database.execute("""
                INSERT INTO poll (id, question, revote) VALUES ('cats-vs-dogs', 'Cats vs Dogs!', 'final');
                INSERT INTO poll_option (poll_id, key, label, position)
                    VALUES ('cats-vs-dogs', 'a', 'Cats', 0), ('cats-vs-dogs', 'b', 'Dogs', 1);
                INSERT INTO tally (poll_id, choice) VALUES ('cats-vs-dogs', 'a'), ('cats-vs-dogs', 'b');
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    private static ApiClient client(String name, boolean administrator) throws Exception {
        String token = (name + "-".repeat(43)).substring(0, 43);
        database.execute(
                "INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at) VALUES (sha256('%s'), '%s', %s, 'test', now() + interval '1 day')"
                        .formatted(token, name, administrator));
        return new ApiClient(server, token);
    }

    private static Visitor visitor(String name) throws IOException {
        Visitor visitor = new Visitor(server);
        assertThat(visitor.logIn(name, PASSWORD).statusCode()).isEqualTo(303);
        return visitor;
    }

    private static JsonObject done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return ApiClient.object(answer);
    }

    private static void assertRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(ApiClient.object(answer).getString("reason")).isEqualTo(reason);
    }

    private static List<String> ids(JsonObject room) {
        return room.getJsonArray("polls").getValuesAs(JsonString::getString);
    }

    private static List<String> labels(JsonObject poll) {
        return poll.getJsonArray("options").getValuesAs(JsonObject.class).stream()
                .map(option -> option.getString("label"))
                .toList();
    }

    /** As the worker does. */
    private static void publish(String poll) throws Exception {
        database.execute("UPDATE poll SET published_version = version, published_at = now() WHERE id = '" + poll + "'");
    }

    private static void finish(String poll) throws Exception {
        database.execute("UPDATE poll SET final_at = clock_timestamp() WHERE id = '" + poll + "'");
    }

    private static void vote(String poll, String choice, int votes) throws Exception {
        database.execute(
                "UPDATE tally SET votes = %d WHERE poll_id = '%s' AND choice = '%s'".formatted(votes, poll, choice));
    }

    @Test
    void codesAreToldOnceKeptAsHashesCountedAndRevoked() throws Exception {
        String room = anna.room("Board");
        String id = anna.poll(room, "\"needsCode\":true");
        assertThat(anna.get("polls/" + id).getBoolean("needsCode")).isTrue();
        assertRefused(anna.post("polls/" + id + "/open", ""), "codes-first");

        JsonObject made = done(anna.post("polls/" + id + "/codes", "{\"codes\":3}"));
        List<VoterCode> codes = made.getJsonArray("codes").getValuesAs(JsonString::getString).stream()
                .map(code -> VoterCode.parse(code).orElseThrow())
                .toList();
        assertThat(codes).hasSize(3).doesNotHaveDuplicates();
        for (VoterCode code : codes) {
            assertThat(database.text("SELECT batch FROM voter_code WHERE code_hash = decode('%s', 'hex')"
                            .formatted(HexFormat.of().formatHex(code.hash(id)))))
                    .isEqualTo(made.getString("batch"));
        }
        assertThat(database.text(
                        "SELECT string_agg(action || ' ' || coalesce(before, '') || coalesce(after, ''), ';' ORDER BY id) FROM audit WHERE poll_id = '"
                                + id + "'"))
                .endsWith(";codes.made 3");

        assertRefused(anna.post("polls/" + id + "/open", ""), "codes-first");
        publish(id);
        database.execute("UPDATE poll SET code_published = true WHERE id = '" + id + "'");
        assertThat(done(anna.post("polls/" + id + "/open", "")).getString("state"))
                .isEqualTo("open");
        publish(id);
        vote(id, "a", 2);
        JsonObject counted = anna.get("polls/" + id + "/codes");
        assertThat(counted.getInt("made")).isEqualTo(3);
        assertThat(counted.getInt("used")).isEqualTo(2);
        assertThat(counted.getBoolean("inEffect")).isTrue();
        assertThat(counted.toString()).doesNotContain(codes.get(0).written());

        assertThat(ben.send("GET", "polls/" + id + "/codes", "").statusCode()).isEqualTo(404);
        assertThat(ben.post("polls/" + id + "/codes", "{\"codes\":3}").statusCode())
                .isEqualTo(404);
        String batch = "polls/" + id + "/codes/" + made.getString("batch");
        assertThat(ben.send("DELETE", batch, "").statusCode()).isEqualTo(404);
        assertThat(anna.send("DELETE", batch, "").statusCode()).isEqualTo(204);
        assertThat(anna.send("DELETE", batch, "").statusCode()).isEqualTo(404);
        JsonObject revoked = anna.get("polls/" + id + "/codes");
        assertThat(revoked.getInt("revoked")).isEqualTo(3);
        assertThat(revoked.getBoolean("inEffect"))
                .as("workers have to publish it")
                .isFalse();
        done(anna.post("polls/" + id + "/close", ""));
        finish(id);
        assertRefused(anna.post("polls/" + id + "/open", ""), "codes-first");
    }

    @Test
    void codesHaveTheirLimitsAndAPollKeepsThatItNeedsThem() throws Exception {
        String room = anna.room("Limits of codes");
        String id = anna.poll(room, "\"needsCode\":true");
        String plain = anna.poll(room);
        for (String number : List.of("0", "-1", "10001")) {
            assertThat(anna.post("polls/" + id + "/codes", "{\"codes\":" + number + "}")
                            .statusCode())
                    .as(number)
                    .isEqualTo(400);
        }
        assertThat(anna.post(
                                "rooms/" + room + "/polls",
                                ApiClient.lunch("\"needsCode\":true,\"revote\":\"changeable\""))
                        .statusCode())
                .as("a vote uses its code up")
                .isEqualTo(400);
        assertRefused(
                anna.post(
                        "rooms/" + room + "/polls",
                        ApiClient.lunch("\"needsCode\":true,\"opens\":\"2026-01-01T00:00:00Z\"")),
                "codes-first");
        assertRefused(anna.post("polls/" + plain + "/codes", "{\"codes\":1}"), "without-codes");

        assertThat(done(anna.post("polls/" + id + "/codes", "{\"codes\":10000}"))
                        .getJsonArray("codes"))
                .hasSize(10_000);
        database.execute("INSERT INTO voter_code_batch (poll_id, codes) SELECT '%s', 10000 FROM generate_series(1, 9)"
                .formatted(id));
        assertRefused(anna.post("polls/" + id + "/codes", "{\"codes\":1}"), "too-many-codes");

        publish(id);
        assertThat(done(anna.send("PUT", "polls/" + id, ApiClient.lunch())).getBoolean("needsCode"))
                .as("nobody can have voted")
                .isFalse();
        publish(id);
        done(anna.send("PUT", "polls/" + id, ApiClient.lunch("\"needsCode\":true")));
        publish(id);
        assertRefused(anna.post("polls/" + id + "/open", ""), "codes-first");
        database.execute("UPDATE poll SET code_published = true WHERE id = '" + id + "'");
        done(anna.post("polls/" + id + "/open", ""));
        assertRefused(anna.send("PUT", "polls/" + id, ApiClient.lunch()), "fixed-codes");
        assertThat(done(anna.post("polls/" + id + "/again", "")).getBoolean("needsCode"))
                .isTrue();
    }

    @Test
    void theSheetOfCodesIsTheAnswerToItsFormAndNothingElse() throws Exception {
        String room = anna.room("Sheet");
        String id = anna.poll(room, "\"needsCode\":true");
        Visitor page = visitor("anna");
        String csrf = page.csrf();
        assertThat(page.get("/poll?id=" + id).body())
                .contains("Make codes")
                .doesNotContain("value=\"openOnStage\"", "value=\"open\"");

        String sheet =
                page.post("/codes?id=" + id, Map.of("csrf", csrf, "codes", "2")).body();
        List<String> codes = Pattern.compile("<code[^>]*>([-2-9B-Z]{20})</code>")
                .matcher(sheet)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(codes).hasSize(2).allMatch(code -> VoterCode.parse(code).isPresent());
        assertThat(sheet.split("<svg xmlns", -1)).as("a picture for each").hasSize(3);
        assertThat(file(sheet))
                .isEqualTo(
                        "\uFEFFcode,link\r\n%1$s,https://vote.example.org/%3$s#%1$s\r\n%2$s,https://vote.example.org/%3$s#%2$s\r\n"
                                .formatted(codes.get(0), codes.get(1), room));
        assertThat(sheet)
                .contains("data-moving=\"true\"", "data-effect=\"soon\"", "Being published.")
                .doesNotContain("Not in effect yet.");
        publish(id);
        assertThat(page.get("/poll?id=" + id).body()).contains("value=\"open\"").doesNotContain("Make codes");
        String later = page.get("/codes?id=" + id).body();
        assertThat(later)
                .contains("0 of 2 codes used", "data-moving=\"false\"", "In effect since")
                .doesNotContain(codes.get(0));

        String many = page.post("/codes?id=" + id, Map.of("csrf", csrf, "codes", "501"))
                .body();
        assertThat(many).doesNotContain("<svg xmlns");
        assertThat(file(many).lines()).hasSize(502);
        assertThat(page.post("/codes?id=" + id, Map.of("csrf", csrf, "codes", "many"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(page.post("/codes?id=" + id, Map.of("codes", "1")).statusCode())
                .as("without the form's token")
                .isEqualTo(403);
        assertThat(page.get("/codes?id=" + id).body()).contains("0 of 503 codes used");
        assertThat(visitor("ben").get("/codes?id=" + id).statusCode()).isEqualTo(404);
    }

    private static String file(String page) {
        Matcher link = Pattern.compile("href=\"data:text/csv;charset=utf-8;base64,([^\"]+)\"")
                .matcher(page);
        assertThat(link.find()).isTrue();
        return new String(Base64.getDecoder().decode(link.group(1)), StandardCharsets.UTF_8);
    }

    @Test
    void aPollIsWrittenOpenedClosedRevealedAndAskedAgain() throws Exception {
        String room = anna.room("Town hall");
        assertThat(room).matches("[23456789BCDFGHJKMNPQRSTVWXZ]{6}");
        JsonObject written = done(anna.post("rooms/" + room + "/polls", ApiClient.lunch("\"results\":\"organiser\"")));
        String id = written.getString("id");
        assertThat(id).startsWith("where-do-we-eat-");
        assertThat(written.getString("state")).isEqualTo("waiting");
        assertThat(written.getBoolean("onStage")).isTrue();
        assertThat(written.containsKey("opens")).isFalse();
        assertThat(written.getBoolean("inEffect")).isFalse();
        assertThat(database.text("SELECT opens = '9999-12-31T23:59:59Z' FROM poll WHERE id = '" + id + "'"))
                .isEqualTo("t");
        publish(id);
        assertThat(anna.get("polls/" + id).getBoolean("inEffect")).isTrue();

        assertRefused(anna.post("polls/" + id + "/close", ""), "not-open");
        JsonObject open = done(anna.post("polls/" + id + "/open", ""));
        assertThat(open.getString("state")).isEqualTo("open");
        assertThat(open.getBoolean("inEffect")).isFalse();
        assertRefused(anna.post("polls/" + id + "/open", ""), "open-already");
        assertRefused(anna.post("polls/" + id + "/extend", ""), "no-closing-time");
        assertRefused(anna.post("polls/" + id + "/archive", ""), "open-still");
        vote(id, "a", 3);
        assertThat(done(anna.post("polls/" + id + "/close", "")).getString("state"))
                .isEqualTo("counting");
        finish(id);
        assertThat(done(anna.post("polls/" + id + "/reveal", "")).getBoolean("revealed"))
                .isTrue();
        assertThat(anna.get("polls/" + id).getString("state")).isEqualTo("final");
        assertThat(done(anna.post("polls/" + id + "/hide", "")).getBoolean("revealed"))
                .isFalse();

        JsonObject again = done(anna.post("polls/" + id + "/again", ""));
        assertThat(again.getInt("round")).isEqualTo(2);
        assertThat(again.getString("askedBefore")).isEqualTo(id);
        assertThat(again.getInt("total")).isZero();
        assertThat(again.getString("state")).isEqualTo("waiting");

        assertThat(done(anna.post("polls/" + id + "/archive", "")).getBoolean("archived"))
                .isTrue();
        assertThat(anna.get("rooms/" + room).getString("stage")).isEqualTo(again.getString("id"));
        assertThat(ids(anna.get("rooms/" + room))).containsExactly(again.getString("id"));
        assertThat(anna.list("rooms/" + room + "/audit").getValuesAs(JsonObject.class))
                .extracting(entry -> entry.getString("action"))
                .containsExactly(
                        "poll.archived",
                        "poll.askedAgain",
                        "poll.hidden",
                        "poll.revealed",
                        "poll.closed",
                        "poll.opened",
                        "poll.created",
                        "room.created");
    }

    @Test
    void thePollOnStageIsSteeredBesidePresentMode() throws Exception {
        String room = anna.room("Stage");
        String id = anna.poll(room, "\"results\":\"organiser\"");
        Visitor page = visitor("anna");
        String address = "/present?code=" + room;
        HttpResponse<String> waiting = page.get(address);
        assertThat(waiting.body())
                .contains(
                        "src=\"https://results.example.org/" + room + "/present\"",
                        "value=\"open\"",
                        "value=\"reveal\"");
        assertThat(waiting.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-src https://results.example.org", "frame-ancestors 'none'");
        String csrf = page.csrf();
        for (String act : List.of("open", "reveal", "close", "hide")) {
            assertThat(page.post(address, Map.of("csrf", csrf, "id", id, "do", act))
                            .statusCode())
                    .as(act)
                    .isEqualTo(303);
        }
        HttpResponse<String> refused = page.post(address, Map.of("csrf", csrf, "id", id, "do", "close"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Voting is not open.", "Open again");
        HttpResponse<String> late = page.post(address, Map.of("csrf", csrf, "id", id, "do", "open", "version", "1"));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(page.get("/room?code=" + room).body()).contains("href=\"present?code=" + room + "\"");
        assertThat(page.get("/audit?code=" + room).body()).contains(">Not open yet</span></del>", ">Open</span></ins>");
        String second = anna.poll(room);
        assertThat(page.get(address).body()).contains("name=\"next\" value=\"" + second);
        assertThat(page.post(address, Map.of("csrf", csrf, "next", second, "do", "next"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(anna.get("rooms/" + room).getString("stage")).isEqualTo(second);
        assertThat(page.post(address, Map.of("csrf", csrf, "previous", id, "do", "previous"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(page.get("/poll?id=" + second).body()).contains("Put on stage and open voting");
        assertThat(page.post("/poll?id=" + second, Map.of("csrf", csrf, "do", "openOnStage"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(anna.get("rooms/" + room).getString("stage")).isEqualTo(second);
        assertThat(anna.get("polls/" + second).getString("state")).isEqualTo("open");
        assertThat(anna.list("rooms/" + room + "/audit").getValuesAs(JsonObject.class))
                .extracting(entry -> entry.getString("action"))
                .containsSubsequence(
                        "poll.opened",
                        "poll.staged",
                        "poll.staged",
                        "poll.staged",
                        "poll.hidden",
                        "poll.closed",
                        "poll.revealed");
    }

    /** The page words what the row keeps as fields; programs and spreadsheets have the line that they always had. */
    @Test
    void activityIsToldInTheReadersLanguageAndToProgramsAsBefore() throws Exception {
        String room = anna.room("Protokoll");
        String id = anna.poll(room, "\"needsCode\":true,\"results\":\"closed\",\"closes\":\"2099-01-02T03:04:05Z\"");
        String copy = done(anna.post("polls/" + id + "/duplicate", "")).getString("id");
        done(anna.post("polls/" + id + "/codes", "{\"codes\":1}"));
        done(anna.send("PUT", "polls/" + copy, ApiClient.lunch()));
        database.execute("""
                INSERT INTO audit (organiser, action, room_code, poll_id, before, after) VALUES
                    ('anna', 'poll.created', '%1$s', 'old', NULL, 'Tea? [Yes | No] en, final, live, with voting codes'),
                    ('anna', 'poll.recounted', '%1$s', 'old', NULL, '3 ballots, equal to the tally')""".formatted(room));

        Visitor german = new Visitor(server, "Accept-Language", "de");
        german.logIn("anna", PASSWORD);
        String page = german.get("/audit?code=" + room).body();
        assertThat(page)
                .contains(
                        "Where do we eat?",
                        ">English<",
                        "Abstimmende können ihre Stimme nicht ändern",
                        "Wer sieht das Ergebnis: Alle, wenn die Abstimmung endet",
                        "Endet: <time data-local=\"day\" datetime=\"2099-01-02T03:04:05Z\">",
                        "<del><span class=\"part\" dir=\"auto\" lang=\"de\">Wer sieht das Ergebnis: Alle, wenn",
                        "Vorlage: " + id,
                        ">1 Code<")
                .as("rows of earlier releases")
                .contains("Tea? [Yes | No] en, final, live, with voting codes", "3 ballots, equal to the tally")
                .doesNotContain("{&quot;", "en, final, closed");

        String line =
                "Where do we eat? [Pizza | Sushi] en, final, closed, closes 2099-01-02T03:04:05Z, with voting codes";
        assertThat(german.get("/audit.csv?code=" + room).body())
                .contains("," + id + ",,\"" + line + "\",anna\r\n", ",\"3 ballots, equal to the tally\",anna\r\n");
        assertThat(anna.list("rooms/" + room + "/audit").getValuesAs(JsonObject.class))
                .extracting(entry -> entry.getString("after"))
                .contains(line, "1");
    }

    /** In one piece it would be more than the server has memory. */
    @Test
    void theWholeRecordOfActivityIsAFileOfKnownLength() throws Exception {
        String room = anna.room("Record");
        int acts = 11_000;
        database.execute("""
                INSERT INTO audit (organiser, action, room_code, before, after)
                SELECT 'anna', 'room.renamed', '%s', repeat('ж', 1100), repeat('я', 1100) FROM generate_series(1, %d)""".formatted(room, acts));
        try {
            HttpResponse<String> file = visitor("anna").get("/audit.csv?code=" + room);
            assertThat(file.headers().firstValueAsLong("Content-Length"))
                    .hasValue(file.body().getBytes(StandardCharsets.UTF_8).length);
            assertThat(file.body().lines())
                    .as("with a head and the room's creation")
                    .hasSize(acts + 2);
        } finally {
            database.execute("DELETE FROM audit WHERE action = 'room.renamed' AND room_code = '%s'".formatted(room));
        }
    }

    @Test
    void anArchivedPollIsBroughtBackWithItsVotes() throws Exception {
        String room = anna.room("Archive");
        String id = anna.poll(room);
        assertRefused(anna.post("polls/" + id + "/restore", ""), "not-archived");
        done(anna.post("polls/" + id + "/open", ""));
        vote(id, "b", 2);
        done(anna.post("polls/" + id + "/close", ""));
        finish(id);
        done(anna.post("polls/" + id + "/archive", ""));
        assertThat(anna.get("rooms/" + room).containsKey("stage")).isFalse();
        assertRefused(anna.post("polls/" + id + "/open", ""), "archived");

        JsonObject back = done(anna.post("polls/" + id + "/restore", ""));
        assertThat(back.getBoolean("archived")).isFalse();
        assertThat(back.getBoolean("onStage")).isTrue();
        assertThat(back.getString("state")).isEqualTo("final");
        assertThat(back.getInt("total")).isEqualTo(2);

        String other = anna.poll(room);
        done(anna.post("polls/" + id + "/archive", ""));
        Visitor page = visitor("anna");
        assertThat(page.get("/poll?id=" + id).body()).contains("Bring back");
        assertThat(page.post("/poll?id=" + id, Map.of("csrf", page.csrf(), "do", "restore"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(ids(anna.get("rooms/" + room))).containsExactly(other, id);
        assertThat(anna.get("rooms/" + room).getString("stage")).isEqualTo(other);
        assertThat(anna.list("rooms/" + room + "/audit").getValuesAs(JsonObject.class))
                .extracting(entry -> entry.getString("action"))
                .startsWith("poll.restored", "poll.archived", "poll.created", "poll.restored", "poll.archived");
        assertRefused(root.post("polls/cats-vs-dogs/restore", ""), "house");
    }

    @Test
    void anArchivedRoomIsBroughtBackWithItsPolls() throws Exception {
        String room = anna.room("Last year");
        String id = anna.poll(room);
        assertRefused(anna.post("rooms/" + room + "/restore", ""), "room-not-archived");
        done(anna.post("polls/" + id + "/open", ""));
        assertRefused(anna.post("rooms/" + room + "/archive", ""), "open-still");
        done(anna.post("polls/" + id + "/close", ""));
        assertThat(done(anna.post("rooms/" + room + "/archive", "")).getBoolean("putAway"))
                .isTrue();
        assertRefused(anna.post("rooms/" + room + "/archive", ""), "room-archived");
        assertThat(anna.send("GET", "rooms", "").body()).doesNotContain(room);
        assertThat(anna.send("GET", "rooms?archived=true", "").body()).contains(room);
        assertThat(ben.send("GET", "rooms?archived=true", "").body()).doesNotContain(room);

        Visitor page = visitor("anna");
        assertThat(page.get("/").body()).contains("Archived rooms", "Last year");
        assertThat(page.get("/room?code=" + room).body()).contains("Bring this room back");
        assertThat(page.post("/room?code=" + room, Map.of("csrf", page.csrf(), "do", "restore"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(anna.send("GET", "rooms", "").body()).contains(room);
        assertThat(ids(anna.get("rooms/" + room))).containsExactly(id);
        assertThat(page.post("/room?code=" + room, Map.of("csrf", page.csrf(), "do", "archive"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(anna.list("rooms/" + room + "/audit").getValuesAs(JsonObject.class))
                .extracting(entry -> entry.getString("action"))
                .startsWith("room.putAway", "room.restored", "room.putAway");
        for (String act : List.of("archive", "restore")) {
            assertThat(ben.post("rooms/" + room + "/" + act, "").statusCode()).isEqualTo(404);
            assertThat(root.post("rooms/house/" + act, "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aClosedPollOpensAgainUnlessItsBallotsAreDeleted() throws Exception {
        String id = anna.poll(anna.room("Again"));
        done(anna.post("polls/" + id + "/open", ""));
        done(anna.post("polls/" + id + "/close", ""));
        finish(id);
        JsonObject open = done(anna.post("polls/" + id + "/open", ""));
        assertThat(open.getString("state")).isEqualTo("open");
        assertThat(open.containsKey("closes")).isFalse();
        assertThat(database.text("SELECT final_at IS NULL FROM poll WHERE id = '" + id + "'"))
                .isEqualTo("t");
        done(anna.post("polls/" + id + "/close", ""));
        database.execute("UPDATE poll SET ballots_deleted_at = now() WHERE id = '" + id + "'");
        assertRefused(anna.post("polls/" + id + "/open", ""), "ballots-deleted");
    }

    @Test
    void aMinuteMoreMovesTheClosingTime() throws Exception {
        String id = anna.poll(anna.room("Later"), "\"closes\":\"2099-01-01T10:00:00Z\"");
        assertRefused(anna.post("polls/" + id + "/extend", ""), "not-open");
        done(anna.post("polls/" + id + "/open", ""));
        assertThat(done(anna.post("polls/" + id + "/extend", "")).getString("closes"))
                .isEqualTo("2099-01-01T10:01:00Z");
    }

    @Test
    void aResultThatVotersWereToldIsHiddenIsNotRevealedWhileTheyVote() throws Exception {
        String id = anna.poll(anna.room("Hidden"), "\"results\":\"closed\"");
        done(anna.post("polls/" + id + "/open", ""));
        assertRefused(anna.post("polls/" + id + "/reveal", ""), "not-closed");
        done(anna.post("polls/" + id + "/close", ""));
        done(anna.post("polls/" + id + "/reveal", ""));
    }

    @Test
    void aPollForWhichNobodyCanHaveVotedIsWordedAnew() throws Exception {
        String id = anna.poll(anna.room("Draft"));
        JsonObject changed = done(
                anna.send(
                        "PUT",
                        "polls/" + id,
                        "{\"question\":\"Which one?\",\"options\":[\"One\",\"Two\",\"Three\"],\"revote\":\"changeable\",\"language\":\"de\"}"));
        assertThat(changed.getString("question")).isEqualTo("Which one?");
        assertThat(changed.getString("revote")).isEqualTo("changeable");
        assertThat(changed.getString("language")).isEqualTo("de");
        assertThat(labels(changed)).containsExactly("One", "Two", "Three");
        assertThat(labels(done(anna.send("PUT", "polls/" + id, ApiClient.lunch()))))
                .containsExactly("Pizza", "Sushi");
        assertThat(database.text("SELECT count(*) FROM tally WHERE poll_id = '" + id + "'"))
                .isEqualTo("2");
    }

    @Test
    void onceOpenOnlySlipsInLabelsAreMendedAndRulesGetStricter() throws Exception {
        String id = anna.poll(anna.room("Fixed"));
        done(anna.post("polls/" + id + "/open", ""));
        assertRefused(anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("eat", "drink")), "fixed-question");
        assertRefused(
                anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("Pizza", "Pasta and more")), "fixed-label");
        assertRefused(
                anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("\"Sushi\"", "\"Sushi\",\"Salad\"")),
                "fixed-options");
        assertRefused(anna.send("PUT", "polls/" + id, ApiClient.lunch("\"revote\":\"changeable\"")), "fixed-revote");
        assertRefused(
                anna.send("PUT", "polls/" + id, ApiClient.lunch("\"opens\":\"2099-01-01T10:00:00Z\"")), "fixed-opens");
        JsonObject mended = done(anna.send(
                "PUT", "polls/" + id, ApiClient.lunch("\"results\":\"closed\"").replace("Pizza", "Pizzza")));
        assertThat(mended.getJsonArray("options").getJsonObject(0).getString("firstLabel"))
                .isEqualTo("Pizza");
        assertThat(mended.getString("results")).isEqualTo("closed");
        assertRefused(anna.send("PUT", "polls/" + id, ApiClient.lunch()), "fixed-results");
    }

    @Test
    void ballotsOnTheirWayFixTheWordsThoughTheTallyIsZero() throws Exception {
        String id = anna.poll(anna.room("On their way"));
        done(anna.post("polls/" + id + "/open", ""));
        done(anna.post("polls/" + id + "/close", ""));
        assertRefused(anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("eat", "drink")), "fixed-question");
        finish(id);
        publish(id);
        done(anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("eat", "drink")));
    }

    /** Vote servers may go by the earlier hours, by which the poll is open. */
    @Test
    void aPollWhoseNewHoursAreNotInEffectIsNotWordedAnew() throws Exception {
        String id = anna.poll(anna.room("Scheduled"), "\"opens\":\"2098-01-01T10:00:00Z\"");
        publish(id);
        done(anna.send("PUT", "polls/" + id, ApiClient.lunch("\"opens\":\"2099-01-01T10:00:00Z\"")));
        assertRefused(anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("eat", "drink")), "not-in-effect");
        publish(id);
        done(anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("eat", "drink")));
    }

    /** HiddenResultsIT searches the other servers: its stack has no organiser server. */
    @Test
    void onlyAnOrganiserLearnsTheCountsOfAHiddenResult() throws Exception {
        Pattern counts = Pattern.compile("7[^0-9]{0,8}919[^0-9]{0,8}353|4[^0-9]{0,8}409[^0-9]{0,8}117");
        String room = anna.room("Hidden");
        String id = anna.poll(room, "\"results\":\"organiser\"");
        vote(id, "a", 7_919_353);
        vote(id, "b", 4_409_117);
        assertThat(visitor("anna").get("/tally.csv?id=" + id).body()).containsPattern(counts);
        Visitor other = visitor("ben");
        for (String path : List.of(
                "/",
                "/login",
                "/room?code=" + room,
                "/poll?id=" + id,
                "/present?code=" + room,
                "/tally.csv?id=" + id,
                "/ballots.csv?id=" + id,
                "/api/rooms/" + room,
                "/api/polls/" + id,
                "/api/polls/" + id + "/live",
                "/health",
                "/health/started",
                "/health/live",
                "/health/ready",
                "/metrics",
                "/metrics?scope=application",
                "/openapi")) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.headers().map() + answer.body()).as(path).doesNotContainPattern(counts);
            HttpResponse<String> toAnother = other.get(path);
            assertThat(toAnother.headers().map() + toAnother.body())
                    .as("%s, to another organiser", path)
                    .doesNotContainPattern(counts);
        }
        assertThat(server.log()).doesNotContainPattern(counts);
    }

    @Test
    void anotherOrganisersRoomsAndPollsDoNotExist() throws Exception {
        String room = anna.room("Secret");
        String id = anna.poll(room);
        for (String path : List.of(
                "rooms/" + room,
                "rooms/" + room + "/polls",
                "rooms/" + room + "/audit",
                "polls/" + id,
                "polls/" + id + "/ballots",
                "polls/" + id + "/recount",
                "polls/" + id + "/live")) {
            assertThat(ben.send("GET", path, "").statusCode()).as(path).isEqualTo(404);
        }
        for (String act : List.of(
                "open",
                "close",
                "extend",
                "reveal",
                "hide",
                "stage",
                "archive",
                "restore",
                "again",
                "duplicate",
                "recount")) {
            assertThat(ben.post("polls/" + id + "/" + act, "").statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
        assertThat(ben.send("PUT", "polls/" + id, ApiClient.lunch()).statusCode())
                .isEqualTo(404);
        assertThat(ben.post("rooms/" + room + "/polls", ApiClient.lunch()).statusCode())
                .isEqualTo(404);
        assertThat(ben.send("PUT", "rooms/" + room, "{\"title\":\"Mine\"}").statusCode())
                .isEqualTo(404);
        assertThat(ben.send("DELETE", "rooms/" + room + "?confirm=" + room, "").statusCode())
                .isEqualTo(404);
        assertThat(ben.send("GET", "rooms", "").body()).doesNotContain(room);
        Visitor page = visitor("ben");
        for (String path : List.of(
                "/room?code=" + room,
                "/poll?id=" + id,
                "/write?id=" + id,
                "/write?room=" + room,
                "/share?code=" + room,
                "/poster?code=" + room,
                "/present?code=" + room,
                "/audit?code=" + room,
                "/tally.csv?id=" + id,
                "/ballots.csv?id=" + id,
                "/audit.csv?code=" + room,
                "/vote-code.svg?room=" + room,
                "/room?code=house",
                "/poll?id=cats-vs-dogs")) {
            assertThat(page.get(path).statusCode()).as(path).isEqualTo(404);
        }
        String csrf = page.csrf();
        for (String act :
                List.of("open", "close", "stage", "again", "archive", "restore", "reveal", "recount", "cancel")) {
            assertThat(page.post("/poll?id=" + id, Map.of("csrf", csrf, "do", act))
                            .statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
        assertThat(page.post("/present?code=" + room, Map.of("csrf", csrf, "id", id, "do", "open"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(anna.get("polls/" + id).getString("state")).isEqualTo("waiting");
        assertThat(root.get("rooms/" + room).getString("owner")).isEqualTo("anna");
    }

    /** All that the API describes, so that nothing new is forgotten. */
    @Test
    void noOperationOfTheApiReachesWhatIsAnotherOrganisers() throws Exception {
        String room = anna.room("Operations");
        String id = anna.poll(room, "\"needsCode\":true");
        String batch =
                done(anna.post("polls/" + id + "/codes", "{\"codes\":1}")).getString("batch");
        assertThat(anna.post("polls/" + id + "/recount", "").statusCode()).isEqualTo(202);
        done(anna.post("tokens", "{\"name\":\"operations\",\"days\":7}"));
        String token = Integer.toString(anna.list("tokens").getJsonObject(0).getInt("id"));
        await().until(() ->
                !anna.get("polls/" + id + "/recount").getString("state").equals("running"));
        String before = state();
        JsonObject paths = Json.createReader(
                        new StringReader(server.get("/openapi?format=JSON", "Accept", "application/json")
                                .body()))
                .readObject()
                .getJsonObject("paths");
        String body = ApiClient.lunch(
                "\"title\":\"Mine\"", "\"codes\":1", "\"name\":\"mine\"", "\"days\":1", "\"needsCode\":true");
        int tried = 0;
        for (String path : paths.keySet()) {
            String address = path.replaceFirst("^/api/", "")
                    .replace("{code}", room)
                    .replace("{id}", id)
                    .replace("{batch}", batch)
                    .replace("{number}", token);
            if (path.startsWith("/api/") && path.contains("{")) {
                assertThat(address)
                        .as("a parameter that this test does not know")
                        .doesNotContain("{");
                for (String method : List.of("get", "put", "post", "delete")) {
                    if (!paths.getJsonObject(path).containsKey(method)) {
                        continue;
                    }
                    String as = method.toUpperCase(Locale.ROOT);
                    boolean sends = as.equals("POST") || as.equals("PUT");
                    assertThat(ben.send(as, address, sends ? body : "").statusCode())
                            .as("%s %s", as, path)
                            .isEqualTo(404);
                    tried++;
                    if (as.equals("GET")) {
                        assertThat(anna.send(as, address, "").statusCode())
                                .as("%s %s", as, path)
                                .isNotEqualTo(404);
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(25);
        assertThat(state()).isEqualTo(before);
    }

    /** All rooms, polls, codes, tokens and acts: what none of these requests may change. */
    private static String state() throws Exception {
        return database.text("""
                SELECT concat(
                    (SELECT string_agg(to_jsonb(r)::text, ';' ORDER BY code) FROM room r),
                    (SELECT string_agg(to_jsonb(p)::text, ';' ORDER BY id) FROM poll p),
                    (SELECT string_agg(to_jsonb(b)::text, ';' ORDER BY id) FROM voter_code_batch b),
                    (SELECT string_agg(to_jsonb(r)::text, ';' ORDER BY poll_id) FROM recount r),
                    (SELECT string_agg(id::text, ';' ORDER BY id) FROM api_token),
                    (SELECT max(id) FROM audit))""");
    }

    /** All views, and all that a button of one of them does. */
    @Test
    void noPageShowsOrDoesAnythingToWhatIsAnotherOrganisers() throws Exception {
        String room = anna.room("Pages");
        String id = anna.poll(room, "\"needsCode\":true");
        String batch =
                done(anna.post("polls/" + id + "/codes", "{\"codes\":1}")).getString("batch");
        anna.poll(room);
        String own = ben.room("Own");
        String ownPoll = ben.poll(own, "\"needsCode\":true");
        done(ben.post("polls/" + ownPoll + "/codes", "{\"codes\":1}"));
        Set<String> views = new TreeSet<>();
        Set<String> acts = new TreeSet<>(List.of("open", "close", "reveal", "hide"));
        try (Stream<Path> files = Files.list(Path.of("src/main/webapp"))) {
            for (Path view : files.filter(Files::isRegularFile).toList()) {
                views.add(view.getFileName().toString().replace(".xhtml", ""));
                Pattern.compile("name=\"do\" value=\"([a-zA-Z]+)\"")
                        .matcher(Files.readString(view))
                        .results()
                        .forEach(button -> acts.add(button.group(1)));
            }
        }
        assertThat(views).contains("room", "codes");
        assertThat(acts).contains("rename", "delete", "earlier", "openOnStage", "duplicate", "cancel", "next");
        // These are about nothing but the organiser who opens them.
        views.removeAll(List.of("login", "index", "account", "tokens"));
        Visitor page = visitor("ben");
        Visitor owner = visitor("anna");
        String csrf = page.csrf();
        String before = state();
        String named = "?code=%1$s&room=%1$s&id=%2$s".formatted(room, id);
        Map<String, String> form = new HashMap<>(Map.of(
                "csrf", csrf, "typed", room, "title", "Mine", "codes", "1", "poll", id, "next", id, "previous", id));
        form.putAll(
                Map.of("question", "Mine?", "option0", "Yes", "option1", "No", "language", "en", "results", "live"));
        for (String view : views) {
            assertThat(page.get("/" + view + named).statusCode()).as(view).isEqualTo(404);
            assertThat(owner.get("/" + view + named).statusCode()).as(view).isEqualTo(200);
            for (String act : acts) {
                form.put("do", act);
                assertThat(page.post("/" + view + named, form).statusCode())
                        .as("%s %s", view, act)
                        .isEqualTo(404);
            }
        }
        assertThat(page.post("/write?room=" + room, form).statusCode()).isEqualTo(404);
        // Named within an address of one's own.
        for (String act : List.of("earlier", "later")) {
            assertThat(page.post("/room?code=" + own, Map.of("csrf", csrf, "do", act, "poll", id))
                            .statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
        for (String act : List.of("next", "previous", "open", "reveal")) {
            assertThat(page.post("/present?code=" + own, Map.of("csrf", csrf, "do", act, act, id, "id", id))
                            .statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
        for (String poll : List.of(id, ownPoll)) {
            assertThat(page.post("/codes?id=" + poll, Map.of("csrf", csrf, "revoke", batch))
                            .statusCode())
                    .as("codes of %s", poll)
                    .isEqualTo(404);
        }
        assertThat(ben.send("DELETE", "polls/" + ownPoll + "/codes/" + batch, "")
                        .statusCode())
                .isEqualTo(404);
        for (String path : List.of("/", "/audit", "/audit.csv", "/audit?code=" + own, "/tokens")) {
            assertThat(page.get(path).body())
                    .as(path)
                    .contains(path.endsWith("/tokens") ? "test" : own)
                    .doesNotContain(room, id);
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void membersThatNobodyMaySetAreIgnored() throws Exception {
        String room = anna.room("Masses");
        JsonObject made = done(anna.post(
                "rooms/" + room + "/polls",
                ApiClient.lunch(
                        "\"id\":\"mine\"",
                        "\"room\":\"house\"",
                        "\"owner\":\"ben\"",
                        "\"revealed\":true",
                        "\"version\":99",
                        "\"finalAt\":\"2020-01-01T00:00:00Z\"",
                        "\"votes\":{\"a\":100}")));
        assertThat(made.getString("id")).isNotEqualTo("mine");
        assertThat(made.getString("room")).isEqualTo(room);
        assertThat(made.getBoolean("revealed")).isFalse();
        assertThat(made.getInt("total")).isZero();
        JsonObject other = done(anna.post("rooms", "{\"title\":\"Mine\",\"code\":\"BBBBBB\",\"owner\":\"ben\"}"));
        assertThat(other.getString("owner")).isEqualTo("anna");
        assertThat(other.getString("code")).isNotEqualTo("BBBBBB");
        Visitor page = visitor("anna");
        page.post(
                "/write?room=" + room,
                Map.of(
                        "csrf",
                        page.csrf(),
                        "question",
                        "By form?",
                        "option0",
                        "Yes",
                        "option1",
                        "No",
                        "language",
                        "en",
                        "results",
                        "live",
                        "revealed",
                        "true",
                        "owner",
                        "ben",
                        "position",
                        "77"));
        assertThat(database.text("SELECT revealed || ' ' || position FROM poll WHERE question = 'By form?'"))
                .isEqualTo("false 1");
    }

    @Test
    void nobodysChangeIsLostSilently() throws Exception {
        String id = anna.poll(anna.room("Both"));
        long version = anna.get("polls/" + id).getInt("version");
        String seen = "\"" + version + "\"";
        done(root.send("PUT", "polls/" + id, ApiClient.lunch().replace("Pizza", "Pasta"), "If-Match", seen));
        HttpResponse<String> late =
                anna.send("PUT", "polls/" + id, ApiClient.lunch().replace("Sushi", "Salad"), "If-Match", seen);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(ApiClient.object(late).getInt("version")).isGreaterThan((int) version);
        assertThat(anna.post("polls/" + id + "/open", "", "If-Match", seen).statusCode())
                .isEqualTo(412);
        assertThat(anna.send("PUT", "polls/" + id, ApiClient.lunch(), "If-Match", "three")
                        .statusCode())
                .isEqualTo(400);

        Visitor page = visitor("anna");
        Map<String, String> form = new HashMap<>(Map.of(
                "csrf",
                page.csrf(),
                "version",
                Long.toString(version),
                "question",
                "Mine?",
                "option0",
                "Yes",
                "option1",
                "No",
                "language",
                "en",
                "results",
                "live"));
        HttpResponse<String> conflict = page.post("/write?id=" + id, form);
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body())
                .contains("This was changed meanwhile.", "root", "Pasta", "value=\"Mine?\"")
                .doesNotContain("name=\"version\" value=\"" + version + "\"");
        assertThat(anna.get("polls/" + id).getString("question")).isEqualTo("Where do we eat?");
    }

    @Test
    void aVersionThatAProgramSawIsIgnoredByNoneOfWhatCanBeDone() throws Exception {
        String room = anna.room("Seen");
        String id = anna.poll(room);
        long polls = Long.parseLong(database.text("SELECT count(*) FROM poll"));
        List<String> acts = List.of(
                "polls/" + id + "/archive",
                "polls/" + id + "/restore",
                "polls/" + id + "/again",
                "polls/" + id + "/duplicate",
                "polls/" + id + "/stage",
                "polls/" + id + "/hide",
                "rooms/" + room + "/archive",
                "rooms/" + room + "/restore");
        for (String act : acts) {
            assertThat(anna.post(act, "", "If-Match", "\"0\"").statusCode())
                    .as(act)
                    .isEqualTo(412);
        }
        assertThat(anna.send("DELETE", "rooms/" + room + "?confirm=" + room, "", "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(ids(anna.get("rooms/" + room))).containsExactly(id);
        assertThat(database.text("SELECT count(*) FROM poll")).isEqualTo(Long.toString(polls));

        HttpResponse<String> seen = anna.send("GET", "rooms/" + room, "");
        String version = seen.headers().firstValue("ETag").orElseThrow();
        assertThat(anna.send("DELETE", "rooms/" + room + "?confirm=" + room, "", "If-Match", version)
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "soonZ", "2099-07-01T10:00Z"})
    void aTimeInTheFormIsReadOrToldToBeWrong(String time) throws Exception {
        Visitor page = visitor("anna");
        String room = anna.room("Times");
        HttpResponse<String> wrong = page.post(
                "/write?room=" + room,
                Map.of(
                        "csrf",
                        page.csrf(),
                        "question",
                        "",
                        "option0",
                        "Yes",
                        "option1",
                        "No",
                        "language",
                        "en",
                        "results",
                        "live",
                        "opens",
                        time));
        assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
        assertThat(wrong.body()).contains("Write a question of 1 to 200 characters.");
    }

    @Test
    void twoWhoOpenAtTheSameTimeOpenOnce() throws Exception {
        String id = anna.poll(anna.room("Race"));
        List<CompletableFuture<Integer>> tries = IntStream.range(0, 6)
                .mapToObj(one -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return anna.post("polls/" + id + "/open", "").statusCode();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                }))
                .toList();
        assertThat(tries.stream().map(CompletableFuture::join).filter(status -> status == 200))
                .hasSize(1);
        assertThat(database.text("SELECT count(*) FROM audit WHERE action = 'poll.opened' AND poll_id = '" + id + "'"))
                .isEqualTo("1");
    }

    @Test
    void aDeletedRoomLeavesItsCodeAlone() throws Exception {
        String room = anna.room("Gone");
        String open = anna.poll(room);
        String waiting = anna.poll(room);
        done(anna.post("polls/" + open + "/open", ""));
        assertRefused(anna.send("DELETE", "rooms/" + room + "?confirm=BBBBBB", ""), "other-code");
        assertThat(anna.send("DELETE", "rooms/" + room + "?confirm=" + room.toLowerCase(Locale.ROOT), "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(anna.send("GET", "rooms/" + room, "").statusCode()).isEqualTo(404);
        assertThat(anna.send("GET", "polls/" + open, "").statusCode()).isEqualTo(404);
        assertThat(database.text("SELECT title || coalesce(stage, '') || (deleted_at <= now()) FROM room WHERE code = '"
                        + room + "'"))
                .isEqualTo("-true");
        for (String id : List.of(open, waiting)) {
            assertThat(database.text("SELECT (closes <= now()) || ' ' || (opens < closes) || ' ' || revealed || ' ' || "
                            + "(archived_at IS NOT NULL) FROM poll WHERE id = '" + id + "'"))
                    .as(id)
                    .isEqualTo("true true false true");
        }
    }

    @Test
    void pollsChangePlacesAndTheStage() throws Exception {
        String room = anna.room("Order");
        String first = anna.poll(room);
        String second = anna.poll(room);
        String third = done(anna.post("polls/" + first + "/duplicate", "")).getString("id");
        assertThat(ids(anna.get("rooms/" + room))).containsExactly(first, second, third);
        Visitor page = visitor("anna");
        assertThat(page.post("/room?code=" + room, Map.of("csrf", page.csrf(), "do", "earlier", "poll", third))
                        .statusCode())
                .isEqualTo(303);
        assertThat(ids(anna.get("rooms/" + room))).containsExactly(first, third, second);
        done(anna.post("polls/" + second + "/stage", ""));
        assertThat(anna.get("rooms/" + room).getString("stage")).isEqualTo(second);
        String again = done(anna.post("polls/" + first + "/again", "")).getString("id");
        assertThat(ids(anna.get("rooms/" + room))).containsExactly(first, again, third, second);
    }

    @Test
    void anAdministratorSteersTheHouseRoomAndDoesNotRewordIt() throws Exception {
        assertThat(root.list("rooms").getJsonObject(0).getString("code")).isEqualTo("house");
        assertThat(root.get("polls/cats-vs-dogs").getString("state")).isEqualTo("open");
        assertThat(done(root.post("polls/cats-vs-dogs/close", "")).getString("state"))
                .isEqualTo("counting");
        assertThat(done(root.post("polls/cats-vs-dogs/open", "")).getString("state"))
                .isEqualTo("open");
        assertRefused(root.send("PUT", "polls/cats-vs-dogs", ApiClient.lunch()), "house");
        assertRefused(root.post("polls/cats-vs-dogs/archive", ""), "house");
        assertThat(anna.send("GET", "polls/cats-vs-dogs", "").statusCode()).isEqualTo(404);
        assertThat(visitor("root").get("/room?code=house").body()).contains("House room", "Cats vs Dogs!");
        assertThat(visitor("root").get("/poll?id=cats-vs-dogs").body())
                .contains("To ask it again, write it in a room of your own.", "POLL_ID")
                .doesNotContain("value=\"again\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"question\":\"\",\"options\":[\"a\",\"b\"]}",
                "{\"question\":null,\"options\":[\"a\",\"b\"]}",
                "{\"question\":\"Q\",\"options\":null}",
                "{\"question\":\"Q\",\"options\":[\"a\"]}",
                "{\"question\":\"Q\",\"options\":[\"a\",null]}",
                "{\"question\":\"Q\",\"options\":[\"a\",\"a\"]}",
                "{\"question\":\"Q\",\"options\":[\"a\",\"\"]}",
                "{\"question\":\"Q\",\"options\":[\"a\",\"b\"],\"revote\":\"never\"}",
                "{\"question\":\"Q\",\"options\":[\"a\",\"b\"],\"revote\":\"Changeable\",\"needsCode\":true}",
                "{\"question\":\"Q\",\"options\":[\"a\",\"b\"],\"results\":null}",
                "{\"question\":\"Q\",\"options\":[\"a\",\"b\"],\"opens\":\"tomorrow\"}",
                "{\"question\":\"Q\",\"options\":[\"a\",\"b\"],\"opens\":\"2099-01-01T10:00:00Z\",\"closes\":\"2098-01-01T10:00:00Z\"}",
                "{\"question\":\"Q\",\"options\":\"a\"}",
                "[]",
                "{",
                "null"
            })
    void aBodyThatIsNoPollIsToldWhatIsWrong(String body) throws Exception {
        String room = anna.room("Wrong");
        HttpResponse<String> answer = anna.post("rooms/" + room + "/polls", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(ids(anna.get("rooms/" + room))).isEmpty();
    }

    @Test
    void bodiesAndRoomsAndPollsAreBounded() throws Exception {
        assertThat(anna.post("rooms", "{\"title\":\"" + "x".repeat(40_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(anna.post("rooms", "{\"title\":\"" + "x".repeat(101) + "\"}").statusCode())
                .isEqualTo(400);
        database.execute("""
                INSERT INTO room (code, title, owner)
                SELECT 'B' || translate(lpad(n::text, 5, '0'), '01', 'XZ'), 'Many', 'ben' FROM generate_series(1, 190) n""");
        while (ben.list("rooms").size() < 200) {
            ben.room("More");
        }
        assertRefused(ben.post("rooms", "{\"title\":\"One more\"}"), "too-many-rooms");
        database.execute("DELETE FROM room WHERE title = 'Many'");
        String room = ben.room("Polls");
        database.execute("""
                INSERT INTO poll (id, question, revote, room_code, position)
                SELECT 'many-' || n, 'Q', 'final', '%s', n FROM generate_series(1, 100) n""".formatted(room));
        assertRefused(ben.post("rooms/" + room + "/polls", ApiClient.lunch()), "too-many-polls");
    }

    @Test
    void hostileLabelsAreTextOnEveryPage() throws Exception {
        String room =
                done(anna.post("rooms", "{\"title\":\"" + HOSTILE_JSON + "\"}")).getString("code");
        String id = done(anna.post(
                        "rooms/" + room + "/polls",
                        "{\"question\":\"%1$s?\",\"options\":[\"%1$s\",\"=1+1\"],\"needsCode\":true}"
                                .formatted(HOSTILE_JSON)))
                .getString("id");
        anna.poll(room);
        database.execute("UPDATE poll_option SET first_label = label WHERE poll_id = '" + id + "'");
        Visitor page = visitor("anna");
        String csrf = page.csrf();
        page.post("/tokens", Map.of("csrf", csrf, "name", HOSTILE, "days", "7"));
        Map<String, HttpResponse<String>> shown = new HashMap<>();
        for (String path : List.of(
                "/",
                "/room?code=" + room,
                "/poll?id=" + id,
                "/write?id=" + id,
                "/codes?id=" + id,
                "/share?code=" + room,
                "/poster?code=" + room,
                "/present?code=" + room,
                "/audit?code=" + room,
                "/tokens")) {
            shown.put(path, page.get(path));
            assertThat(shown.get(path).statusCode()).as(path).isEqualTo(200);
        }
        shown.put("the sheet", page.post("/codes?id=" + id, Map.of("csrf", csrf, "codes", "1")));
        Map<String, String> wrong = new HashMap<>(Map.of("csrf", csrf, "version", "1", "question", HOSTILE));
        wrong.putAll(
                Map.of("option0", HOSTILE, "language", HOSTILE, "opens", HOSTILE, "title", HOSTILE, "name", HOSTILE));
        for (String path : List.of("/write?id=" + id, "/tokens")) {
            shown.put("back from " + path, page.post(path, wrong));
            assertThat(shown.get("back from " + path).statusCode()).as(path).isEqualTo(400);
        }
        wrong.put("title", HOSTILE + "x".repeat(100));
        wrong.put("do", "rename");
        for (String path : List.of("/", "/room?code=" + room)) {
            shown.put("back from " + path, page.post(path, wrong));
            assertThat(shown.get("back from " + path).statusCode()).as(path).isEqualTo(400);
        }
        SoftAssertions softly = new SoftAssertions();
        shown.forEach((path, one) -> softly.assertThat(one.body())
                .as(path)
                .contains("&lt;script")
                .doesNotContain("<script>alert", "<img src=x", "\" onfocus"));
        softly.assertAll();
        HttpResponse<String> csv = page.get("/tally.csv?id=" + id);
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(csv.body()).startsWith("\uFEFFpoll,question,round").contains(",b,'=1+1,0\r\n");
        assertThat(page.get("/room?code=" + HOSTILE.replaceAll("[<> =()/\"']", ""))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPollIsWrittenAndSteeredByForms() throws Exception {
        Visitor page = visitor("anna");
        String csrf = page.csrf();
        HttpResponse<String> made = page.post("/", Map.of("csrf", csrf, "title", "By form"));
        assertThat(made.statusCode()).isEqualTo(303);
        String room = made.headers().firstValue("Location").orElseThrow().replaceFirst(".*code=", "");
        Map<String, String> form = new HashMap<>(Map.of(
                "csrf",
                csrf,
                "question",
                "",
                "option0",
                "Yes",
                "option3",
                "No",
                "language",
                "en",
                "results",
                "live",
                "opens",
                "2099-07-01T10:00",
                "zone",
                "Europe/Berlin"));
        HttpResponse<String> wrong = page.post("/write?room=" + room, form);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("Write a question of 1 to 200 characters.", "value=\"Yes\"", "value=\"2099-07-01T08:00\"");
        form.put("question", "By form, too?");
        HttpResponse<String> written = page.post("/write?room=" + room, form);
        assertThat(written.statusCode()).as(written.body()).isEqualTo(303);
        String id = written.headers().firstValue("Location").orElseThrow().replaceFirst(".*id=", "");
        JsonObject poll = anna.get("polls/" + id);
        assertThat(poll.getString("opens")).isEqualTo("2099-07-01T08:00:00Z");
        assertThat(poll.getJsonArray("options")).hasSize(2);
        assertThat(page.get("/poll?id=" + id).body())
                .contains(
                        "Open voting",
                        "Being published.",
                        "http-equiv=\"refresh\"",
                        "https://vote.example.org/" + room);
        String version = Integer.toString(poll.getInt("version"));
        assertThat(page.post("/poll?id=" + id, Map.of("csrf", csrf, "do", "open", "version", version))
                        .statusCode())
                .isEqualTo(303);
        database.execute("UPDATE audit SET at = now() - interval '11 seconds' WHERE poll_id = '" + id + "'");
        assertThat(page.get("/poll?id=" + id).body()).contains("data-effect=\"false\"", "Not in effect yet.");
        publish(id);
        assertThat(page.get("/poll?id=" + id).body()).contains("Close voting", "In effect since");
        HttpResponse<String> stale =
                page.post("/poll?id=" + id, Map.of("csrf", csrf, "do", "close", "version", version));
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("This was changed meanwhile.");
        assertThat(page.post("/poll?id=" + id, Map.of("csrf", csrf, "do", "explode"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(page.post("/poll?id=" + id, Map.of("do", "close")).statusCode())
                .as("without the token of forms")
                .isEqualTo(403);
    }

    /** Archived rooms are read near the end of the page, when Faces has written a hundred others. */
    @Test
    void aPageThatFailsNearItsEndIsAnErrorPageAndTheLogNamesTheCause() throws Exception {
        Visitor page = visitor("anna");
        database.execute("""
                INSERT INTO room (code, title, owner)
                SELECT 'HF' || translate(lpad(n::text, 4, '0'), '01', 'XZ'), 'Halfway ' || repeat('x', 90), 'anna'
                FROM generate_series(1, 120) n""");
        assertThat(page.get("/").body()).hasSizeGreaterThan(40_000);
        int before = server.log().length();
        database.execute(
                "INSERT INTO room (code, title, owner, archived_at) VALUES ('broken', 'Halfway there', 'anna', now())");
        HttpResponse<String> failed;
        try {
            failed = page.get("/");
        } finally {
            database.execute("DELETE FROM room WHERE title LIKE 'Halfway %'");
        }

        assertThat(failed.statusCode()).as(failed.body()).isEqualTo(500);
        assertThat(failed.body())
                .contains("Something went wrong", "Go to your rooms")
                .doesNotContain("Halfway", "broken", "Exception");
        assertThat(page.get("/").statusCode()).as("once it is mended").isEqualTo(200);
        assertThat(server.log().substring(before))
                .contains("Caused by: java.lang.IllegalArgumentException: no room code: broken");
    }

    @Test
    void aTokenIsShownOnceWorksAndIsRevoked() throws Exception {
        JsonObject made = done(anna.post("tokens", "{\"name\":\"deploy\",\"days\":7}"));
        ApiClient program = new ApiClient(server, made.getString("token"));
        assertThat(program.send("GET", "rooms", "").statusCode()).isEqualTo(200);
        int number = anna.list("tokens").getJsonObject(0).getInt("id");
        assertThat(ben.send("DELETE", "tokens/" + number, "").statusCode()).isEqualTo(404);
        assertThat(anna.send("DELETE", "tokens/" + number, "").statusCode()).isEqualTo(204);
        assertThat(program.send("GET", "rooms", "").statusCode()).isEqualTo(401);
        Visitor page = visitor("anna");
        HttpResponse<String> shown = page.post("/tokens", Map.of("csrf", page.csrf(), "name", "page", "days", "7"));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).containsPattern("<code id=\"token\" dir=\"ltr\">[A-Za-z0-9_-]{43}</code>");
        assertThat(page.get("/tokens").body()).contains("page").doesNotContain("<code");
    }

    @Test
    void aTokenOfAnyNumberIsRevokedAndOtherNumbersAreNotFound() throws Exception {
        database.execute("""
                INSERT INTO api_token (id, token_hash, organiser, administrator, name, expires_at) OVERRIDING SYSTEM VALUE
                VALUES (9223372036854775806, sha256('1'), 'anna', false, 'long', now() + interval '1 day'),
                       (9223372036854775807, sha256('2'), 'anna', false, 'longest', now() + interval '1 day')""");
        Visitor page = visitor("anna");
        String csrf = page.csrf();
        assertThat(anna.send("DELETE", "tokens/9223372036854775807", "").statusCode())
                .isEqualTo(204);
        assertThat(page.post("/tokens", Map.of("csrf", csrf, "revoke", "9223372036854775806"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(database.text("SELECT count(*) FROM api_token WHERE name LIKE 'long%'"))
                .isEqualTo("0");
        for (String none : List.of("9223372036854775807", "9223372036854775808", "0", "-1", "x")) {
            HttpResponse<String> unknown = anna.send("DELETE", "tokens/" + none, "");
            assertThat(unknown.statusCode()).as(none).isEqualTo(404);
            assertThat(ApiClient.object(unknown).getString("detail"))
                    .isEqualTo("There is nothing at this address for this organiser.");
            assertThat(page.post("/tokens", Map.of("csrf", csrf, "revoke", none))
                            .statusCode())
                    .as(none)
                    .isEqualTo(404);
        }
    }

    @Test
    void theApiDescribesItself() throws Exception {
        String description = visitor("anna").get("/openapi").body();
        assertThat(description)
                .contains("/api/rooms/{code}/polls", "/api/polls/{id}/open", "PollForm", "bearer", "/api/tokens");
    }
}
