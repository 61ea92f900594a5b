package org.votingapp.faults;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.poll.VoterId;

/** Casts votes by the API and by the form, and says what it was told. Thread-safe. */
final class VoteClient {

    /** Longer than a vote server lets a voter wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Pattern CHOICE_ON_PAGE = Pattern.compile("role=\"status\" data-option=\"([a-z]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Supplier<URI> servers;

    /** @param servers gives the address of a vote server for each request */
    VoteClient(Supplier<URI> servers) {
        this.servers = servers;
    }

    /**
     * Who votes.
     *
     * @param id the voter, or empty for a browser that has no cookie yet
     * @param cookie the cookie's value, empty likewise
     */
    record Identity(Optional<UUID> id, Optional<String> cookie) {

        static final Identity NEW = new Identity(Optional.empty(), Optional.empty());

        static Identity of(VoterId voter, VoterKey key) {
            return new Identity(Optional.of(voter.toUuid()), Optional.of(key.cookie(voter)));
        }
    }

    /** Casts by the API. */
    CompletableFuture<Attempt> castByApi(Identity identity, String choice) {
        long began = System.nanoTime();
        return post(identity, "/api/votes", "application/json", "{\"vote\":\"" + choice + "\"}")
                .handle((answer, failure) ->
                        failure == null ? told(identity, choice, answer, began) : nothing(identity, choice, 0, began));
    }

    private static Attempt told(Identity identity, String choice, HttpResponse<String> answer, long began) {
        Optional<UUID> voter =
                cookie(answer, "voter").flatMap(VoteClient::voter).or(identity::id);
        Told told =
                switch (answer.statusCode()) {
                    case 201 -> Told.RECORDED;
                    case 200 -> Told.CHANGED;
                    case 409 -> Told.ALREADY_VOTED;
                    case 400, 403, 413, 415, 429 -> Told.REFUSED;
                    default -> Told.NOTHING;
                };
        Optional<String> onRecord = told.isAcknowledgement() ? Optional.of(choiceIn(answer.body())) : Optional.empty();
        return new Attempt(voter, choice, told, onRecord, answer.statusCode(), began, System.nanoTime());
    }

    private static String choiceIn(String body) {
        try {
            return JsonParser.parseString(body).getAsJsonObject().get("choice").getAsString();
        } catch (JsonParseException | IllegalStateException | NullPointerException noChoice) {
            throw new AssertionError("an answer that names no choice: " + body, noChoice);
        }
    }

    private static Attempt nothing(Identity identity, String choice, int status, long began) {
        return new Attempt(identity.id(), choice, Told.NOTHING, Optional.empty(), status, began, System.nanoTime());
    }

    /** Casts by the form, follows to the page, and reads there what is on record, as a browser would. */
    Attempt castByForm(Identity identity, String choice) throws InterruptedException {
        long began = System.nanoTime();
        try {
            HttpResponse<String> posted = post(identity, "/", "application/x-www-form-urlencoded", "vote=" + choice)
                    .get();
            if (posted.statusCode() != 303) {
                return nothing(identity, choice, posted.statusCode(), began);
            }
            String jar = "voter=" + identity.cookie().orElseThrow()
                    + cookie(posted, "receipt")
                            .map(receipt -> "; receipt=" + receipt)
                            .orElse("");
            HttpResponse<String> page = send(request("/").header("Cookie", jar)).get();
            Matcher onRecord = CHOICE_ON_PAGE.matcher(page.body());
            return onRecord.find()
                    ? new Attempt(
                            identity.id(),
                            choice,
                            Told.ON_RECORD,
                            Optional.of(onRecord.group(1)),
                            303,
                            began,
                            System.nanoTime())
                    : nothing(identity, choice, page.statusCode(), began);
        } catch (ExecutionException noAnswer) {
            return nothing(identity, choice, 0, began);
        }
    }

    private CompletableFuture<HttpResponse<String>> post(Identity identity, String path, String type, String body) {
        HttpRequest.Builder request = request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        identity.cookie().ifPresent(value -> request.header("Cookie", "voter=" + value));
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(servers.get().resolve(path)).timeout(PATIENCE);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static Optional<String> cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(name + "="))
                .map(header -> header.substring(name.length() + 1).split(";", 2)[0])
                .findFirst();
    }

    private static Optional<UUID> voter(String cookie) {
        return VoterId.parse(cookie.substring(0, Math.min(VoterId.LENGTH, cookie.length())))
                .map(VoterId::toUuid);
    }
}
