package org.votingapp.stack;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Votes that keep coming, 50 a second, each of a new voter, and a record of those that were acknowledged. */
final class VoteStream implements AutoCloseable {

    private static final int THREADS = 4;
    private static final long PERIOD_MILLIS = 80;

    private final Map<UUID, String> acknowledged = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(THREADS);
    private final VoteClient client;

    VoteStream(LibertyPart server) {
        this.client = new VoteClient(server);
        for (int i = 0; i < THREADS; i++) {
            clients.scheduleAtFixedRate(this::cast, i * PERIOD_MILLIS / THREADS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void cast() {
        String choice = ThreadLocalRandom.current().nextBoolean() ? "a" : "b";
        try {
            VoteClient.Answer answer = client.castByApi(choice);
            if (answer.status() == 201) {
                acknowledged.put(answer.voter().orElseThrow(), choice);
            }
        } catch (IOException notAnswered) {
            // Nothing was promised, so nothing is on the record.
            return;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Voters who were told that their vote is recorded, and for what. */
    Map<UUID, String> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Lets votes under way come to their end, and starts none any more. */
    void end() throws InterruptedException {
        clients.shutdown();
        if (!clients.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a vote hangs");
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
