package org.votingapp.hardening;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.hardening.RawHttp.Answer;

/** Clients that send a vote's headers, and its body late or never, hold up nobody but themselves. */
class SlowBodiesIT {

    /** More than the vote server has threads. */
    private static final int MANY = 300;

    /** More than may wait at a time, with and without a thread. */
    private static final int TOO_MANY = 1_500;

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int PATIENCE_MILLIS = 3_000;

    private final Fortress fortress = Fortress.stands();
    private final List<Socket> slow = new ArrayList<>();
    private int voters;

    @AfterEach
    void end() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        slow.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/votes"})
    void otherVotesAreTakenAndTheServerIsWell(String path) throws IOException {
        beginToVote(MANY, path);
        votesAndHealthAreAnswered();
    }

    /** The others are told so at once; and the server, which has a bounded heap, is there when they are gone. */
    @Test
    void noMoreThanAThousandOfThemAreKept() throws IOException {
        beginToVote(TOO_MANY, "/api/votes");
        await().atMost(Duration.ofSeconds(8)).ignoreExceptions().untilAsserted(() -> {
            Socket oneMore = connect();
            send(oneMore, head("/api/votes", 12));
            assertThat(statusFrom(oneMore)).isEqualTo("HTTP/1.1 503");
        });
        assertThat(fortress.vote().get("/health/live").code()).isEqualTo(200);
        end();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(this::votesAndHealthAreAnswered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/votes"})
    void whoIsSlowVotesInTheEnd(String path) throws IOException {
        beginToVote(MANY, path);
        String vote = path.equals("/") ? "vote=a" : "{\"vote\":\"a\"}";
        int half = vote.length() / 2;
        for (int count = 0; count < 5; count++) {
            Socket socket = connect();
            send(socket, head(path, vote.length()));
            send(socket, vote.substring(0, half));
            votesAndHealthAreAnswered();
            send(socket, vote.substring(half));
            assertThat(statusFrom(socket)).isEqualTo(path.equals("/") ? "HTTP/1.1 303" : "HTTP/1.1 201");
        }
    }

    private void beginToVote(int clients, String path) throws IOException {
        for (int count = 0; count < clients; count++) {
            send(connect(), head(path, 12));
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        slow.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getByName("127.0.0.1"), fortress.vote().port()),
                PATIENCE_MILLIS);
        return socket;
    }

    private String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + (path.equals("/") ? FORM : JSON)
                + "\r\nX-Forwarded-For: " + anotherAddress() + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private String anotherAddress() {
        voters++;
        return "198.51." + voters / 250 + "." + voters % 250;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String statusFrom(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), ISO_8859_1);
    }

    private void votesAndHealthAreAnswered() throws IOException {
        long start = System.nanoTime();
        Answer vote = fortress.vote()
                .post(
                        "/api/votes",
                        Map.of("Content-Type", JSON, "X-Forwarded-For", anotherAddress()),
                        "{\"vote\":\"b\"}");
        assertThat(vote.code()).as("%s", vote).isEqualTo(201);
        assertThat(fortress.vote().get("/health/live").code()).isEqualTo(200);
        assertThat((System.nanoTime() - start) / 1_000_000).as("milliseconds").isLessThan(PATIENCE_MILLIS);
    }
}
