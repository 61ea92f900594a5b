package org.votingapp.systemtests.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.votingapp.stack.Ports;

/** Speaks TLS on a free port for a server that does not: the Redis of the tests is built without. Two threads a connection. */
final class TlsFront implements AutoCloseable {

    private final ServerSocket listening;
    private volatile int target;

    /** Leads nowhere yet; with the authority's certificate for localhost. */
    TlsFront(CertificateAuthority authority) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(authority.keys(), authority.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        listening = context.getServerSocketFactory()
                .createServerSocket(Ports.free(), 50, InetAddress.getByName("127.0.0.1"));
        inBackground(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Leads to this port of the loopback address from now on. */
    void leadTo(int port) {
        target = port;
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target);
            inBackground(() -> pass(client, server));
            inBackground(() -> pass(server, client));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        // One side is gone, or does not trust the other: that is for the test to see.
                        Thread.currentThread().interrupt();
                    }
                },
                "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
