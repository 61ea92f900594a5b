package org.votingapp.systemtests.faults;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.postgres.PostgresPart;

/**
 * Watches a result server all the time, by stream, API and page, and notes every number that Postgres had not committed.
 *
 * <p>It reads Postgres after each look, so a committed number cannot be missed.
 */
final class Witness implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Witness.class.getName());
    private static final long PAUSE_MILLIS = 300;

    private record Sight(String view, Map<String, Long> votes) {}

    private final PostgresPart postgres;
    private final LibertyPart result;
    private final Shown shown;
    private final Views views;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final BlockingQueue<Sight> sights = new LinkedBlockingQueue<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong compared = new AtomicLong();
    private final ExecutorService eyes = Executors.newFixedThreadPool(4);
    private volatile boolean closing;
    private volatile Map<String, Long> newestOnStream = Map.of();

    Witness(PostgresPart postgres, LibertyPart result, RevoteRule rule) {
        this.postgres = postgres;
        this.result = result;
        this.shown = new Shown(rule);
        this.views = new Views(result);
        watch(this::followStream);
        watch(() -> sights.add(new Sight("API", views.api())));
        watch(() -> sights.add(new Sight("page", views.page())));
        eyes.execute(this::compare);
    }

    private interface Look {
        void look() throws IOException, InterruptedException;
    }

    /** Looks repeatedly, and skips what fails while the server is down. */
    private void watch(Look look) {
        eyes.execute(() -> {
            try {
                while (!closing) {
                    try {
                        look.look();
                    } catch (IOException away) {
                        LOG.log(Level.FINE, "nothing to see", away);
                    }
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException unreadable) {
                violations.add("what was shown cannot be read: " + unreadable);
            }
        });
    }

    private void followStream() throws IOException, InterruptedException {
        newestOnStream = Map.of();
        HttpRequest request =
                HttpRequest.newBuilder(result.uri("/api/results/stream")).build();
        HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new IOException("the stream answered " + answer.statusCode());
        }
        try (Stream<String> lines = answer.body()) {
            lines.filter(line -> line.startsWith("data: {"))
                    .map(line -> Views.json(line.substring("data: ".length())))
                    .forEach(votes -> {
                        newestOnStream = votes;
                        sights.add(new Sight("stream", votes));
                    });
        } catch (java.io.UncheckedIOException broken) {
            throw broken.getCause();
        }
        throw new IOException("the stream has ended");
    }

    private void compare() {
        List<Sight> seen = new ArrayList<>();
        try {
            while (!closing) {
                try (Connection connection = postgres.connect()) {
                    while (!closing) {
                        if (seen.isEmpty()) {
                            seen.add(sights.take());
                        }
                        sights.drainTo(seen);
                        Map<String, Long> committed = tally(connection);
                        seen.forEach(sight -> compare(sight, committed));
                        seen.clear();
                    }
                } catch (SQLException away) {
                    LOG.log(Level.FINE, "what was seen waits for Postgres", away);
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** The committed tally. */
    static Map<String, Long> tally(Connection connection) throws SQLException {
        Map<String, Long> votes = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT choice, votes FROM tally")) {
            while (rows.next()) {
                votes.put(rows.getString(1), rows.getLong(2));
            }
        }
        return votes;
    }

    private void compare(Sight sight, Map<String, Long> committed) {
        violations.addAll(shown.violations(sight.view(), sight.votes(), committed));
        compared.incrementAndGet();
    }

    /** The server that it watches. */
    LibertyPart result() {
        return result;
    }

    /** The last tally of the open stream. */
    Map<String, Long> newestOnStream() {
        return newestOnStream;
    }

    /** The number of comparisons. */
    long compared() {
        return compared.get();
    }

    /** What was shown and not committed. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void close() {
        closing = true;
        eyes.shutdownNow();
    }
}
