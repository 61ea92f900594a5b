package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.stack.LocalStack;

/** A program of an administrator at the organiser server's API. */
final class DeskClient {

    private static final String TOKEN = "a".repeat(43);
    private static final String LET_IN = """
            INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at)
            VALUES (sha256('%s'), 'administrator', true, 'load', now() + interval '1 day') ON CONFLICT DO NOTHING""";
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");
    private static final Pattern COUNTED = Pattern.compile("\"counted\":(\\d+)");

    private final LocalStack stack;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Makes its token, by SQL. */
    DeskClient(LocalStack stack) throws SQLException {
        this.stack = stack;
        try (Connection postgres = stack.postgres().connect();
                Statement statement = postgres.createStatement()) {
            statement.execute(LET_IN.formatted(TOKEN));
        }
    }

    /**
     * A recount.
     *
     * @param state {@code running}, {@code equal}, {@code cancelled} or another word of the API
     * @param counted ballots counted so far
     */
    record Recount(String state, long counted) {}

    /** Begins one ({@code POST}), reads it ({@code GET}) or cancels it ({@code DELETE}). */
    Recount recount(String method, String poll) {
        try (InputStream body = send(method, "/api/polls/" + poll + "/recount")) {
            String document = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new Recount(found(STATE, document), Long.parseLong(found(COUNTED, document)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The ballots of a poll as CSV; whoever closes them early leaves. */
    InputStream ballots(String poll) throws IOException {
        return send("GET", "/api/polls/" + poll + "/ballots");
    }

    private InputStream send(String method, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(stack.organiser().uri(path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).as("%s %s", method, path).isBetween(200, 202);
            return answer.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static String found(Pattern member, String document) {
        Matcher found = member.matcher(document);
        assertThat(found.find()).as("%s in %s", member, document).isTrue();
        return found.group(1);
    }
}
