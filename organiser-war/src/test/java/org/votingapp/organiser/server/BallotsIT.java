package org.votingapp.organiser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.testsupport.UnusedPort;

/** What an organiser learns of the ballots of a poll, with the rights of the organiser server's role. */
class BallotsIT {

    private static final String PASSWORD = "Käse, Brot & 1 Ei";

    /** A recount rests nine times as long as its steps take: on a busy machine half a minute for a hundred thousand ballots. */
    private static final Duration RECOUNT_LIMIT = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static OrganiserDatabase database;
    private static OrganiserServer server;
    private static ApiClient anna;

    private String room;
    private String id;

    @BeforeAll
    static void start() throws Exception {
        database = new OrganiserDatabase(folder.resolve("postgres"), UnusedPort.find());
        database.start();
        database.migrate();
        // In production few (roles.sql), so that nothing may need more of them the more ballots there are.
        database.execute("ALTER ROLE voting_organiser SET temp_file_limit = 0");
        Map<String, String> variables = new HashMap<>(database.variables());
        variables.put("ORGANISERS", OrganiserLine.make("anna", OrganiserLine.ORGANISER, PASSWORD));
        server = new OrganiserServer(folder, variables);
        server.start();
        server.awaitUp("ready");
        String token = "a".repeat(43);
        database.execute(
                "INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at) VALUES (sha256('%s'), 'anna', false, 'test', now() + interval '1 day')"
                        .formatted(token));
        anna = new ApiClient(server, token);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @BeforeEach
    void ask() throws Exception {
        room = anna.room("Ballots");
        id = ApiClient.object(anna.post(
                        "rooms/" + room + "/polls", "{\"question\":\"Which?\",\"options\":[\"=1+1\",\"Käse, Brot\"]}"))
                .getString("id");
        anna.post("polls/" + id + "/open", "");
    }

    /** As the worker records them: the voters' ids in the order in which they voted. */
    private void vote(String choice, int votes) throws Exception {
        database.execute("""
                INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at)
                SELECT '%1$s', gen_random_uuid(), '%2$s', n || '-0', now() FROM generate_series(1, %3$d) n;
                UPDATE tally SET votes = votes + %3$d WHERE poll_id = '%1$s' AND choice = '%2$s'
                """.formatted(id, choice, votes));
    }

    private void close() throws Exception {
        anna.post("polls/" + id + "/close", "");
        database.execute("UPDATE poll SET final_at = clock_timestamp() WHERE id = '" + id + "'");
    }

    private HttpResponse<String> ballots() throws Exception {
        return anna.send("GET", "polls/" + id + "/ballots", "");
    }

    private static Visitor visitor() throws Exception {
        Visitor visitor = new Visitor(server);
        assertThat(visitor.logIn("anna", PASSWORD).statusCode()).isEqualTo(303);
        return visitor;
    }

    private void assertRefused(String reason, String sentence) throws Exception {
        HttpResponse<String> refused = ballots();
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(ApiClient.object(refused).getString("reason")).isEqualTo(reason);
        Visitor page = visitor();
        HttpResponse<String> shown = page.get("/ballots.csv?id=" + id);
        assertThat(shown.statusCode()).isEqualTo(409);
        assertThat(shown.body()).contains(sentence);
        assertThat(page.get("/poll?id=" + id).body()).contains(sentence).doesNotContain("ballots.csv");
    }

    @Test
    void theBallotsOfAFinalPollAreExportedInAnOrderThatNobodyCanKnow() throws Exception {
        vote("a", 3_000);
        vote("b", 4_000);
        close();

        HttpResponse<String> file = ballots();

        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"" + id + "-ballots.csv\"");
        assertThat(file.headers().firstValueAsLong("Content-Length"))
                .hasValue(file.body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(file.body()).startsWith("\uFEFFkey,label\r\n");
        List<String> lines = Arrays.asList(file.body().split("\r\n")).subList(1, 7_001);
        assertThat(Collections.frequency(lines, "a,'=1+1")).isEqualTo(3_000);
        assertThat(Collections.frequency(lines, "b,\"Käse, Brot\"")).isEqualTo(4_000);
        assertThat(Collections.frequency(lines.subList(0, 3_000), "a,'=1+1"))
                .as("those who voted first are not first, by far more than chance would have it")
                .isBetween(1_000, 1_600);

        HttpResponse<String> again = visitor().get("/ballots.csv?id=" + id);
        assertThat(again.body()).hasSameSizeAs(file.body()).isNotEqualTo(file.body());
    }

    @Test
    void manyBallotsAreExportedWithoutTemporaryFilesOfPostgres() throws Exception {
        vote("a", 200_000);
        close();

        HttpResponse<String> file = ballots();

        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        assertThat(file.body().lines()).hasSize(200_001);
    }

    @Test
    void ballotsAreNotExportedBeforeTheResultIsFinal() throws Exception {
        vote("a", 1);
        assertRefused("ballots-not-final", "Ballots can be downloaded once the result is final.");
        anna.post("polls/" + id + "/close", "");
        assertRefused("ballots-not-final", "Ballots can be downloaded once the result is final.");
        close();
        assertThat(ballots().statusCode()).isEqualTo(200);
        anna.post("polls/" + id + "/open", "");
        assertRefused("ballots-not-final", "Ballots can be downloaded once the result is final.");
    }

    @Test
    void ballotsThatAreDeletedAreNotExported() throws Exception {
        vote("a", 1);
        close();
        assertThat(visitor().get("/poll?id=" + id).body()).contains("ballots.csv?id=" + id);
        database.execute("UPDATE poll SET ballots_deleted_at = now() WHERE id = '" + id + "'");
        assertRefused("ballots-gone", "The ballots of this poll were deleted.");
    }

    @Test
    void aPollForWhichNobodyVotedHasAFileWithoutBallots() throws Exception {
        close();
        assertThat(ballots().body()).isEqualTo("\uFEFFkey,label\r\n");
    }

    /** The first download waits for Postgres in the middle of its work, as long as the test wants. */
    @Test
    void whileBallotsAreDownloadedAnotherDownloadIsRefusedInWords() throws Exception {
        vote("a", 3);
        close();
        Visitor page = visitor();
        CompletableFuture<HttpResponse<String>> first;
        try (Connection holder = database.connect();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE ballot");
            first = CompletableFuture.supplyAsync(() -> {
                try {
                    return ballots();
                } catch (Exception failed) {
                    throw new CompletionException(failed);
                }
            });
            await().until(() -> database.text(
                            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'voting-organiser-export' AND wait_event_type = 'Lock'")
                    .equals("1"));

            HttpResponse<String> second = ballots();
            assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
            assertThat(second.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(second.headers().firstValue("Content-Disposition")).isEmpty();
            assertThat(ApiClient.object(second).getString("reason")).isEqualTo("exporting");
            HttpResponse<String> shown = page.get("/ballots.csv?id=" + id);
            assertThat(shown.statusCode()).isEqualTo(409);
            assertThat(shown.headers().firstValue("Content-Disposition")).hasValue("inline");
            assertThat(shown.body()).contains("Ballots are being downloaded already. Try again in a moment.");
            assertThat(first).isNotDone();
            holder.rollback();
        }
        assertThat(first.join().body()).isEqualTo("\uFEFFkey,label\r\n" + "a,'=1+1\r\n".repeat(3));
        assertThat(ballots().statusCode()).as("the turn is free").isEqualTo(200);
    }

    private JsonObject recounted() throws Exception {
        HttpResponse<String> begun = anna.post("polls/" + id + "/recount", "");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        return await().atMost(RECOUNT_LIMIT)
                .until(
                        () -> anna.get("polls/" + id + "/recount"),
                        recount -> !recount.getString("state").equals("running"));
    }

    private String noted() throws Exception {
        JsonObject newest = anna.list("rooms/" + room + "/audit").getValuesAs(JsonObject.class).stream()
                .filter(entry -> entry.getString("poll").equals(id))
                .findFirst()
                .orElseThrow();
        return newest.getString("organiser") + ": " + newest.getString("action") + ": " + newest.getString("after");
    }

    @Test
    void aRecountOfManyBallotsEqualsTheTally() throws Exception {
        vote("a", 20_000);
        vote("b", 25_001);
        close();
        assertThat(anna.send("GET", "polls/" + id + "/recount", "").statusCode())
                .isEqualTo(404);

        JsonObject recount = recounted();

        assertThat(recount.getString("state")).isEqualTo("equal");
        assertThat(recount.getInt("counted")).isEqualTo(45_001);
        assertThat(recount.getJsonArray("options").getJsonObject(1).getInt("ballots"))
                .isEqualTo(25_001);
        assertThat(noted()).isEqualTo("anna: poll.recounted: 45001 ballots, equal to the tally");
        assertThat(visitor().get("/poll?id=" + id).body()).contains("45,001 ballots, equal to the votes.");
    }

    @Test
    void aRecountTellsWhatDiffers() throws Exception {
        vote("a", 3);
        vote("b", 2);
        database.execute("UPDATE tally SET votes = 1 WHERE choice = 'b' AND poll_id = '" + id + "'");
        close();

        assertThat(recounted().getString("state")).isEqualTo("different");

        assertThat(noted()).isEqualTo("anna: poll.recounted: 5 ballots, 4 in the tally; b: 2, 1 in the tally");
        assertThat(visitor().get("/poll?id=" + id).body())
                .contains("They are not as many as the votes:", "Ballots: 2. Votes: 1.")
                .doesNotContain("Ballots: 3.");
    }

    @Test
    void whileVotesComeInNothingIsCompared() throws Exception {
        vote("a", 3);
        assertThat(recounted().getString("state")).isEqualTo("unsettled");
        assertThat(noted()).isEqualTo("anna: poll.recounted: 3 ballots, counted while votes came in");
    }

    @Test
    void aRecountIsCancelledAndNoTwoRunAtOnce() throws Exception {
        vote("a", 300_000);
        close();
        Visitor page = visitor();
        String csrf = page.csrf();
        assertThat(page.post("/poll?id=" + id, Map.of("csrf", csrf, "do", "recount"))
                        .statusCode())
                .isEqualTo(303);
        HttpResponse<String> second = anna.post("polls/" + id + "/recount", "");
        assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
        assertThat(ApiClient.object(second).getString("reason")).isEqualTo("recount-running");
        assertThat(page.post("/poll?id=" + id, Map.of("csrf", csrf, "do", "cancel"))
                        .statusCode())
                .isEqualTo(303);

        assertThat(anna.get("polls/" + id + "/recount").getString("state")).isEqualTo("cancelled");
        assertThat(noted()).isEqualTo("anna: poll.recountCancelled: ");
        assertThat(page.get("/poll?id=" + id).body()).contains("The recount was cancelled.");
        assertThat(ApiClient.object(anna.send("DELETE", "polls/" + id + "/recount", ""))
                        .getString("state"))
                .as("once more changes nothing")
                .isEqualTo("cancelled");
        assertThat(recounted().getInt("counted")).isEqualTo(300_000);
    }

    @Test
    void aRecountThatAnotherServerBeganGoesOnHere() throws Exception {
        vote("a", 25_000);
        close();
        database.execute("SELECT begin_recount('%1$s', 'ben'); SELECT step_recount('%1$s')".formatted(id));

        await().atMost(RECOUNT_LIMIT)
                .untilAsserted(
                        () -> assertThat(noted()).isEqualTo("ben: poll.recounted: 25000 ballots, equal to the tally"));
    }

    @Test
    void aRecountCallsAPersonOfTheProviderByTheirOwnName() throws Exception {
        vote("a", 1);
        close();
        database.execute("""
                INSERT INTO organiser_identity (name, issuer, subject, display_name, administrator)
                VALUES ('oidc:ewa', 'https://provider.example', '7', 'Ewa Łęcka', false);
                SELECT begin_recount('%s', 'oidc:ewa')""".formatted(id));

        await().atMost(RECOUNT_LIMIT)
                .untilAsserted(
                        () -> assertThat(noted()).isEqualTo("oidc:ewa: poll.recounted: 1 ballots, equal to the tally"));

        assertThat(visitor().get("/audit?code=" + room).body())
                .contains(">Ewa Łęcka<")
                .doesNotContain("oidc:ewa");
        assertThat(anna.get("polls/" + id + "/recount").getString("knownAs")).isEqualTo("Ewa Łęcka");
    }

    @Test
    void withoutItsBallotsAPollIsNotCountedAnew() throws Exception {
        vote("a", 1);
        close();
        database.execute("UPDATE poll SET ballots_deleted_at = now() WHERE id = '" + id + "'");
        HttpResponse<String> refused = anna.post("polls/" + id + "/recount", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(ApiClient.object(refused).getString("reason")).isEqualTo("ballots-gone");
        assertThat(visitor().get("/poll?id=" + id).body()).doesNotContain("value=\"recount\"");
    }

    /** As the worker keeps it. */
    @Test
    void howAPollIsGoingIsToldByTheWorkersBooks() throws Exception {
        vote("a", 7);
        JsonObject before = anna.get("polls/" + id + "/live");
        assertThat(before.containsKey("voters")).isFalse();
        database.execute("""
                INSERT INTO vote_pace VALUES ('%1$s', date_trunc('minute', now()) - interval '3 hours', 2),
                    ('%1$s', date_trunc('minute', now()) - interval '2 minutes', 6),
                    ('%1$s', date_trunc('minute', now()), 7);
                INSERT INTO poll_books (poll_id, voters, votes) VALUES ('%1$s', 9, 7);
                DELETE FROM ballot_books;
                INSERT INTO ballot_books (accepted, recorded, duplicate, rejected, pending, delay_millis)
                    VALUES (10, 7, 0, 1, 2, 340);
                INSERT INTO rejected_ballot VALUES ('1-0', '%1$s', 'voter is "<b>"; it must be 16 bytes', now()),
                    ('2-0', 'another-poll', 'there is no poll "another-poll"', now())
                """.formatted(id));

        JsonObject live = anna.get("polls/" + id + "/live");

        assertThat(live.getJsonArray("votesByMinute").getValuesAs(JsonNumber::longValue))
                .hasSize(30)
                .filteredOn(votes -> votes > 0)
                .containsExactly(4L, 1L);
        assertThat(live.getInt("voters")).isEqualTo(9);
        assertThat(live.getInt("votes")).isEqualTo(7);
        assertThat(live.getInt("pending")).isEqualTo(2);
        assertThat(live.getInt("delayMillis")).isEqualTo(340);
        assertThat(live.getJsonArray("rejected")).hasSize(1);
        String page = visitor().get("/poll?id=" + id).body();
        assertThat(page)
                .contains(
                        "Votes on their way: 2",
                        "Busiest minute: 4.",
                        "<polyline points=\"0.0,39.0 ",
                        "From vote to count: 0.3 s",
                        "voter is &quot;&lt;b&gt;&quot;; it must be 16 bytes")
                .doesNotContain("another-poll");

        database.execute("UPDATE poll_books SET voters = 7; UPDATE ballot_books SET pending = 0");
        assertThat(visitor().get("/poll?id=" + id).body()).contains("All 7 votes so far are counted.");
        database.execute("UPDATE poll_books SET voters = 8 WHERE poll_id = '" + id + "'");
        close();
        assertThat(visitor().get("/poll?id=" + id).body()).contains("Voters on record: 8. Votes counted: 7.");
        database.execute("UPDATE poll_books SET voters = 7 WHERE poll_id = '" + id + "'");
        assertThat(visitor().get("/poll?id=" + id).body()).contains("All 7 votes are counted.");
    }
}
