package org.votingapp.result.watch;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.poll.ResultViewer;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.follow.NewTallies;
import org.votingapp.result.follow.RoomBoard;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.ServerSentEvents;

/**
 * All watchers of this server, of whatever poll, up to the limit {@code RESULTS_MAX_WATCHERS}. Starts and stops their {@link Distribution}
 * with the application. Thread-safe.
 */
@Singleton
public class Watchers {

    private static final Logger LOG = Logger.getLogger(Watchers.class.getName());

    /** The longest time without an event; the distribution looks once a tick. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15).minus(Distribution.TICK);
    /** By how much that time varies: if all heartbeats fell due together, a tally would wait for them. */
    private static final Duration SPREAD = Duration.ofSeconds(3);

    private static final int LEAST_RETRY_MILLIS = 1000;
    private static final int MOST_THREADS = 4;

    @Resource
    private ManagedThreadFactory threads;

    private final ResultSettings settings;
    private final WatcherMeter meter;
    private Distribution distribution;

    // Streams never end by themselves, and a server that stops waits 30 s for open requests before it stops
    // applications.
    private final Thread atShutdown = new Thread(this::endStreams, "end-streams");

    /** Counts what happens to watchers by this meter. */
    @Inject
    public Watchers(ResultSettings settings, WatcherMeter meter) {
        this.settings = settings;
        this.meter = meter;
    }

    @PostConstruct
    void prepare() {
        int leastThreads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        distribution = new Distribution(meter, threads, leastThreads);
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object applicationStarts) {
        threads.newThread(distribution).start();
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    void published(@Observes NewTallies tallies) {
        distribution.published(tallies.boards());
    }

    void staged(@Observes RoomBoard room) {
        distribution.staged();
    }

    @PreDestroy
    void stop() {
        endStreams();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException shuttingDown) {
            LOG.log(Level.FINE, "The shutdown hook has ended the streams", shuttingDown);
        }
    }

    private void endStreams() {
        distribution.stop();
    }

    /**
     * Whether there is room for one more watcher; counts the refusal where there is none, or the server stops. Concurrent
     * callers may exceed the limit by their number.
     */
    boolean haveRoom() {
        if (distribution.size() < settings.maxWatchers() && distribution.isRunning()) {
            return true;
        }
        meter.refused();
        return false;
    }

    /**
     * Adds a watcher of this board, and sends it what the viewer may see of the newest tally.
     *
     * @param room the room whose stage ends the stream when it changes, if the watcher asked for a room
     * @throws IOException where the client is gone already
     */
    void watch(TallyBoard board, ResultViewer viewer, Optional<RoomBoard> room, AsyncContext exchange)
            throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long longestSilence = LONGEST_SILENCE.toNanos() - random.nextLong(SPREAD.toNanos());
        Watcher watcher = new Watcher(board, viewer, room, exchange, longestSilence, meter);
        watcher.greet(ServerSentEvents.retry(LEAST_RETRY_MILLIS + random.nextLong(LEAST_RETRY_MILLIS)));
        distribution.add(watcher);
    }

    /** The number of watchers. */
    public int count() {
        return distribution.size();
    }

    /** The number of watchers of one poll. */
    int count(String pollId) {
        return distribution.size(pollId);
    }

    /** The number of threads that a watcher blocks by not reading. */
    public int blockedSenders() {
        return distribution.blockedSenders();
    }

    /** The time since the distribution's thread last went round its loop. */
    public Duration beatAge() {
        return distribution.beatAge();
    }
}
