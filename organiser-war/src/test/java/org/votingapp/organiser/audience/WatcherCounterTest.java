package org.votingapp.organiser.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.testsupport.UnusedPort;

class WatcherCounterTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<HttpServer> servers = new ArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
        threads.shutdown();
    }

    private URI answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/watchers/lunch", exchange -> {
            questions.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        servers.add(server);
        return at(server.getAddress().getPort());
    }

    private URI counting(int watchers) throws IOException {
        return answering(200, "{\"watchers\":%d}".formatted(watchers));
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private WatcherCounter counter(URI... addresses) {
        return counter(threads, addresses);
    }

    private static WatcherCounter counter(Executor resolving, URI... addresses) {
        return new WatcherCounter(new ResultServers(List.of(addresses)), resolving);
    }

    @Test
    void whatAllServersAnswerIsAddedUp() throws Exception {
        assertThat(counter(counting(2), counting(0), counting(40)).count("lunch"))
                .hasValue(new CountedWatchers(42, true));
    }

    @Test
    void withoutServersNobodyIsAsked() {
        assertThat(counter().count("lunch")).isEmpty();
    }

    @Test
    void whereOneIsDeadAtLeastSoManyWatch() throws Exception {
        assertThat(counter(counting(3), at(UnusedPort.find())).count("lunch")).hasValueSatisfying(count -> {
            assertThat(count).isEqualTo(new CountedWatchers(3, false));
            assertThat(count.known()).isTrue();
        });
    }

    @Test
    void whereOneIsDeadAndTheOthersHaveNoneItIsNotKnown() throws Exception {
        assertThat(counter(counting(0), at(UnusedPort.find())).count("lunch"))
                .hasValueSatisfying(count -> assertThat(count.known()).isFalse());
    }

    /** The kernel takes the connections, and nobody answers; three of them take no longer than one. */
    @Test
    void whoeverAsksWaitsForASecondThoughServersHang() throws Exception {
        try (ServerSocket hangs = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            WatcherCounter counter = counter(
                    counting(3), at(hangs.getLocalPort()), at(hangs.getLocalPort()), URI.create("http://127.0.0.2:1"));
            long begun = System.nanoTime();
            assertThat(counter.count("lunch")).hasValue(new CountedWatchers(3, false));
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(900), WatcherCounter.LIMIT.plusMillis(900));
        }
    }

    @Test
    void whoeverAsksWaitsForASecondThoughTheResolverHangs() throws Exception {
        List<Runnable> never = new ArrayList<>();
        WatcherCounter counter = counter(never::add, counting(3));
        long begun = System.nanoTime();
        assertThat(counter.count("lunch")).hasValue(CountedWatchers.UNKNOWN);
        assertThat(counter.count("dinner")).hasValue(CountedWatchers.UNKNOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(
                        Duration.ofMillis(1900),
                        WatcherCounter.LIMIT.multipliedBy(2).plusMillis(900));
        assertThat(never).as("what holds a thread").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "[3]",
                "{}",
                "{\"watchers\":-1}",
                "{\"watchers\":\"3\"}",
                "{\"watchers\":null}",
                "<html></html>"
            })
    void anAnswerWithoutANumberIsNone(String body) throws Exception {
        assertThat(counter(counting(3), answering(200, body)).count("lunch")).hasValue(new CountedWatchers(3, false));
    }

    @Test
    void neitherAnErrorNorALongAnswerIsANumber() throws Exception {
        assertThat(counter(
                                counting(3),
                                answering(503, "{\"watchers\":9}"),
                                answering(200, "{\"watchers\":9}" + " ".repeat(5000)))
                        .count("lunch"))
                .hasValue(new CountedWatchers(3, false));
    }

    @Test
    void anUnknownNameLeavesAtLeastTheOthers() throws Exception {
        assertThat(counter(counting(3), URI.create("http://result-servers.invalid:9080"))
                        .count("lunch"))
                .hasValue(new CountedWatchers(3, false));
    }

    @Test
    void noMoreThanSixteenAreAsked() throws Exception {
        URI[] many = Stream.generate(() -> 1)
                .limit(ResultServers.MOST + 1)
                .map(watchers -> {
                    try {
                        return counting(watchers);
                    } catch (IOException failed) {
                        throw new IllegalStateException(failed);
                    }
                })
                .toArray(URI[]::new);
        assertThat(counter(many).count("lunch")).hasValue(new CountedWatchers(ResultServers.MOST, false));
        assertThat(questions).hasValue(ResultServers.MOST);
    }

    @Test
    void manyWhoAskAtTheSameTimeAskOnce() throws Exception {
        WatcherCounter counter = counter(counting(3), counting(4));
        assertThat(IntStream.range(0, 20)
                        .mapToObj(one -> threads.submit(() -> counter.count("lunch")))
                        .toList())
                .allSatisfy(count -> assertThat(count.get()).hasValue(new CountedWatchers(7, true)));
        assertThat(questions).hasValue(2);
    }
}
