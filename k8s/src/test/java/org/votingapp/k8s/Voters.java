package org.votingapp.k8s;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.poll.VoterId;
import org.votingapp.testsupport.VoterKey;
import org.votingapp.testsupport.checker.Attempt;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Told;

/**
 * Many new voters, at a steady rate, each from an address of its own and each of whom writes down what it was told. Every
 * second one comes by a connection of its own, the others share connections that are kept. None tries twice.
 */
final class Voters implements AutoCloseable {

    private static final int THREADS = 16;
    private static final Pattern CHOICE = Pattern.compile("\"choice\":\"([a-z]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final SecureRandom random = new SecureRandom();
    private final URI votes;
    private final VoterKey key;
    private final History history;
    private final AtomicLong acknowledged = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private Voters(URI vote, VoterKey key, History history) {
        this.votes = vote.resolve("/api/votes");
        this.key = key;
        this.history = history;
    }

    /**
     * Voters who come at so many a second, until {@link #leave}.
     *
     * @param key what the servers sign cookies with, so that a voter is known also where its answer was lost
     * @param history where they write down what they were told
     */
    static Voters at(int aSecond, URI vote, VoterKey key, History history) {
        Voters voters = new Voters(vote, key, history);
        long everyMicroseconds = 1_000_000L * THREADS / aSecond;
        for (int thread = 0; thread < THREADS; thread++) {
            voters.threads.scheduleAtFixedRate(
                    voters::vote, everyMicroseconds * thread / THREADS, everyMicroseconds, TimeUnit.MICROSECONDS);
        }
        return voters;
    }

    private void vote() {
        VoterId voter = VoterId.newcomer(System.currentTimeMillis(), random);
        boolean ownConnection = (voter.low() & 1) == 0;
        String choice = (voter.high() & 3) == 0 ? "b" : "a";
        HttpRequest.Builder request = HttpRequest.newBuilder(votes)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Cookie", key.cookie(voter))
                .header("X-Forwarded-For", address(voter))
                .POST(HttpRequest.BodyPublishers.ofString("{\"vote\":\"" + choice + "\"}"));
        if (ownConnection) {
            request.header("Connection", "close");
        }
        long began = System.nanoTime();
        Told told = Told.NOTHING;
        Optional<String> onRecord = Optional.empty();
        int status = 0;
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            told = told(status);
            if (told == Told.RECORDED) {
                onRecord = choiceIn(answer.body());
            } else {
                failures.add(status + " " + answer.body());
            }
        } catch (IOException noAnswer) {
            failures.add((ownConnection ? "own connection: " : "kept connection: ") + noAnswer);
        } catch (InterruptedException ending) {
            failures.add("left without an answer");
            Thread.currentThread().interrupt();
        }
        history.add(new Attempt(Optional.of(voter.toUuid()), choice, told, onRecord, status, began, System.nanoTime()));
        if (told == Told.RECORDED) {
            acknowledged.incrementAndGet();
        }
    }

    private static Told told(int status) {
        return switch (status) {
            case 201 -> Told.RECORDED;
            case 400, 403, 413, 415, 429 -> Told.REFUSED;
            default -> Told.NOTHING;
        };
    }

    private static Optional<String> choiceIn(String answer) {
        Matcher matcher = CHOICE.matcher(answer);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** One of those that are kept for measurements (RFC 2544): behind a trusted proxy a voter has it for its own. */
    private static String address(VoterId voter) {
        return "198.18." + (voter.low() >>> 8 & 0xFF) + "." + (voter.low() >>> 16 & 0xFF);
    }

    long acknowledged() {
        return acknowledged.get();
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
