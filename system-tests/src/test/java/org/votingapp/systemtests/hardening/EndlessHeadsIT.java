package org.votingapp.systemtests.hardening;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.stack.liberty.LibertyPart;

/** Clients that never finish a request's headers. The server must bound what it buffers. */
class EndlessHeadsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final LibertyPart vote = Fortress.stands().parts().vote();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(16);

    @AfterEach
    void end() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
        if (vote.pids().isEmpty()) {
            vote.start();
            vote.awaitReady(START_LIMIT);
        }
    }

    /** Too large or too many header fields, more in all than the server's memory. */
    @ParameterizedTest
    @CsvSource({"80, 99, 16000", "50, 499, 8000"})
    void excessiveHeadersAreNotBuffered(int clients, int fields, int size) throws Exception {
        List<Long> before = vote.pids();

        beginRequests(clients, fields, size).get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(Fortress.stands().vote().get("/health/live").code()).isEqualTo(200);
        assertThat(vote.pids()).isEqualTo(before);
    }

    /** After an {@code OutOfMemoryError} the acceptor thread may be dead, so the JVM exits and its supervisor restarts it. */
    @Test
    void aServerThatRunsOutOfMemoryExits() {
        beginRequests(500, 48, 8_000);

        await().atMost(LIMIT).until(() -> vote.pids().isEmpty());
    }

    private CompletableFuture<Void> beginRequests(int clients, int fields, int size) {
        String field = ": " + "a".repeat(size) + "\r\n";
        return CompletableFuture.allOf(Stream.generate(
                        () -> CompletableFuture.runAsync(() -> beginRequest(fields, field), threads))
                .limit(clients)
                .toArray(CompletableFuture[]::new));
    }

    private void beginRequest(int fields, String field) {
        try {
            Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), vote.port());
            sockets.add(socket);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n".getBytes(ISO_8859_1));
            for (int number = 0; number < fields; number++) {
                socket.getOutputStream().write(("X-" + number + field).getBytes(ISO_8859_1));
            }
        } catch (IOException refused) {
            // The server closed the connection or ended; the test asks the server.
        }
    }
}
