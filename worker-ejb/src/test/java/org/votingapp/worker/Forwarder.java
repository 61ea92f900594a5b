package org.votingapp.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes TCP connections on to a port of this host, as a Service does: one that is open stays where it leads, and new ones
 * go where it leads now.
 */
public final class Forwarder implements AutoCloseable {

    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private volatile int target;

    /** @param target the port that it leads to at first */
    public Forwarder(int target) throws IOException {
        this.target = target;
        start("forwarder", this::accept);
    }

    /** Where it listens. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** From now on new connections lead there. */
    public void leadTo(int port) {
        target = port;
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket from = entrance.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(from);
                open.add(to);
                start("forwarder-there", () -> pass(from, to));
                start("forwarder-back", () -> pass(to, from));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Both ends are closed now, which is how either learns of it.
            return;
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException stubborn) {
            throw new java.io.UncheckedIOException(stubborn);
        }
    }
}
