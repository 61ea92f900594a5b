package org.votingapp.result.watch;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.ServerSentEvents;

/**
 * All who watch the stream, up to a limit, shared among a few senders.
 *
 * <p>A watcher counts from {@link #admit} until it is dropped. Thread-safe.
 */
@ApplicationScoped
public class Watchers {

    /** A client that could not take anything for this long is dropped, if the server's write time-out has not done it. */
    static final Duration STUCK = Duration.ofSeconds(10);

    /** Streams are silent for at most this long. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private static final int MOST_SENDERS = 4;
    private static final int FIRST_RETRY_MILLIS = 1000;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedExecutorService executor;

    private final TallyBoard board;
    private final int limit;
    private final List<Sender> senders;

    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<Watcher.End, LongAdder> dropped =
            Map.of(Watcher.End.GONE, new LongAdder(), Watcher.End.SLOW, new LongAdder());

    /** For the container's proxy. */
    protected Watchers() {
        board = null;
        limit = 0;
        senders = List.of();
    }

    /** Nobody watches yet. */
    @Inject
    public Watchers(ResultSettings settings, TallyBoard board, Vitals vitals) {
        this.board = board;
        this.limit = settings.maxWatchers();
        int threads = Math.min(MOST_SENDERS, Runtime.getRuntime().availableProcessors());
        this.senders = Stream.generate(() -> new Sender(this, vitals::fresh))
                .limit(threads)
                .toList();
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object applicationStarts) {
        senders.forEach(sender -> threads.newThread(sender).start());
    }

    void published(@Observes PublishedTally tally) {
        senders.forEach(Sender::wake);
    }

    @PreDestroy
    void stop() {
        senders.forEach(Sender::stop);
        senders.forEach(sender -> sender.share().forEach(Watcher::close));
    }

    /** Takes a place for one more watcher; false where there is none left. */
    boolean admit() {
        if (count.incrementAndGet() <= limit) {
            return true;
        }
        count.decrementAndGet();
        refused.increment();
        return false;
    }

    /** Sends to somebody who was admitted, beginning with the newest tally. */
    void watch(AsyncContext exchange) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] greeting = ServerSentEvents.retry(FIRST_RETRY_MILLIS + random.nextLong(FIRST_RETRY_MILLIS));
        // Heartbeats are spread, or all of them would fall due together after each tally.
        long quiet = LONGEST_SILENCE.toNanos() - random.nextLong(LONGEST_SILENCE.toNanos() / 4);
        Watcher watcher = new Watcher(this, exchange, greeting, quiet);
        Sender least = Collections.min(
                senders, Comparator.comparingInt(sender -> sender.share().size()));
        least.share().add(watcher);
        watcher.begin();
    }

    /** Sends the newest tally, and drops a watcher that is done with. */
    void send(Watcher watcher) {
        Optional<PublishedTally> newest = board.newest();
        if (newest.isPresent() && watcher.offer(newest.get(), System.nanoTime())) {
            sent.increment();
        }
        if (watcher.end().isPresent()) {
            drop(watcher);
        }
    }

    /** Forgets a watcher and ends its response. */
    void drop(Watcher watcher) {
        for (Sender sender : senders) {
            if (sender.share().remove(watcher)) {
                count.decrementAndGet();
                dropped.get(watcher.end().orElse(Watcher.End.GONE)).increment();
                // Ending a response may wait for its client.
                executor.execute(watcher::close);
            }
        }
    }

    /** How many watch. */
    public int count() {
        return count.get();
    }

    /** How many times a tally was handed to a connection. */
    public long sent() {
        return sent.sum();
    }

    /** How many were turned away since there were as many as there may be. */
    public long refused() {
        return refused.sum();
    }

    /** How many closed their connection, or lost it. */
    public long gone() {
        return dropped.get(Watcher.End.GONE).sum();
    }

    /** How many were dropped since they did not take what was sent. */
    public long slow() {
        return dropped.get(Watcher.End.SLOW).sum();
    }

    /** The time since each of the senders last looked after its watchers: that of the one for which it is longest. */
    public Duration beatAge() {
        return senders.stream()
                .map(Sender::beatAge)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
