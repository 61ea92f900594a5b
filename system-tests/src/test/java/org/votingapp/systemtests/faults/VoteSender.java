package org.votingapp.systemtests.faults;

import static java.util.stream.Collectors.toMap;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.votingapp.poll.VoterId;
import org.votingapp.testsupport.VoterKey;
import org.votingapp.testsupport.checker.Attempt;
import org.votingapp.testsupport.checker.Told;

/** Casts votes by the API and by the form, and returns each as an {@link Attempt}. Thread-safe. */
final class VoteSender implements AutoCloseable {

    /** Longer than {@code VOTE_TIMEOUT}. */
    private static final Timeout PATIENCE = Timeout.ofSeconds(4);

    private static final ContentType JSON = ContentType.create("application/json");
    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded");
    private static final int CONNECTIONS = 1_000;
    private static final int LONGEST_PAGE = 1_000_000;

    private static final Pattern CHOICE_ON_PAGE = Pattern.compile("data-choice=\"([a-z]+)\"");

    private final CloseableHttpClient http;
    private final Supplier<URI> servers;

    /** @param servers supplies a vote server's address for each request */
    VoteSender(Supplier<URI> servers) {
        this.servers = servers;
        this.http = HttpClients.custom()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(PATIENCE)
                        .setConnectionRequestTimeout(PATIENCE)
                        .build())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(1))
                                .setValidateAfterInactivity(Timeout.ofSeconds(1))
                                .build())
                        .build())
                .build();
    }

    /** An answer. */
    private record Answer(int status, Map<String, String> cookies, String body) {

        /** The cookie whose name starts with this. */
        Optional<Map.Entry<String, String>> cookie(String name) {
            return cookies.entrySet().stream()
                    .filter(cookie -> cookie.getKey().startsWith(name))
                    .findFirst();
        }
    }

    /**
     * A voter.
     *
     * @param id the voter, or empty for a browser that has no cookie yet
     * @param cookie the cookie as {@code name=value}, empty likewise
     */
    record Identity(Optional<UUID> id, Optional<String> cookie) {

        static final Identity NEW = new Identity(Optional.empty(), Optional.empty());

        static Identity of(VoterId voter, VoterKey key) {
            return new Identity(Optional.of(voter.toUuid()), Optional.of(key.cookie(voter)));
        }
    }

    /** Casts by the API. */
    Attempt castByApi(Identity identity, String choice) {
        long began = System.nanoTime();
        try {
            return told(identity, choice, post(identity, "/api/votes", JSON, "{\"vote\":\"" + choice + "\"}"), began);
        } catch (IOException noAnswer) {
            return nothing(identity, choice, 0, began);
        }
    }

    private static Attempt told(Identity identity, String choice, Answer answer, long began) {
        Optional<UUID> voter = answer.cookie("voter-")
                .map(Map.Entry::getValue)
                .flatMap(VoteSender::voter)
                .or(identity::id);
        Told told =
                switch (answer.status()) {
                    case 201 -> Told.RECORDED;
                    case 200 -> Told.CHANGED;
                    case 409 -> Told.ALREADY_VOTED;
                    case 400, 403, 413, 415, 429 -> Told.REFUSED;
                    default -> Told.NOTHING;
                };
        Optional<String> onRecord = told.isAcknowledgement() ? Optional.of(choiceIn(answer.body())) : Optional.empty();
        return new Attempt(voter, choice, told, onRecord, answer.status(), began, System.nanoTime());
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

    /**
     * A vote by the form.
     *
     * @param attempt the attempt, according to its receipt
     * @param page opens the page that follows, and returns what it shows on record; may be called again
     */
    record Posted(Attempt attempt, Supplier<Attempt> page) {}

    /** Casts by the form as a browser does. The vote is acknowledged even if the page that follows does not come. */
    Posted castByForm(Identity identity, String choice) {
        long began = System.nanoTime();
        try {
            Answer posted = post(identity, "/", FORM, "vote=" + choice);
            if (posted.status() != 303) {
                return posted(nothing(identity, choice, posted.status(), began));
            }
            Map.Entry<String, String> receipt =
                    posted.cookie("receipt-").orElseThrow(() -> new AssertionError("a vote without a receipt"));
            String onRecord = receipt.getValue().substring(0, receipt.getValue().indexOf('.'));
            return new Posted(onRecord(identity, choice, onRecord, began), () -> readPage(identity, choice, receipt));
        } catch (IOException noAnswer) {
            return posted(nothing(identity, choice, 0, began));
        }
    }

    private static Posted posted(Attempt nothing) {
        return new Posted(nothing, () -> nothing);
    }

    private Attempt readPage(Identity identity, String choice, Map.Entry<String, String> receipt) {
        long began = System.nanoTime();
        HttpGet get = new HttpGet(servers.get().resolve("/"));
        get.addHeader("Cookie", identity.cookie().orElseThrow() + "; " + receipt);
        try {
            Answer page = send(get);
            Matcher onRecord = CHOICE_ON_PAGE.matcher(page.body());
            return onRecord.find()
                    ? onRecord(identity, choice, onRecord.group(1), began)
                    : nothing(identity, choice, page.status(), began);
        } catch (IOException noAnswer) {
            return nothing(identity, choice, 0, began);
        }
    }

    private static Attempt onRecord(Identity identity, String choice, String onRecord, long began) {
        return new Attempt(identity.id(), choice, Told.ON_RECORD, Optional.of(onRecord), 303, began, System.nanoTime());
    }

    private Answer post(Identity identity, String path, ContentType type, String body) throws IOException {
        HttpPost request = new HttpPost(servers.get().resolve(path));
        identity.cookie().ifPresent(value -> request.addHeader("Cookie", value));
        request.setEntity(new StringEntity(body, type));
        return send(request);
    }

    private Answer send(HttpUriRequestBase request) throws IOException {
        return http.execute(
                request,
                answer -> new Answer(
                        answer.getCode(),
                        Stream.of(answer.getHeaders("Set-Cookie"))
                                .map(header ->
                                        header.getValue().split(";", 2)[0].split("=", 2))
                                .collect(toMap(cookie -> cookie[0], cookie -> cookie[1])),
                        EntityUtils.toString(answer.getEntity(), LONGEST_PAGE)));
    }

    private static Optional<UUID> voter(String cookie) {
        return VoterId.parse(cookie.substring(0, Math.min(VoterId.LENGTH, cookie.length())))
                .map(VoterId::toUuid);
    }

    @Override
    public void close() {
        http.close(CloseMode.GRACEFUL);
    }
}
