package org.votingapp.testsupport.watching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watchers of the event stream, all on one thread, that note when each tally reached them.
 *
 * <p>They poll every {@value #LOOK_MILLIS} ms, so each time is up to that much too late. Waking the thread for each event
 * would take processor time from the server under test.
 */
public final class Audience implements AutoCloseable {

    private static final String STREAM = "/api/results/stream";
    private static final byte[] TOTAL = "\"total\":".getBytes(StandardCharsets.US_ASCII);

    private static final int LOOK_MILLIS = 10;

    private final Selector selector;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "audience"));
    private final ScheduledFuture<?> reading;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Watcher> watchers = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    /** Opens this many streams of the house room's poll, one after the other, and reads them. */
    public Audience(int port, int size) throws IOException {
        this(port, Collections.nCopies(size, STREAM));
    }

    /** Opens a stream at each of these addresses, one after the other, and reads them. */
    public Audience(int port, List<String> paths) throws IOException {
        selector = Selector.open();
        for (String path : paths) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.write(ByteBuffer.wrap(request(path)));
            channel.configureBlocking(false);
            Watcher watcher = new Watcher();
            watchers.add(watcher);
            channel.register(selector, SelectionKey.OP_READ, watcher);
        }
        reading = thread.scheduleWithFixedDelay(this::read, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The number of watchers that have a tally of at least this many votes. */
    public long haveSeen(long votes) {
        return watchers.stream().filter(watcher -> watcher.newest >= votes).count();
    }

    /** The number of streams that ended. */
    public int ended() {
        return ended.get();
    }

    /**
     * When each watcher first had a tally of at least this many votes, by {@link System#nanoTime}; to be called after
     * {@link #goHome}.
     */
    public List<Long> arrivals(long votes) {
        return watchers.stream()
                .map(watcher -> watcher.arrivals.ceilingEntry(votes))
                .filter(Objects::nonNull)
                .map(Map.Entry::getValue)
                .toList();
    }

    private void read() {
        try {
            selector.selectNow(this::read);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void read(SelectionKey key) {
        buffer.clear();
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                ended.incrementAndGet();
                key.cancel();
            } else {
                ((Watcher) key.attachment()).take(buffer.flip(), System.nanoTime());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Stops reading, and keeps what was seen.
     *
     * @throws AssertionError if reading failed
     */
    public void goHome() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the watchers still read after a minute");
            }
            reading.get();
        } catch (CancellationException wasReading) {
            // Reading went well until now.
        } catch (ExecutionException failed) {
            throw new AssertionError("the watchers could not read", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        goHome();
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }

    /** Finds the totals in the stream, however its bytes are split. */
    private final class Watcher {

        private final NavigableMap<Long, Long> arrivals = new TreeMap<>();
        private int matched;
        private long total = -1;
        private volatile long newest = -1;

        void take(ByteBuffer bytes, long now) {
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                if (total >= 0) {
                    if (next >= '0' && next <= '9') {
                        total = total * 10 + next - '0';
                    } else {
                        arrived(now);
                    }
                } else if (next == TOTAL[matched]) {
                    matched++;
                    if (matched == TOTAL.length) {
                        total = 0;
                        matched = 0;
                    }
                } else {
                    matched = next == TOTAL[0] ? 1 : 0;
                }
            }
        }

        private void arrived(long now) {
            arrivals.putIfAbsent(total, now);
            newest = total;
            total = -1;
        }
    }
}
