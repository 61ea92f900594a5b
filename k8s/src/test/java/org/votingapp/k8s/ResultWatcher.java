package org.votingapp.k8s;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Watches the event stream as a browser does, reconnecting whenever it ends. Also requests the result five times per second
 * and notes the longest time without one.
 */
final class ResultWatcher implements AutoCloseable {

    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");
    private static final Pattern OPTION = Pattern.compile("\"key\":\"([a-z]+)\",[^}]*?\"votes\":(\\d+)");
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final URI result;
    private volatile long watched = -1;
    private volatile int connections;
    private volatile long lastResult = System.nanoTime();
    private volatile long longestGap;

    private ResultWatcher(URI result) {
        this.result = result;
    }

    static ResultWatcher of(URI result) {
        ResultWatcher watcher = new ResultWatcher(result);
        watcher.threads.scheduleWithFixedDelay(watcher::watch, 0, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        watcher.threads.scheduleWithFixedDelay(watcher::ask, 0, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return watcher;
    }

    /** The current total of the API. */
    static long total(URI result) throws IOException, InterruptedException {
        return totalIn(results(result));
    }

    /** The current votes by option of the API. */
    static Map<String, Long> votes(URI result) throws IOException, InterruptedException {
        return OPTION.matcher(results(result))
                .results()
                .collect(toMap(option -> option.group(1), option -> Long.valueOf(option.group(2))));
    }

    private static String results(URI result) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(result.resolve("/api/results"))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static long totalIn(String json) {
        Matcher matcher = TOTAL.matcher(json);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private void watch() {
        try {
            HttpResponse<Stream<String>> stream = http.send(
                    HttpRequest.newBuilder(result.resolve("/api/results/stream"))
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            if (stream.statusCode() == 200) {
                connections++;
                try (Stream<String> lines = stream.body()) {
                    lines.filter(line -> line.startsWith("data:")).forEach(line -> watched = totalIn(line));
                }
            }
        } catch (IOException | UncheckedIOException ended) {
            // The next turn reconnects.
            return;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(result.resolve("/api/results"))
                            .timeout(Duration.ofSeconds(2))
                            .header("Connection", "close")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                gone();
                lastResult = System.nanoTime();
            }
        } catch (IOException none) {
            gone();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void gone() {
        longestGap = Math.max(longestGap, System.nanoTime() - lastResult);
    }

    /** The last total on the stream; −1 before the first. */
    long watched() {
        return watched;
    }

    /** The number of connections to the stream. */
    int connections() {
        return connections;
    }

    /** The longest time without a result, in seconds. */
    double longestGap() {
        return longestGap / 1e9;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
