package org.votingapp.systemtests.polls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.StackProcess;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.terminal.StackException;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.VoteClient;

/** A stack starts with changed settings on a poll that has votes (two for cats, one for dogs). */
@BesideOthers
class PollChangesIT {

    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String REORDERED =
            "Poll cats-vs-dogs is not started, since its votes (3 votes) would no longer mean"
                    + " what voters chose: option a (2 votes) \"Cats\" → \"Dogs\"; option b (1 vote) \"Dogs\" → \"Cats\"."
                    + " Restore POLL_OPTIONS=Cats,Dogs, or set another POLL_ID";

    /** What each test begins with: a copy of the stores of a stack that has ended. */
    private static final Path VOTED = TestStacks.newFolder();

    private final Path data = TestStacks.newFolder();
    private final List<LocalStack> stacks = new ArrayList<>();

    @BeforeAll
    static void votes() throws Exception {
        String closes = Instant.now().plusSeconds(3_600).toString();
        try (LocalStack stack =
                TestStacks.open(describe(VOTED).set("POLL_CLOSES", closes)).start(READY)) {
            VoteClient client = new VoteClient(stack.vote());
            for (String choice : List.of("a", "a", "b")) {
                assertThat(client.castByApi(choice).status()).isEqualTo(201);
            }
            await().atMost(SOON).until(() -> tally(stack).equals("a=2,b=1"));
        }
    }

    @BeforeEach
    void copyTheStores() throws IOException {
        for (String part : List.of("secrets.properties", "redis", "postgres")) {
            try (Stream<Path> files = Files.walk(VOTED.resolve(part))) {
                for (Path file : files.toList()) {
                    // Postgres refuses a folder that others may read.
                    Files.copy(file, data.resolve(VOTED.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @AfterEach
    void close() {
        stacks.forEach(LocalStack::close);
    }

    @Test
    void reorderedOptionsStopTheStackWithOneLineThatSaysWhatToDo() throws Exception {
        try (StackProcess stack = StackProcess.run(data, Map.of("POLL_OPTIONS", "Dogs,Cats"))) {
            assertThat(stack.awaitExit(READY)).isEqualTo(1);
            assertThat(stack.output().lines().filter(line -> line.startsWith("The local stack cannot run.")))
                    .singleElement()
                    .asString()
                    .contains("does not start: " + REORDERED, "POLL_ACCEPT_CHANGES=true")
                    .doesNotContain("ffdc", "Exception");
        }
    }

    /** Even without a worker, and before Redis is up, no vote is taken under a changed label. */
    @Test
    void aVoteServerRefusesTheChangeAloneAndTakesNoVoteBeforeItReachesRedis() throws Exception {
        LocalStack stack = open(Map.of("POLL_OPTIONS", "Dogs,Cats"));
        VoteClient client = new VoteClient(stack.vote());
        stack.vote().start();
        await().atMost(READY)
                .ignoreExceptions()
                .until(() -> client.castByApi("a").status() == 503);
        assertThat(stack.vote().waitsFor())
                .hasValue("its check redis-takes-ballots (connection refused at %s)"
                        .formatted(stack.redis().address()));

        stack.redis().start();
        stack.redis().awaitReady(SOON);
        await().atMost(SOON).until(() -> {
            assertThat(client.castByApi("a").status()).isEqualTo(503);
            return Files.readString(stack.vote().log()).contains(REORDERED);
        });
        assertThat(client.castByForm("a", Optional.empty()).response().statusCode())
                .isEqualTo(503);
        assertThatThrownBy(() -> stack.vote().waitsFor()).isInstanceOf(StackException.class);
        try (var redis = stack.redis().connect()) {
            assertThat(redis.hlen("{0}:voters:cats-vs-dogs")).isEqualTo(3);
            assertThat(redis.xlen("{0}:ballots")).isZero();
        }

        stack.vote().stop();
        stack.vote().start();
        assertThatThrownBy(() -> stack.vote().awaitReady(READY))
                .as("with Redis there, it does not even start")
                .hasMessageContaining(REORDERED);
        await().atMost(SOON).until(() -> Files.readString(stack.vote().log()).contains("CWWKZ0002E"));
    }

    @Test
    void aWorkerRefusesTheChangeInTheSameWordsAndChangesNothing() throws Exception {
        LocalStack stack = open(Map.of("POLL_OPTIONS", "Dogs,Cats"));
        stack.redis().start();
        stack.postgres().start();
        stack.postgres().awaitReady(READY);
        stack.worker().start();
        assertThatThrownBy(() -> stack.worker().awaitReady(READY)).hasMessageContaining(REORDERED);
        assertThat(rows(stack, "SELECT key || '=' || label FROM poll_option ORDER BY key"))
                .isEqualTo("a=Cats,b=Dogs");
    }

    @Test
    void aHarmlessChangeIsAppliedAndLoggedAndVotesAreTakenAtOnce() throws Exception {
        LocalStack stack = open(Map.of(
                "POLL_OPTIONS", "Cats,Doggs,Fish",
                "POLL_QUESTION", "Who?",
                "POLL_CLOSES", "2999-12-31T00:00:00Z"));
        stack.start(READY);
        assertThat(new VoteClient(stack.vote()).castByApi("c").status()).isEqualTo(201);
        await().atMost(SOON).until(() -> tally(stack).equals("a=2,b=1,c=1"));
        assertThat(Files.readString(stack.worker().log()))
                .contains("Poll cats-vs-dogs (3 votes) changes: option b \"Dogs\" → \"Doggs\"; option c new → \"Fish\";"
                        + " POLL_CLOSES ")
                .contains("→ 2999-12-31T00:00:00Z; question \"Cats vs Dogs!\" → \"Who?\"");
    }

    @Test
    void aClosedPollStaysClosedUnlessItsOperatorSaysOtherwise() throws Exception {
        String closed = Instant.now().minusSeconds(60).toString().substring(0, 19) + "Z";
        try (LocalStack closing = open(Map.of("POLL_CLOSES", closed), 1).start(READY)) {
            assertThat(new VoteClient(closing.vote()).castByApi("a").status()).isEqualTo(403);
            RawHttp results = RawHttp.to(closing.result().port());
            await().atMost(SOON)
                    .until(() -> results.get("/api/results").body().contains("\"state\":\"closed\",\"final\":true"));
        }
        LocalStack again = open(Map.of());
        assertThatThrownBy(() -> again.start(READY))
                .hasMessageContaining("POLL_CLOSES ")
                .hasMessageContaining("→ not set, though it has closed. Restore POLL_CLOSES=");
        again.close();

        LocalStack accepted = open(Map.of("POLL_ACCEPT_CHANGES", "true"));
        accepted.start(READY);
        assertThat(new VoteClient(accepted.vote()).castByApi("a").status()).isEqualTo(201);
        assertThat(Files.readString(accepted.worker().log()))
                .contains("Poll cats-vs-dogs (3 votes) changes: POLL_CLOSES")
                .contains("; its result is final no more");
        assertThat(rows(accepted, "SELECT 'not final' FROM poll WHERE final_at IS NULL"))
                .isEqualTo("not final");
    }

    private LocalStack open(Map<String, String> settings) {
        return open(settings, 0);
    }

    private LocalStack open(Map<String, String> settings, int resultServers) {
        StackDescription description = describe(data).count(ServerKind.RESULT, resultServers);
        settings.forEach(description::set);
        LocalStack stack = TestStacks.open(description);
        stacks.add(stack);
        return stack;
    }

    private static StackDescription describe(Path data) {
        return TestStacks.describe().dataFolder(data).count(ServerKind.RESULT, 0);
    }

    private static String tally(LocalStack stack) throws SQLException {
        return rows(stack, "SELECT choice || '=' || votes FROM tally ORDER BY choice");
    }

    private static String rows(LocalStack stack, String sql) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return String.join(",", rows);
        }
    }
}
