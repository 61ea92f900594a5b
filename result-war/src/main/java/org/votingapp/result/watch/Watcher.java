package org.votingapp.result.watch;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import org.votingapp.result.tally.PublishedTally;

/**
 * One open stream: sends the newest tally when the client can take it, and nothing older; there is no queue.
 *
 * <p>No method waits for the client. What cannot be written now is left, and {@link #onWritePossible} sends what is
 * newest by then (Jakarta Servlet 6.0, section 5.7, "Non Blocking IO"). Thread-safe; the lock is held only for a write
 * that does not block.
 */
final class Watcher implements WriteListener {

    /** Why a watcher is dropped. */
    enum End {
        /** The client has closed the connection, or it broke. */
        GONE,
        /** The client did not take what was sent to it. */
        SLOW
    }

    private static final byte[] NOTHING = {};

    private final Watchers watchers;
    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final long quietNanos;

    private byte[] greeting;
    private boolean begun;
    private boolean waiting;
    private Optional<End> end = Optional.empty();
    private Heartbeat told = Heartbeat.LIVE;
    private long sentId = -1;
    private long wroteNanos = System.nanoTime();

    /**
     * @param greeting what goes before the first event
     * @param quietNanos how long the stream may be silent before a heartbeat
     */
    Watcher(Watchers watchers, AsyncContext exchange, byte[] greeting, long quietNanos) throws IOException {
        this.watchers = watchers;
        this.exchange = exchange;
        this.out = exchange.getResponse().getOutputStream();
        this.greeting = greeting;
        this.quietNanos = quietNanos;
    }

    /** Lets the container call {@link #onWritePossible} for the first time. */
    void begin() {
        out.setWriteListener(this);
    }

    /** Whether this watcher is done with, and why. */
    synchronized Optional<End> end() {
        return end;
    }

    /** Sends a tally where it is newer than what was sent and the client can take it; says whether it went out. */
    synchronized boolean offer(PublishedTally newest, long now) {
        if (newest.id() > sentId && write(newest.event(), now)) {
            sentId = newest.id();
            return true;
        }
        return false;
    }

    /**
     * Sends a sign of life where the stream was silent for long or was told otherwise, and ends a stream whose client
     * takes nothing.
     */
    synchronized void beat(Heartbeat heartbeat, long now) {
        if (waiting && now - wroteNanos > Watchers.STUCK.toNanos()) {
            end = end.or(() -> Optional.of(End.SLOW));
        } else if ((heartbeat != told || now - wroteNanos >= quietNanos) && write(heartbeat.event(), now)) {
            told = heartbeat;
        }
    }

    private boolean write(byte[] event, long now) {
        if (!begun || end.isPresent()) {
            return false;
        }
        waiting = !out.isReady();
        if (waiting) {
            return false;
        }
        try {
            // No flush, which would wait for the client: the buffer is so small that each event overflows it.
            out.write(greeting.length == 0 ? event : join(greeting, event));
        } catch (IOException | IllegalStateException closed) {
            end = Optional.of(End.GONE);
            return false;
        }
        greeting = NOTHING;
        wroteNanos = now;
        return true;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            begun = true;
            waiting = false;
        }
        watchers.send(this);
    }

    @Override
    public void onError(Throwable cause) {
        synchronized (this) {
            end = end.or(() -> Optional.of(cause instanceof SocketTimeoutException ? End.SLOW : End.GONE));
        }
        watchers.drop(this);
    }

    /** Ends the response; may wait for the client, up to the server's write time-out. */
    void close() {
        exchange.complete();
    }
}
