package org.votingapp.result.watch;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.ServerSentEvents;

/** All who watch the stream, up to a limit. Thread-safe. */
@ApplicationScoped
public class Watchers {

    /** Streams are silent for at most this long. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15).minus(Distribution.TICK);
    /** By how much silence may be shorter: if all heartbeats fell due together, a tally would wait for them. */
    private static final Duration SPREAD = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(Watchers.class.getName());

    private static final int LEAST_RETRY_MILLIS = 1000;
    private static final int MOST_THREADS = 4;

    @Resource
    private ManagedThreadFactory threads;

    private final ResultSettings settings;
    private final TallyBoard board;
    private final Vitals vitals;
    private final WatcherCounts counts = new WatcherCounts();
    private volatile Optional<Distribution> distribution = Optional.empty();

    // A server that is told to stop waits half a minute for open requests before it stops its applications; streams
    // would be open for ever.
    private final Thread atShutdown = new Thread(this::endStreams, "end-streams");

    /** For the container's proxy. */
    protected Watchers() {
        this(null, null, null);
    }

    /** Nobody watches yet. */
    @Inject
    public Watchers(ResultSettings settings, TallyBoard board, Vitals vitals) {
        this.settings = settings;
        this.board = board;
        this.vitals = vitals;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object applicationStarts) {
        int few = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        Distribution started = new Distribution(board.direct(), vitals.freshDirect(), counts, threads, few);
        distribution = Optional.of(started);
        threads.newThread(started).start();
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    void published(@Observes PublishedTally tally) {
        distribution.ifPresent(Distribution::tell);
    }

    @PreDestroy
    void stop() {
        endStreams();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException shuttingDown) {
            LOG.log(Level.FINE, "The streams were ended at the shutdown's beginning", shuttingDown);
        }
    }

    private void endStreams() {
        distribution.ifPresent(Distribution::stop);
    }

    /** Whether one more may watch; not when the server stops. Many who ask at the same moment may exceed the limit. */
    boolean haveRoom() {
        if (count() < settings.maxWatchers()
                && distribution.filter(Distribution::isRunning).isPresent()) {
            return true;
        }
        counts.refused().increment();
        return false;
    }

    /**
     * Sends to one more watcher, beginning with the newest tally.
     *
     * @throws IOException where the client is gone already
     */
    void watch(AsyncContext exchange) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Watcher watcher = new Watcher(exchange, LONGEST_SILENCE.toNanos() - random.nextLong(SPREAD.toNanos()));
        watcher.greet(ServerSentEvents.retry(LEAST_RETRY_MILLIS + random.nextLong(LEAST_RETRY_MILLIS)));
        distribution.orElseThrow().add(watcher);
    }

    /** How many watch. */
    public int count() {
        return distribution.map(Distribution::size).orElse(0);
    }

    /** How many threads wait for a watcher who does not read. */
    public int heldUp() {
        return distribution.map(Distribution::heldUp).orElse(0);
    }

    /** What happened to them. */
    public WatcherCounts counts() {
        return counts;
    }

    /** The time since the thread that sees to them last went round. */
    public Duration beatAge() {
        return distribution.map(Distribution::beatAge).orElse(Duration.ZERO);
    }
}
