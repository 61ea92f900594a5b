package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.liberty.ServerKind;

class RunLocalStackIT {

    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration GONE = Duration.ofSeconds(60);
    private static final int SIGTERM = 143;

    private final Path data = TestStacks.newFolder();
    private final HttpClient http = HttpClient.newHttpClient();

    /** One story, since each start of a stack takes its time: parts die, the stack ends without warning, then in good order. */
    @Test
    void votesSurviveTheDeathOfPartsAnEndWithoutWarningAndAnOrderlyOne() throws Exception {
        List<ProcessHandle> left = whatDiesIsStartedAgainAndAKilledStackLeavesItsPartsBehind();
        theNextStackEndsThemHasAllVotesAndLeavesNothingBehindAtSigterm(left);
        assertThat(ballotsInPostgres()).isEqualTo(3);
    }

    private List<ProcessHandle> whatDiesIsStartedAgainAndAKilledStackLeavesItsPartsBehind() throws Exception {
        try (StackProcess stack = StackProcess.run(data, Map.of())) {
            awaitReady(stack);
            assertThat(stack.output()).contains("http://localhost:" + stack.port(ServerKind.VOTE) + "/");
            assertThat(get(stack, ServerKind.VOTE, "/")).contains("Cats vs Dogs!");
            assertThat(get(stack, ServerKind.RESULT, "/")).contains("Cats vs Dogs!");
            assertThat(get(stack, ServerKind.WORKER, "/health/live")).contains("UP");

            for (String part : List.of("worker", "redis", "postgres")) {
                ProcessHandle before = stack.part(part);
                before.destroyForcibly();
                await().atMost(GONE).until(() -> stack.output().contains(part) && died(stack, part) == 1);
                await().atMost(READY).until(() -> readyAgain(stack, part));
                assertThat(stack.part(part)).isNotEqualTo(before);
            }
            vote(stack, "a");
            vote(stack, "b");
            await().atMost(READY).until(() -> votes(stack).equals(OptionalLong.of(2)));

            assertSecondStackIsRefused(stack);

            vote(stack, "a");
            List<ProcessHandle> parts = stack.parts();
            stack.kill();
            stack.awaitExit(GONE);
            assertThat(parts).allMatch(ProcessHandle::isAlive);
            return parts;
        }
    }

    private void assertSecondStackIsRefused(StackProcess first) throws Exception {
        try (StackProcess second = StackProcess.run(data, Map.of())) {
            assertThat(second.awaitExit(GONE)).isEqualTo(1);
            assertThat(second.output().lines()).singleElement().asString().contains("in use by another local stack");
        }
        assertThat(first.isAlive()).isTrue();
    }

    private void theNextStackEndsThemHasAllVotesAndLeavesNothingBehindAtSigterm(List<ProcessHandle> left)
            throws Exception {
        try (StackProcess stack = StackProcess.run(data, Map.of("LOCAL_STACK_WITHOUT", ""))) {
            awaitReady(stack);
            assertThat(stack.output()).contains("still runs from a stack that was killed");
            assertThat(left).noneMatch(ProcessHandle::isAlive);
            await().atMost(READY).until(() -> votes(stack).equals(OptionalLong.of(3)));

            theAdministratorLogsIn(stack);
            List<ProcessHandle> parts = new ArrayList<>(stack.parts());
            parts.add(stack.part("organiser"));
            stack.terminate();
            assertThat(stack.awaitExit(GONE)).isEqualTo(SIGTERM);
            assertThat(parts).noneMatch(ProcessHandle::isAlive);
            assertThat(stack.output()).contains("Ended.");
        }
    }

    private void theAdministratorLogsIn(StackProcess stack) throws Exception {
        String address = "http://localhost:" + stack.port(ServerKind.ORGANISER) + "/";
        await().atMost(READY).until(() -> stack.output().contains("Organisers log in at " + address));
        assertThat(stack.output()).contains("The password of administrator stands in");
        Properties secrets = new Properties();
        try (Reader file = Files.newBufferedReader(data.resolve("secrets.properties"))) {
            secrets.load(file);
        }
        String form = "name=administrator&login_SUBMIT=1&jakarta.faces.ViewState=stateless&enter=x&password="
                + secrets.getProperty("organiser.administrator");
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie")).isPresent();
    }

    /** What a stack on the same folder would find. */
    private long ballotsInPostgres() throws SQLException {
        StackDescription stores = LocalStack.of(TestStacks.root()).dataFolder(data);
        for (ServerKind kind : ServerKind.values()) {
            stores.count(kind, 0);
        }
        try (LocalStack stack = TestStacks.open(stores).start(READY);
                Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM ballot")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aTakenPortIsToldInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(Ports.free());
                StackProcess stack =
                        StackProcess.run(data, Map.of("RESULT_PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(stack.awaitExit(GONE)).isEqualTo(1);
            assertThat(stack.output().lines())
                    .singleElement()
                    .asString()
                    .contains("Port " + taken.getLocalPort(), "RESULT_PORT names another port");
        }
    }

    /** Where the program that makes the namespace is not found it is as where the system has them switched off. */
    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void rootWithoutUserNamespacesIsToldSoInOneLine() throws Exception {
        Path absent = data.resolve("absent");
        try (StackProcess stack = StackProcess.run(data, Map.of("PATH", "/", "DATA_DIR", absent.toString()))) {
            assertThat(stack.awaitExit(GONE)).isEqualTo(1);
            assertThat(stack.output().lines()).singleElement().asString().contains("user namespaces", "another user");
        }
        assertThat(absent).doesNotExist();
    }

    @Test
    void anInvalidSettingIsToldInOneLine() throws Exception {
        try (StackProcess stack = StackProcess.run(data, Map.of("POLL_REVOTE", "sometimes"))) {
            assertThat(stack.awaitExit(GONE)).isEqualTo(1);
            assertThat(stack.output().lines()).singleElement().asString().contains("POLL_REVOTE is \"sometimes\"");
        }
    }

    @Test
    void aSettingThatOnlyAServerKnowsIsToldInOneLineToo() throws Exception {
        try (StackProcess stack =
                StackProcess.run(data, Map.of("VOTER_KEY", "short", "LOCAL_STACK_WITHOUT", "worker,result"))) {
            assertThat(stack.awaitExit(READY)).isEqualTo(1);
            assertThat(stack.output().lines().filter(line -> line.startsWith("The local stack cannot run.")))
                    .singleElement()
                    .asString()
                    .contains("vote does not start: VOTER_KEY is");
        }
    }

    private static void awaitReady(StackProcess stack) {
        await().atMost(READY).until(() -> {
            if (!stack.isAlive()) {
                throw new AssertionError(stack.output());
            }
            return stack.output().contains("Ready after");
        });
    }

    private static long died(StackProcess stack, String part) {
        return stack.output()
                .lines()
                .filter(line -> line.contains(part) && line.contains(" died"))
                .count();
    }

    private static boolean readyAgain(StackProcess stack, String part) {
        List<String> lines = stack.output()
                .lines()
                .filter(line -> line.contains(" " + part + " "))
                .toList();
        return lines.get(lines.size() - 1).contains("ready after");
    }

    private void vote(StackProcess stack, String choice) {
        HttpRequest request = HttpRequest.newBuilder(uri(stack, ServerKind.VOTE, "/api/votes"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"vote\":\"%s\"}".formatted(choice)))
                .build();
        // A server that lost its store a moment ago may still refuse.
        await().atMost(READY)
                .ignoreException(IOException.class)
                .until(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 201);
    }

    /** The total that the results API tells, once it tells one: after a restart it says for a moment that it cannot. */
    private OptionalLong votes(StackProcess stack) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(stack, ServerKind.RESULT, "/api/results");
        return answer.statusCode() == 200
                ? OptionalLong.of(JsonParser.parseString(answer.body())
                        .getAsJsonObject()
                        .get("total")
                        .getAsLong())
                : OptionalLong.empty();
    }

    private String get(StackProcess stack, ServerKind kind, String path) throws IOException, InterruptedException {
        return ask(stack, kind, path).body();
    }

    private HttpResponse<String> ask(StackProcess stack, ServerKind kind, String path)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(stack, kind, path)).timeout(GONE).build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static URI uri(StackProcess stack, ServerKind kind, String path) {
        return URI.create("http://localhost:" + stack.port(kind) + path);
    }
}
