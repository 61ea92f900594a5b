package org.votingapp.organiser.audience;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.votingapp.organiser.http.BoundedBody;
import org.votingapp.runtime.store.FailureLog;

/**
 * Asks every result server how many watch a poll. Names are resolved anew for a question, all servers are asked at the same time, and
 * who asks waits for a second at most. An answer is kept for two, for all who ask. Thread-safe.
 */
public final class WatcherCounter {

    /** How long the servers may take, their names included. */
    static final Duration LIMIT = Duration.ofSeconds(1);
    /** As often as the page looks. */
    static final Duration KEPT = Duration.ofSeconds(2);

    private static final int LARGEST = 1024;
    private static final Logger LOG = Logger.getLogger(WatcherCounter.class.getName());

    private final boolean asks;
    private final KeptAnswer<ResultServers.Found> servers;
    private final Map<String, KeptAnswer<CountedWatchers>> polls = new ConcurrentHashMap<>();
    private final FailureLog failures = new FailureLog(
            LOG,
            "A result server did not say how many watch",
            "organisers read \"at least\", or that it is not known",
            "All result servers say how many watch");
    // No proxy: these servers are neighbours, whatever the JVM was told for the way to an OpenID provider.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(LIMIT)
            .build();

    /**
     * Asks nobody yet.
     *
     * @param resolving runs what waits for the resolver, on one thread at a time
     */
    public WatcherCounter(ResultServers servers, Executor resolving) {
        this.asks = !servers.addresses().isEmpty();
        this.servers =
                new KeptAnswer<>(() -> CompletableFuture.supplyAsync(servers::find, resolving), KEPT, System::nanoTime);
    }

    /** How many watch a poll now; empty where no servers are set. */
    public Optional<CountedWatchers> count(String pollId) {
        if (!asks) {
            return Optional.empty();
        }
        polls.values().removeIf(KeptAnswer::isOld);
        return Optional.of(polls.computeIfAbsent(
                        pollId, id -> new KeptAnswer<>(() -> question(id), KEPT, System::nanoTime))
                .ask()
                .join());
    }

    private CompletableFuture<CountedWatchers> question(String pollId) {
        long end = System.nanoTime() + LIMIT.toNanos();
        return servers.ask()
                .orTimeout(LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                .thenCompose(found -> ask(found, pollId, end))
                .exceptionally(failed -> {
                    failures.failed("their names: " + cause(failed));
                    return CountedWatchers.UNKNOWN;
                });
    }

    private CompletableFuture<CountedWatchers> ask(ResultServers.Found found, String pollId, long end) {
        if (!found.complete()) {
            failures.failed("a name in RESULT_SERVERS is unknown, or they are more than " + ResultServers.MOST);
        }
        List<CompletableFuture<OptionalLong>> answers = found.servers().stream()
                .map(server -> ask(server.resolve("watchers/" + pollId), end))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    CountedWatchers count = CountedWatchers.of(
                            answers.stream().map(CompletableFuture::join).toList(), found.complete());
                    if (count.complete()) {
                        failures.works();
                    }
                    return count;
                });
    }

    private CompletableFuture<OptionalLong> ask(URI address, long end) {
        CompletableFuture<HttpResponse<String>> exchange =
                http.sendAsync(HttpRequest.newBuilder(address).build(), head -> new BoundedBody(LARGEST));
        return exchange.thenApply(WatcherCounter::number)
                .orTimeout(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                .handle((number, failure) -> {
                    // Gives the connection of one that is late back.
                    exchange.cancel(true);
                    if (failure == null) {
                        return OptionalLong.of(number);
                    }
                    failures.failed("%s: %s".formatted(address.getAuthority(), cause(failure)));
                    return OptionalLong.empty();
                });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static long number(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new CompletionException(new IOException("it answered " + answer.statusCode()));
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            int number = reader.readObject().getInt("watchers", -1);
            if (number < 0) {
                throw new CompletionException(new IOException("it answered without a number of watchers"));
            }
            return number;
        } catch (JsonException noDocument) {
            throw new CompletionException(new IOException("it answered no document", noDocument));
        }
    }
}
