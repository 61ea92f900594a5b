package org.votingapp.result.watch;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.votingapp.poll.ResultViewer;
import org.votingapp.result.follow.RoomBoard;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.ResultView;

/**
 * One open event stream of one poll. It is sent the newest tally and never an older one, so it needs no queue of tallies.
 *
 * <p>Writing blocks while the client does not read, up to the server's write time-out. So one thread at a time serves a
 * watcher, and no other thread waits for that one: it notes that there is something new, and the watcher is served again.
 * Thread-safe.
 */
final class Watcher {

    /** Who takes care of the watcher. */
    private enum State {
        /** Nobody: it has the newest tally. */
        IDLE,
        /** It waits for a thread. */
        QUEUED,
        /** A thread serves it. */
        BUSY,
        /** A thread serves it, and something new came meanwhile. */
        BUSY_AGAIN,
        /** Nobody any more. */
        ENDED
    }

    /** How a service ended. */
    enum Outcome {
        /** The watcher has the newest tally, or had ended before. */
        UP_TO_DATE,
        /** Something new came meanwhile: the watcher is to be served again. */
        QUEUED,
        /** The stream has ended: another poll is on stage in its room. The client connects again. */
        MOVED,
        /** The stream has ended: the client closed the connection, or it broke. */
        GONE,
        /** The stream has ended: the client did not read. */
        SLOW
    }

    private final TallyBoard board;
    private final ResultViewer viewer;
    private final Optional<RoomBoard> room;
    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final long longestSilenceNanos;
    private final WatcherMeter meter;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

    private volatile HeartbeatEvent lastHeartbeat = HeartbeatEvent.LIVE;
    private volatile long wroteNanos = System.nanoTime();
    /** Written by the thread that serves; -1 before the first tally. */
    private volatile long sentId = -1;

    /**
     * Waits for its first service.
     *
     * @param board what it watches
     * @param viewer who watches
     * @param room the room that it watches, whose poll on stage the board shows; empty where it watches a poll
     * @param longestSilenceNanos after this long without an event a heartbeat is due
     */
    Watcher(
            TallyBoard board,
            ResultViewer viewer,
            Optional<RoomBoard> room,
            AsyncContext exchange,
            long longestSilenceNanos,
            WatcherMeter meter)
            throws IOException {
        this.board = board;
        this.viewer = viewer;
        this.room = room;
        this.exchange = exchange;
        this.out = exchange.getResponse().getOutputStream();
        this.longestSilenceNanos = longestSilenceNanos;
        this.meter = meter;
    }

    /** What it watches. */
    TallyBoard board() {
        return board;
    }

    /** Whether another poll is on stage in its room. */
    boolean isMoved() {
        return room.isPresent() && !room.get().stage().equals(Optional.of(board.pollId()));
    }

    /** Whether to send this heartbeat: the stream was silent for long, or the last heartbeat said otherwise. */
    boolean isDue(HeartbeatEvent heartbeat, long now) {
        return heartbeat != lastHeartbeat || now - wroteNanos >= longestSilenceNanos;
    }

    /** Notes that there is something new; true where the caller must hand the watcher to a thread. */
    boolean queue() {
        State before = state.getAndUpdate(now -> switch (now) {
            case IDLE -> State.QUEUED;
            case BUSY -> State.BUSY_AGAIN;
            default -> now;
        });
        return before == State.IDLE;
    }

    /** Writes bytes that are not a tally, before the first service; may block. */
    void greet(byte[] greeting) throws IOException {
        out.write(greeting);
        // Liberty's stream ignores the first flush; without it, the first event would wait for the second.
        out.flush();
    }

    /**
     * Writes what the watcher lacks; may block.
     *
     * <p>It looks for the newest tally after it became busy. So a tally that was published before is seen here, and a
     * later one queues the watcher again.
     *
     * @throws RuntimeException or an {@link Error} where the fault is ours and not the client's; the stream has ended then
     */
    Outcome serve() {
        if (!state.compareAndSet(State.QUEUED, State.BUSY)) {
            return Outcome.UP_TO_DATE;
        }
        try {
            if (isMoved()) {
                write(StageEvent.of(room.get()));
                return end(Outcome.MOVED);
            }
            Optional<ResultView> result = board.newest(viewer);
            if (result.isPresent() && result.get().id() > sentId) {
                send(result.get());
            }
            HeartbeatEvent now = HeartbeatEvent.of(board);
            if (isDue(now, System.nanoTime())) {
                send(now);
            }
        } catch (SocketTimeoutException notRead) {
            return end(Outcome.SLOW);
        } catch (IOException | IllegalStateException closed) {
            return end(Outcome.GONE);
        } catch (RuntimeException | Error fault) {
            end(Outcome.GONE);
            throw fault;
        }
        State after = state.updateAndGet(now -> now == State.BUSY_AGAIN ? State.QUEUED : State.IDLE);
        return after == State.QUEUED ? Outcome.QUEUED : Outcome.UP_TO_DATE;
    }

    private void send(ResultView result) throws IOException {
        write(result.event());
        sentId = result.id();
        // A page takes each tally for the newest there is, until a heartbeat says otherwise.
        lastHeartbeat = HeartbeatEvent.LIVE;
        meter.tallySent();
    }

    private void send(HeartbeatEvent heartbeat) throws IOException {
        write(heartbeat.bytes());
        lastHeartbeat = heartbeat;
    }

    private void write(byte[] event) throws IOException {
        out.write(event);
        out.flush();
        wroteNanos = System.nanoTime();
    }

    private Outcome end(Outcome how) {
        state.set(State.ENDED);
        return how;
    }

    /** Completes the response of a stream that has ended; may block. */
    void close() {
        exchange.complete();
    }

    /** Ends the stream because the server stops, unless a thread serves it; says whether it did. */
    boolean closeUnlessBusy() {
        if (state.compareAndSet(State.IDLE, State.ENDED) || state.compareAndSet(State.QUEUED, State.ENDED)) {
            exchange.complete();
            return true;
        }
        return false;
    }
}
