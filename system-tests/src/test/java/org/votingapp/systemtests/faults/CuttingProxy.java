package org.votingapp.systemtests.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.votingapp.stack.data.Ports;

/**
 * A TCP proxy that breaks connections: it resets them in the middle of a message, or swallows one direction. Two threads
 * per connection. Thread-safe.
 *
 * <p>A connection that lost a byte is always reset, as TCP could not continue it either.
 */
public final class CuttingProxy implements AutoCloseable {

    /** The direction of bytes. */
    public enum Direction {
        /** From the client to the server. */
        ASKING,
        /** From the server to the client. */
        ANSWERING
    }

    private static final int CONNECT_MILLIS = 1_000;

    private final ServerSocket listening;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Map<Direction, AtomicInteger> tears = new EnumMap<>(Direction.class);
    private final AtomicInteger torn = new AtomicInteger();
    private final AtomicLong swallowed = new AtomicLong();
    private final Set<Direction> voids = ConcurrentHashMap.newKeySet();
    private volatile int targetPort;

    /** A proxy on a free port of the loopback address, without a target yet. */
    public CuttingProxy(String name) {
        for (Direction direction : Direction.values()) {
            tears.put(direction, new AtomicInteger());
        }
        try {
            listening = new ServerSocket(Ports.free(), 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept, name);
    }

    /** The port it listens on. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Sets the target: a port of the loopback address. */
    public void leadTo(int port) {
        targetPort = port;
    }

    /** Passes half of the next bytes in this direction, then resets that connection on both sides. */
    public void tear(Direction direction) {
        tears.get(direction).incrementAndGet();
    }

    /** The number of connections torn so far. */
    public int torn() {
        return torn.get();
    }

    /** Drops all bytes in this direction until {@link #heal}. */
    public void swallow(Direction direction) {
        voids.add(direction);
    }

    /** The number of bytes dropped so far. */
    public long swallowed() {
        return swallowed.get();
    }

    /** Drops all bytes on open connections, as a firewall does that has forgotten them. New ones work. */
    public void forget() {
        links.forEach(link -> link.forgotten = true);
    }

    /** Ends all faults, and resets connections that lost bytes. */
    public void heal() {
        voids.clear();
        tears.values().forEach(left -> left.set(0));
        links.stream().filter(link -> link.lossy || link.forgotten).forEach(Link::reset);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                start(() -> connect(client), "proxy-link");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        Link link = new Link(client, server);
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), targetPort), CONNECT_MILLIS);
        } catch (IOException serverAway) {
            link.reset();
            return;
        }
        links.add(link);
        start(() -> link.pump(Direction.ANSWERING, server, client), "proxy-answers");
        link.pump(Direction.ASKING, client, server);
    }

    private boolean takeTear(Direction direction) {
        return tears.get(direction).getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        links.forEach(Link::reset);
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean lossy;
        private volatile boolean forgotten;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Direction direction, Socket from, Socket to) {
            byte[] buffer = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (forgotten) {
                        swallowed.addAndGet(read);
                    } else if (lossy && voids.isEmpty()) {
                        break;
                    } else if (voids.contains(direction)) {
                        lossy = true;
                        swallowed.addAndGet(read);
                    } else if (takeTear(direction)) {
                        out.write(buffer, 0, read / 2);
                        torn.incrementAndGet();
                        break;
                    } else {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException ended) {
                // The reset tells the other side.
            }
            reset();
        }

        void reset() {
            links.remove(this);
            reset(client);
            reset(server);
        }

        private void reset(Socket socket) {
            try {
                // Closing with a linger time of 0 sends a reset and not an end
                // (java.net.StandardSocketOptions.SO_LINGER).
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException alreadyClosed) {
                // Already closed.
            }
        }
    }
}
