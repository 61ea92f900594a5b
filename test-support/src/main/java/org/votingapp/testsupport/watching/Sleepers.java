package org.votingapp.testsupport.watching;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Watchers that open a stream and never read it. */
public final class Sleepers implements AutoCloseable {

    private final List<Socket> sockets = new ArrayList<>();

    /** Opens this many streams, one after the other. */
    public Sleepers(int port, int size) throws IOException {
        try {
            for (int i = 0; i < size; i++) {
                Socket socket = new Socket();
                sockets.add(socket);
                // A small receive buffer, so that the server soon feels the back-pressure.
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                socket.getOutputStream()
                        .write("GET /api/results/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    /** The number of streams. */
    public int size() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
