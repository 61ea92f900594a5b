package org.votingapp.watching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Watchers of the event stream, all on one thread, who note when each tally reached them. */
public final class Audience implements AutoCloseable {

    private static final byte[] REQUEST =
            "GET /api/results/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOTAL = "\"total\":".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final Thread thread;
    private final List<Watcher> watchers = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean closing;

    /** Opens so many streams, one after the other, and reads them. */
    public Audience(int port, int size) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < size; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.write(ByteBuffer.wrap(REQUEST));
            channel.configureBlocking(false);
            Watcher watcher = new Watcher();
            watchers.add(watcher);
            channel.register(selector, SelectionKey.OP_READ, watcher);
        }
        thread = new Thread(this::read, "audience");
        thread.start();
    }

    /** How many have a tally of at least this many votes. */
    public long haveSeen(long votes) {
        return watchers.stream().filter(watcher -> watcher.newest >= votes).count();
    }

    /** How many streams ended. */
    public int ended() {
        return ended.get();
    }

    /** When each watcher first had a tally of at least this many votes, by {@link System#nanoTime}; asked at the end. */
    public List<Long> arrivals(long votes) {
        return watchers.stream()
                .map(watcher -> watcher.arrivals.ceilingEntry(votes))
                .filter(Objects::nonNull)
                .map(Map.Entry::getValue)
                .toList();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (!closing) {
                selector.select(100);
                long now = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    if (((SocketChannel) key.channel()).read(buffer) < 0) {
                        ended.incrementAndGet();
                        key.cancel();
                    } else {
                        ((Watcher) key.attachment()).take(buffer.flip(), now);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops reading; what was seen stays. */
    public void goHome() {
        closing = true;
        try {
            thread.join();
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

    /** Finds the totals in what comes, wherever it is cut. */
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
