package org.votingapp.benchmarks.load;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** One watcher of the event stream that notes when each number of votes for one option first appeared. */
public final class Viewer implements AutoCloseable {

    private static final String DATA = "data: ";

    private final String option;
    private final ConcurrentNavigableMap<Long, Long> seen = new ConcurrentSkipListMap<>();
    private final CompletableFuture<Void> reading;

    /**
     * @param stream the address of the event stream
     * @param option the key of the option
     */
    public Viewer(URI stream, String option) {
        this.option = option;
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Accept", "text/event-stream")
                .build();
        this.reading = HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofLines())
                .thenAccept(answer -> answer.body().forEach(this::line));
    }

    private void line(String line) {
        if (!line.startsWith(DATA + "{")) {
            return;
        }
        long now = System.nanoTime();
        for (JsonElement entry : JsonParser.parseString(line.substring(DATA.length()))
                .getAsJsonObject()
                .getAsJsonArray("options")) {
            if (entry.getAsJsonObject().get("key").getAsString().equals(option)) {
                seen.putIfAbsent(entry.getAsJsonObject().get("votes").getAsLong(), now);
            }
        }
    }

    /** Whether it has seen at least this many votes. */
    public boolean hasSeen(long votes) {
        if (reading.isDone()) {
            reading.join();
            throw new IllegalStateException("the stream ended");
        }
        return !seen.isEmpty() && seen.lastKey() >= votes;
    }

    /** The most votes seen; called after the first tally. */
    public long newest() {
        return seen.lastKey();
    }

    /** When it first saw at least this many votes, by {@link System#nanoTime}. */
    public long at(long votes) {
        return seen.ceilingEntry(votes).getValue();
    }

    @Override
    public void close() {
        reading.cancel(true);
    }
}
