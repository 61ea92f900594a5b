package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.faults.FaultStack.Links;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;

/** A store or a firewall closes idle connections. The servers replace them, and no voter notices. */
class DeadConnectionsIT {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** {@code VOTE_TIMEOUT}, plus one second for a busy machine. */
    private static final Duration VOTE_LIMIT = Duration.ofMillis(2_500);

    /** The connections of vote servers and workers that are not in a blocking command. */
    private static final Pattern WAITS_FOR_NOTHING =
            Pattern.compile("(?m)^id=(\\d+) .* name=(?:vote|worker)\\S* .* flags=N ");

    private static final Links LINKS = new Links();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LocalStack stack;

    private final Map<LibertyPart, Integer> logged = new HashMap<>();

    @BeforeAll
    static void start() {
        stack = TestStacks.open(TestStacks.describe()
                .set(ServerKind.VOTE, "REDIS_URL", "redis://127.0.0.1:" + LINKS.voteToRedis.port())
                .set(ServerKind.WORKER, "REDIS_URL", "redis://127.0.0.1:" + LINKS.workerToRedis.port())
                .set(ServerKind.WORKER, "DB_PORT", String.valueOf(LINKS.workerToPostgres.port()))
                .set(ServerKind.RESULT, "DB_PORT", String.valueOf(LINKS.resultToPostgres.port())));
        LINKS.voteToRedis.leadTo(stack.redis().port());
        LINKS.workerToRedis.leadTo(stack.redis().port());
        LINKS.workerToPostgres.leadTo(stack.postgres().port());
        LINKS.resultToPostgres.leadTo(stack.postgres().port());
        stack.start(START_LIMIT);
    }

    @AfterAll
    static void end() {
        stack.close();
        LINKS.close();
    }

    @BeforeEach
    void rememberWhatWasLoggedBefore() throws IOException {
        for (LibertyPart server : List.of(stack.vote(), stack.worker(), stack.result())) {
            logged.put(server, Files.readString(server.log()).length());
        }
    }

    /** Covers votes and the worker's metrics, which have a connection of their own. */
    @Test
    void connectionsThatRedisClosesAreReplacedUnnoticed() throws Exception {
        vote();
        metrics();
        try (Jedis redis = stack.redis().connect()) {
            // Those that wait for nothing; vote servers and workers use each of them every second.
            WAITS_FOR_NOTHING
                    .matcher(redis.clientList())
                    .results()
                    .forEach(client -> redis.clientKill(new ClientKillParams().id(client.group(1))));

            vote();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(metrics()).containsPattern("(?m)^ballots_accepted\\S* [1-9]"));
        }

        assertThat(log(stack.vote())).doesNotContain("takes no ballots");
        assertThat(log(stack.worker())).doesNotContain("Redis failed");
    }

    @Test
    void connectionsThatPostgresEndsAreReplacedUnnoticed() throws Exception {
        vote();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(shown()).isEqualTo(accepted()));
        try (Connection administrator = stack.postgres().connectAsSuperuser();
                Statement statement = administrator.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE state = 'idle' AND application_name IN ('voting-worker', 'voting-result')");
        }

        vote();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(shown()).isEqualTo(accepted()));

        assertThat(log(stack.worker())).doesNotContain("Postgres failed");
        assertThat(log(stack.result())).doesNotContain("Reading the tally");
    }

    /** No reset comes here: the next writer has to find out by its time limit. */
    @Test
    void afterAFirewallForgetsAllConnectionsAVoteIsRecordedInTimeAndShown() throws Exception {
        vote();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(shown()).isEqualTo(accepted()));
        // After a recent answer silence means a slow Redis, where a repetition would not help.
        Instant rested = Instant.now().plusSeconds(2);
        await().until(() -> Instant.now().isAfter(rested));
        LINKS.all().forEach(CuttingProxy::forget);

        vote();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(shown()).isEqualTo(accepted()));

        assertThat(LINKS.voteToRedis.swallowed()).isPositive();
        assertThat(log(stack.vote())).doesNotContain("takes no ballots");
    }

    private static void vote() throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(stack.vote().uri("/api/votes"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"vote\":\"a\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(VOTE_LIMIT);
    }

    private static String metrics() throws IOException, InterruptedException {
        return get(stack.worker().uri("/metrics"));
    }

    private static long shown() throws IOException, InterruptedException {
        return JsonParser.parseString(get(stack.result().uri("/api/results")))
                .getAsJsonObject()
                .get("total")
                .getAsLong();
    }

    private static long accepted() {
        try (Jedis redis = stack.redis().connect()) {
            return Long.parseLong(redis.hget("{0}:counts", "accepted"));
        }
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private String log(LibertyPart server) throws IOException {
        return Files.readString(server.log()).substring(logged.get(server));
    }
}
