package org.votingapp.systemtests.pages;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A reverse proxy that serves servers below paths of one host and strips the path, as nginx does by {@code location /vote/}
 * with a {@code proxy_pass} that ends with a slash. One connection per request.
 */
final class PathProxy implements AutoCloseable {

    private final Map<String, Integer> ports;
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param ports the servers' ports by path, such as {@code /vote} */
    PathProxy(Map<String, Integer> ports) throws IOException {
        this.ports = ports;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> passOn(client));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void passOn(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            int slash = head.indexOf('/');
            int end = head.indexOf('/', slash + 1);
            Integer port = end < 0 ? null : ports.get(head.substring(slash, end));
            if (port == null) {
                client.getOutputStream()
                        .write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            String passed = (head.substring(0, slash) + head.substring(end))
                    .replaceFirst("(?i)\r\nConnection: [^\r]*", "\r\nConnection: close");
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                server.getOutputStream().write(passed.getBytes(StandardCharsets.ISO_8859_1));
                threads.execute(() -> transfer(in, server));
                server.getInputStream().transferTo(client.getOutputStream());
            }
        } catch (IOException clientGone) {
            // The browser has closed the connection.
        }
    }

    private static void transfer(InputStream in, Socket server) {
        try {
            in.transferTo(server.getOutputStream());
        } catch (IOException answered) {
            // The exchange has ended.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new SocketException("the head ended early");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
