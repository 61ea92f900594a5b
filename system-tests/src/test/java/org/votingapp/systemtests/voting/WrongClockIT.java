package org.votingapp.systemtests.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.systemtests.shared.VoteClient.Answer;

/** A vote server whose clock is an hour fast: polls open and close by Redis' clock. */
@BesideOthers
class WrongClockIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLOSED = "Voting has closed";
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final String WHAT_TO_INSTALL = "Install libfaketime (Debian: apt-get install libfaketime)";

    private static LocalStack stack;

    @BeforeAll
    static void startWithAWrongClock() throws IOException {
        Optional<Path> library = library();
        if (library.isEmpty() && !"true".equals(System.getenv("CI"))) {
            System.out.println("No vote server is tried with a wrong clock. " + WHAT_TO_INSTALL);
            abort(WHAT_TO_INSTALL);
        }
        stack = TestStacks.open(TestStacks.describe()
                .set("POLL_CLOSES", Instant.now().plus(HALF_AN_HOUR).toString())
                .set(
                        ServerKind.VOTE,
                        "LD_PRELOAD",
                        library.orElseThrow(() -> new IllegalStateException(WHAT_TO_INSTALL))
                                .toString())
                .set(ServerKind.VOTE, "FAKETIME", "+1h")
                .set(ServerKind.VOTE, "FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // Otherwise no thread of a JVM waits, and the processors are busy with that.
                .set(ServerKind.VOTE, "FAKETIME_FORCE_MONOTONIC_FIX", "0")
                .set(ServerKind.VOTE, "NO_FAKE_STAT", "1"));
        stack.start(TestStacks.START_LIMIT);
    }

    /** What changes the clock of one process. */
    private static Optional<Path> library() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path folder : found) {
                Path library = folder.resolve("faketime").resolve("libfaketime.so.1");
                if (Files.isReadable(library)) {
                    return Optional.of(library);
                }
            }
        }
        return Optional.empty();
    }

    @AfterAll
    static void end() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void votingOpensAndClosesByRedisClock() throws Exception {
        VoteClient client = new VoteClient(stack.vote());
        Answer page = client.page("/", Optional.empty());
        assertThat(clock(page)).isCloseTo(Instant.now().plus(1, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
        assertThat(page.body()).contains("value=\"a\"").doesNotContain(CLOSED);
        assertThat(client.castByForm("a", page.cookie()).status()).isEqualTo(303);
        assertThat(cast().code()).isEqualTo(201);

        change("UPDATE poll SET opens = now() + interval '20 minutes'");
        await().atMost(SOON).until(() -> cast().body().contains("\"Voting opens"));
        assertThat(client.page("/", Optional.empty()).body()).doesNotContain("value=\"a\"");

        change("UPDATE poll SET opens = now()");
        await().atMost(SOON).until(() -> cast().code() == 201);

        change("UPDATE poll SET closes = now()");
        await().atMost(SOON).until(() -> cast().body().contains(CLOSED));
    }

    private static Instant clock(Answer answer) {
        String date = answer.response().headers().firstValue("Date").orElseThrow();
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static RawHttp.Answer cast() throws IOException {
        return RawHttp.to(stack.vote().port())
                .post("/api/votes", Map.of("Content-Type", "application/json"), "{\"vote\":\"a\"}");
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
