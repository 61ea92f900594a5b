package org.votingapp.systemtests.pages;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An event stream that the test controls, for the pages of a browser context. All other requests reach the real server. It
 * ends with the context, or before.
 */
final class PlayedStream implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<HttpExchange> opened = new LinkedBlockingQueue<>();

    PlayedStream(BrowserContext context) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            opened.add(exchange);
        });
        server.start();
        String url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
        context.route("**/api/results/stream", route -> route.resume(new Route.ResumeOptions().setUrl(url)));
        context.onClose(closed -> close());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Opens the page of this address, and waits for its connection. */
    Connection open(Page page, String address) {
        page.navigate(address);
        return next(page);
    }

    /** Waits for the page's next connection. */
    Connection next(Page page) {
        page.waitForCondition(() -> !opened.isEmpty());
        return new Connection(opened.remove(), page);
    }

    /** Whether no further connection has arrived. */
    boolean isLeftAlone() {
        return opened.isEmpty();
    }

    /** One connection; times are those of the page's clock. */
    record Connection(HttpExchange exchange, Page page) {

        void tally(String json) throws IOException {
            tally(json, Duration.ZERO);
        }

        /** @param age how long ago the server published it */
        void tally(String json, Duration age) throws IOException {
            long now = ((Number) page.evaluate("Date.now()")).longValue();
            send("event: tally\nid: " + (now - age.toMillis()) + "\ndata: " + json + "\n\n");
        }

        void heartbeat(String data) throws IOException {
            send("event: heartbeat\ndata: " + data + "\n\n");
        }

        private void send(String event) throws IOException {
            exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }

        void cut() {
            exchange.close();
        }
    }
}
