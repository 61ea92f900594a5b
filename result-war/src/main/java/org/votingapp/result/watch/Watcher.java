package org.votingapp.result.watch;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.votingapp.result.tally.PublishedTally;

/**
 * One open stream, which is sent the newest tally and nothing older: there is no queue of tallies.
 *
 * <p>Writing waits for the client, up to the server's write time-out. So a watcher is served by one thread at a time, and
 * nobody ever waits for that thread: who finds the watcher busy leaves word, and it is served once more with what is
 * newest by then. Thread-safe.
 */
final class Watcher {

    /** Where a watcher stands. */
    enum State {
        /** Nobody cares for it at the moment. */
        IDLE,
        /** It waits for a thread. */
        QUEUED,
        /** A thread serves it. */
        BUSY,
        /** A thread serves it, and something new has come meanwhile. */
        BUSY_AGAIN,
        /** The client has closed the connection, or it broke, or serving it hit a fault. */
        GONE,
        /** The client did not take what was sent to it. */
        SLOW
    }

    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final long quietNanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

    private volatile Heartbeat told = Heartbeat.LIVE;
    private volatile long wroteNanos = System.nanoTime();
    private volatile long sentId = -1;

    /**
     * Is queued for its first service.
     *
     * @param quietNanos how long the stream may be silent before a heartbeat
     */
    Watcher(AsyncContext exchange, long quietNanos) throws IOException {
        this.exchange = exchange;
        this.out = exchange.getResponse().getOutputStream();
        this.quietNanos = quietNanos;
    }

    /** Whether to send a sign of life: the stream was silent for long, or was told otherwise. */
    boolean heartbeatDue(Heartbeat heartbeat, long now) {
        return heartbeat != told || now - wroteNanos >= quietNanos;
    }

    /** There is something new; says whether the caller is to put the watcher into the queue. */
    boolean queue() {
        State before = state.getAndUpdate(now -> switch (now) {
            case IDLE -> State.QUEUED;
            case BUSY -> State.BUSY_AGAIN;
            default -> now;
        });
        return before == State.IDLE;
    }

    /** Sends bytes that are not a tally, before the first one; waits for the client. */
    void greet(byte[] greeting) throws IOException {
        out.write(greeting);
        // Liberty's stream takes no notice of the first flush, and what is written now would wait for a later event.
        out.flush();
    }

    /**
     * Sends what the watcher lacks; waits for the client.
     *
     * <p>What is newest is looked up only once the watcher is busy: whoever has something newer from then on leaves word,
     * and what came before is seen.
     *
     * @return {@link State#IDLE}, also where it was ended while it waited for a thread; or {@link State#QUEUED} where
     *     there is something new again; or how it ended
     * @throws RuntimeException or an {@link Error} where that is no word of the client's, but a fault; it has ended then
     */
    State serve(Supplier<Optional<PublishedTally>> newest, Supplier<Heartbeat> heartbeat) {
        if (!state.compareAndSet(State.QUEUED, State.BUSY)) {
            return State.IDLE;
        }
        try {
            Optional<PublishedTally> tally = newest.get();
            if (tally.isPresent() && tally.get().id() > sentId) {
                write(tally.get().event());
                sentId = tally.get().id();
                // Whoever gets a tally takes it for the newest there is.
                told = Heartbeat.LIVE;
            }
            Heartbeat sign = heartbeat.get();
            if (heartbeatDue(sign, System.nanoTime())) {
                write(sign.event());
                told = sign;
            }
        } catch (SocketTimeoutException notTaken) {
            return end(State.SLOW);
        } catch (IOException | IllegalStateException closed) {
            return end(State.GONE);
        } catch (RuntimeException | Error fault) {
            end(State.GONE);
            throw fault;
        }
        return state.updateAndGet(now -> now == State.BUSY_AGAIN ? State.QUEUED : State.IDLE);
    }

    private void write(byte[] event) throws IOException {
        out.write(event);
        out.flush();
        wroteNanos = System.nanoTime();
    }

    private State end(State how) {
        state.set(how);
        return how;
    }

    /** The id of the newest tally that was sent, or -1. */
    long sentId() {
        return sentId;
    }

    /** Ends the response of a watcher that has ended; may wait for the client. */
    void close() {
        exchange.complete();
    }

    /** Ends a stream that no thread serves, since the server stops; says whether it did. */
    boolean closeUnlessBusy() {
        if (state.compareAndSet(State.IDLE, State.GONE) || state.compareAndSet(State.QUEUED, State.GONE)) {
            exchange.complete();
            return true;
        }
        return false;
    }
}
