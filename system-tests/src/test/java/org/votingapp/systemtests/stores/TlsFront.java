package org.votingapp.systemtests.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.votingapp.stack.data.Ports;
import org.votingapp.testsupport.tls.IssuedCertificate;

/** Terminates TLS on a free port, since the tests' Redis is built without TLS. Two threads per connection. */
final class TlsFront implements AutoCloseable {

    private final ServerSocket listening;
    private volatile int target;

    /** Has no target yet. */
    TlsFront(IssuedCertificate certificate) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate.keyStore(), certificate.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        listening = context.getServerSocketFactory()
                .createServerSocket(Ports.free(), 50, InetAddress.getByName("127.0.0.1"));
        inBackground(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Sets the target: a port of the loopback address. */
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
                        // One side has closed or does not trust the other; the test checks that.
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
