package org.votingapp.systemtests.shared;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.poll.VoterId;
import org.votingapp.stack.liberty.LibertyPart;

/** A client of the vote API and the form, without a browser. Each call without a cookie is a new voter. */
public final class VoteClient {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String COOKIE = "voter-";
    private static final String RECEIPT = "receipt-";

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final LibertyPart server;

    public VoteClient(LibertyPart server) {
        this.server = server;
    }

    /**
     * An answer of the vote server.
     *
     * @param status the HTTP status
     * @param cookie the voter's cookie as {@code name=value}, if one was set
     * @param body the body
     * @param response the whole answer
     */
    public record Answer(int status, Optional<String> cookie, String body, HttpResponse<String> response) {

        /** The voter, if a cookie was set. */
        public Optional<VoterId> voter() {
            return cookie.map(pair -> pair.substring(pair.indexOf('=') + 1))
                    .map(value -> value.substring(0, VoterId.LENGTH))
                    .flatMap(VoterId::parse);
        }

        /** The receipt as {@code name=value}; one was set. */
        public String receipt() {
            return set(response, RECEIPT).orElseThrow();
        }

        /** The body, parsed as JSON. */
        public JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }
    }

    /** Casts a new voter's vote by the API. */
    public Answer castByApi(String choice) throws IOException, InterruptedException {
        return castByApi(choice, Optional.empty());
    }

    /** Casts a vote by the API. */
    public Answer castByApi(String choice, Optional<String> cookie) throws IOException, InterruptedException {
        return send(post("/api/votes", "application/json", "{\"vote\":\"%s\"}".formatted(choice)), cookie);
    }

    /** Casts a vote by the form. */
    public Answer castByForm(String choice, Optional<String> cookie) throws IOException, InterruptedException {
        return send(post("/", "application/x-www-form-urlencoded", "vote=" + choice), cookie);
    }

    /** Sends a form to the page at a path. */
    public Answer postForm(String address, String form, Optional<String> cookie)
            throws IOException, InterruptedException {
        return send(post(address, "application/x-www-form-urlencoded", form), cookie);
    }

    /** The voting page. */
    public Answer page(Optional<String> cookie) throws IOException, InterruptedException {
        return page("/", cookie);
    }

    /** The page at a path, which may have a query. */
    public Answer page(String address, Optional<String> cookie) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.uri(address)), cookie);
    }

    private HttpRequest.Builder post(String path, String type, String body) {
        return HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private Answer send(HttpRequest.Builder request, Optional<String> cookie) throws IOException, InterruptedException {
        cookie.ifPresent(value -> request.header("Cookie", value));
        return answer(http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString()));
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), set(response, COOKIE), response.body(), response);
    }

    private static Optional<String> set(HttpResponse<?> response, String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(name))
                .map(header -> header.split(";", 2)[0])
                .findFirst();
    }

    /** The body at any address. */
    public String get(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
