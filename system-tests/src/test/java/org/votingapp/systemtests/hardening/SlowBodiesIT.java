package org.votingapp.systemtests.hardening;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.systemtests.shared.RawHttp.Answer;

/** Slow POST attacks: clients that send a vote's body late or never delay nobody else. */
class SlowBodiesIT {

    /** More clients than the vote server has threads. */
    private static final int MANY = 300;

    /** Twice the threads of a server that has just started. */
    private static final int ALL_THREADS =
            2 * Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    /** Enough to occupy every thread that reads bodies. */
    private static final int FEW = 50;

    /** More than one address may keep waiting, with and without a thread. All addresses together may have 500 more. */
    private static final int TOO_MANY = 1_100;

    private static final int ALL_TOO_MANY = 1_600;

    private static final int VOTERS = 8;
    private static final int VOTES = 4_000;

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int PATIENCE_MILLIS = 3_000;

    /** A body must arrive within 10 s. */
    private static final int DRIPPING_MILLIS = 25_000;

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Fortress fortress = Fortress.stands();
    private final List<Socket> slow = new ArrayList<>();
    /** Over all tests: one of them exhausts an address for a minute. */
    private static int voters;

    @AfterEach
    void end() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        slow.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/votes"})
    void votesAndHealthAreAnsweredMeanwhile(String path) throws IOException {
        beginToVote(MANY, path);
        votesAndHealthAreAnswered();
    }

    /** A new server has few threads, and Liberty takes seconds to add more. */
    @Test
    void aServerThatHasJustStartedStillAnswers() throws IOException {
        LibertyPart vote = fortress.parts().vote();
        vote.stop();
        vote.start();
        vote.awaitReady(START_LIMIT);
        votesAndHealthAreAnswered();
        beginToVote(ALL_THREADS, "/api/votes");
        votesAndHealthAreAnswered();
    }

    /** An address beyond its limit is refused at once, and cannot take the places of others. */
    @Test
    void oneAddressCannotTakeTheConnectionsOfOthers() throws IOException {
        String one = anotherAddress();
        for (int count = 0; count < TOO_MANY; count++) {
            send(connect(), head("/api/votes", one, 12));
        }
        await().atMost(Duration.ofSeconds(8))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(statusOfOneMoreOf(one)).isEqualTo("HTTP/1.1 503"));
        votesAndHealthAreAnswered();
        Socket oneMore = connect();
        send(oneMore, head("/api/votes", one, 12));
        assertThat(headFrom(oneMore)).startsWith("HTTP/1.1 503").contains("\r\nRetry-After: 10\r\n");
    }

    /** With and without a waiting thread. In chunks, since Liberty's own time limit restarts with each. */
    @Test
    void aDrippingBodyIsCutOff() throws Exception {
        ScheduledExecutorService tap = Executors.newSingleThreadScheduledExecutor();
        try {
            Socket withAThread = drip(tap);
            beginToVote(FEW, "/api/votes");
            Socket withoutOne = drip(tap);
            assertThat(statusFrom(withAThread)).isEqualTo("HTTP/1.1 408");
            assertThat(statusFrom(withoutOne)).isEqualTo("HTTP/1.1 408");
        } finally {
            tap.shutdownNow();
        }
    }

    private Socket drip(ScheduledExecutorService tap) throws IOException {
        Socket socket = connect();
        socket.setSoTimeout(DRIPPING_MILLIS);
        send(socket, head("/api/votes", 12).replaceFirst("Content-Length: 12", "Transfer-Encoding: chunked"));
        // The writes fail once the server has closed the connection.
        tap.scheduleAtFixedRate(() -> sendUnchecked(socket, "1\r\n \r\n"), 0, 500, TimeUnit.MILLISECONDS);
        return socket;
    }

    private static void sendUnchecked(Socket socket, String text) {
        try {
            send(socket, text);
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    /** Further ones are refused. The server survives on its bounded heap. */
    @Test
    void atMostFifteenHundredSlowBodiesAreKept() throws IOException {
        beginToVote(ALL_TOO_MANY, "/api/votes");
        await().atMost(Duration.ofSeconds(8))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(statusOfOneMoreOf(anotherAddress())).isEqualTo("HTTP/1.1 503"));
        assertThat(fortress.vote().get("/health/live").code()).isEqualTo(200);
        end();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(this::votesAndHealthAreAnswered);
    }

    /** After Redis' answer the request is dispatched back to the container, which renders the page. */
    @Test
    void aRefusedVoteGetsItsPageWhileManyComeAndLeave() throws Exception {
        String limited = anotherAddress();
        beginToVote(FEW, "/api/votes");
        ExecutorService clients = Executors.newFixedThreadPool(VOTERS);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int vote = 0; vote < VOTES; vote++) {
                answers.add(clients.submit(() -> whileSomeComeAndLeave(() -> form(limited))));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get()).satisfies(SlowBodiesIT::isRecordedOrRefusedWithAPage);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private Answer whileSomeComeAndLeave(Callable<Answer> vote) throws Exception {
        try (Socket headAlone = open();
                Socket halfABody = open()) {
            send(headAlone, head("/api/votes", "192.0.2.1", 12));
            send(halfABody, head("/api/votes", "192.0.2.2", 12) + "{\"vo");
            return vote.call();
        }
    }

    private Answer form(String address) throws IOException {
        return fortress.vote().post("/", Map.of("Content-Type", FORM, "X-Forwarded-For", address), "vote=a");
    }

    private static void isRecordedOrRefusedWithAPage(Answer answer) {
        if (answer.code() != 303) {
            assertThat(answer.code()).as("%s", answer).isEqualTo(429);
            assertThat(answer.body()).contains("data-refusal=\"BUSY\"");
        }
    }

    private String statusOfOneMoreOf(String address) throws IOException {
        Socket oneMore = connect();
        send(oneMore, head("/api/votes", address, 12));
        return statusFrom(oneMore);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/votes"})
    void aSlowVoterVotesInTheEnd(String path) throws IOException {
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
        Socket socket = open();
        slow.add(socket);
        return socket;
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getByName("127.0.0.1"), fortress.vote().port()),
                PATIENCE_MILLIS);
        return socket;
    }

    private String head(String path, int length) {
        return head(path, anotherAddress(), length);
    }

    private static String head(String path, String address, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + (path.equals("/") ? FORM : JSON)
                + "\r\nX-Forwarded-For: " + address + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private String anotherAddress() {
        voters++;
        return "198.51." + voters / 250 + "." + voters % 250;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String headFrom(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(new String(socket.getInputStream().readNBytes(1), ISO_8859_1));
        }
        return head.toString();
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
