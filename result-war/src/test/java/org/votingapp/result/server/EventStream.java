package org.votingapp.result.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One who watches the stream, and keeps what comes until it is asked for. */
final class EventStream implements AutoCloseable {

    /**
     * An event.
     *
     * @param fields its fields by name
     * @param nanos when it came, by {@link System#nanoTime}
     */
    record Event(Map<String, String> fields, long nanos) {

        boolean is(String name) {
            return name.equals(fields.get("event"));
        }

        long id() {
            return Long.parseLong(fields.get("id"));
        }

        String data() {
            return fields.get("data");
        }

        JsonObject tally() {
            return Json.createReader(new StringReader(data())).readObject();
        }

        long total() {
            return tally().getJsonNumber("total").longValue();
        }
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<HttpHeaders> headers = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;

    EventStream(HttpClient http, URI uri) {
        http.sendAsync(HttpRequest.newBuilder(uri).build(), response -> {
            headers.complete(response.headers());
            return HttpResponse.BodySubscribers.fromLineSubscriber(new Lines());
        });
    }

    HttpHeaders headers() throws Exception {
        return headers.get(10, TimeUnit.SECONDS);
    }

    /** The next event that fits; those before it are let go. */
    Event next(Duration atMost, Predicate<Event> fits) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Event event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(event).as("an event that fits, within " + atMost).isNotNull();
            if (fits.test(event)) {
                return event;
            }
        }
    }

    Event nextTally(Duration atMost) throws InterruptedException {
        return next(atMost, event -> event.is("tally"));
    }

    /** Waits until the server has ended it. */
    void awaitEnd(Duration atMost) throws Exception {
        ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        subscription.cancel();
    }

    private final class Lines implements Flow.Subscriber<String> {

        private Map<String, String> fields = new HashMap<>();

        @Override
        public void onSubscribe(Flow.Subscription opened) {
            subscription = opened;
            opened.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            } else if (!fields.isEmpty()) {
                events.add(new Event(fields, System.nanoTime()));
                fields = new HashMap<>();
            }
        }

        @Override
        public void onError(Throwable broken) {
            ended.complete(null);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }
    }
}
