package org.votingapp.systemtests.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.VoteClient;

/** The servers with PgBouncer in front of Postgres, in each pool mode. Skipped without PgBouncer, but failed on CI. */
@BesideOthers
class PoolerIT {

    private static final String WHAT_TO_INSTALL = "To try the servers behind a pooler, install PgBouncer.";
    private static final String WAY_OUT = "set pool_mode=session, or DB_HOST and DB_PORT to Postgres itself";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static PgBouncer pooler;
    private static LocalStack stack;

    @BeforeAll
    static void startInSessionMode() throws Exception {
        Optional<String> program = PgBouncer.find();
        if (program.isEmpty() && !"true".equals(System.getenv("CI"))) {
            System.out.println("The servers are not tried behind a pooler. " + WHAT_TO_INSTALL);
            abort(WHAT_TO_INSTALL);
        }
        Path folder = TestStacks.newFolder();
        pooler = new PgBouncer(program.orElseThrow(() -> new IllegalStateException(WHAT_TO_INSTALL)), folder);
        stack = TestStacks.open(TestStacks.describe().set("DB_PORT", Integer.toString(pooler.port())));
        startPooler("session");
        stack.start(TestStacks.START_LIMIT);
    }

    @AfterAll
    static void end() {
        if (stack != null) {
            stack.close();
            pooler.close();
        }
    }

    private static void startPooler(String mode) throws IOException {
        Map<String, String> writer = stack.settings(ServerKind.WORKER);
        Map<String, String> reader = stack.settings(ServerKind.RESULT);
        pooler.start(
                mode,
                stack.postgres().port(),
                Map.of(
                        writer.get("DB_USER"),
                        writer.get("DB_PASSWORD"),
                        reader.get("DB_USER"),
                        reader.get("DB_PASSWORD")));
    }

    @Test
    void inSessionModeVotesTravelAndChangesArePushed() throws Exception {
        startPooler("session");
        soon().until(() -> result("/health/ready").contains("\"listening\":true"));
        stack.worker().awaitReady(TestStacks.START_LIMIT);
        long before = total();

        assertThat(new VoteClient(stack.vote()).castByApi("a").status()).isEqualTo(201);

        soon().until(() -> total() == before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement"})
    void inOtherModesTheResultIsPolledAndAWorkerRefusesToStart(String mode) throws Exception {
        stack.worker().stop();
        startPooler(mode);
        try {
            soon().until(() -> result("/health/ready").contains("\"listening\":false"));
            soon().until(() -> result("/health/ready").contains(WAY_OUT));
            // More often than the driver's threshold for a server-side prepared statement.
            for (int change = 1; change <= 10; change++) {
                long votes = 100 + change;
                commit(votes);
                soon().until(() -> total() == votes);
            }
            assertThat(result("/health/ready")).contains("\"status\":\"UP\"", "\"listening\":false");

            stack.worker().start();
            soon().until(() -> Files.readString(stack.worker().log()).contains("sessions are not kept"));
            assertThat(Files.readString(stack.worker().log())).contains(WAY_OUT);
            assertThat(get(stack.worker(), "/health/started")).contains("\"status\":\"DOWN\"");
        } finally {
            commit(0);
            startPooler("session");
        }
        soon().until(() -> result("/health/ready").contains("\"listening\":true"));
        stack.worker().awaitReady(TestStacks.START_LIMIT);
    }

    /** As the worker notifies, on a connection that bypasses the pooler. */
    private static void commit(long votes) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE tally SET votes = CASE choice WHEN 'a' THEN " + votes + " ELSE 0 END;"
                    + " SELECT pg_notify('tally', 'cats-vs-dogs')");
        }
    }

    private static long total() throws Exception {
        String results = result("/api/results");
        return Long.parseLong(results.replaceAll("(?s).*\"total\":(\\d+).*", "$1"));
    }

    private static String result(String path) throws Exception {
        return get(stack.result(), path);
    }

    private static String get(LibertyPart server, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }
}
