package org.votingapp.k8s;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many new voters, at a steady rate, each of whom writes down what it was told. Every second one comes by a connection of
 * its own, the others share connections that are kept.
 */
final class Voters implements AutoCloseable {

    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final URI votes;
    private final AtomicLong cast = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private Voters(URI vote) {
        votes = vote.resolve("/api/votes");
    }

    /** Voters who come at so many a second, until {@link #leave}. */
    static Voters at(int aSecond, URI vote) {
        Voters voters = new Voters(vote);
        long everyMicroseconds = 1_000_000L * THREADS / aSecond;
        for (int thread = 0; thread < THREADS; thread++) {
            voters.threads.scheduleAtFixedRate(
                    voters::vote, everyMicroseconds * thread / THREADS, everyMicroseconds, TimeUnit.MICROSECONDS);
        }
        return voters;
    }

    private void vote() {
        long number = cast.incrementAndGet();
        HttpRequest.Builder request = HttpRequest.newBuilder(votes)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(number % 3 == 0 ? "{\"vote\":\"b\"}" : "{\"vote\":\"a\"}"));
        if (number % 2 == 0) {
            request.header("Connection", "close");
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 201) {
                acknowledged.incrementAndGet();
            } else {
                failures.add(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException noAnswer) {
            unanswered.incrementAndGet();
            failures.add((number % 2 == 0 ? "own connection: " : "kept connection: ") + noAnswer);
        } catch (InterruptedException ending) {
            unanswered.incrementAndGet();
            Thread.currentThread().interrupt();
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** Votes that may or may not have been taken. */
    long unanswered() {
        return unanswered.get();
    }

    /** What each vote that was not acknowledged was told. */
    Queue<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        leave();
    }

    /** Lets those who are waiting for an answer have it, and no other come. */
    void leave() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS)) {
                throw new IllegalStateException("votes that never end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
