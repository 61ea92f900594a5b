package org.votingapp.organiser.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.runtime.tls.Authorities;
import org.votingapp.testsupport.tls.CertificateAuthority;
import org.votingapp.testsupport.tls.IssuedCertificate;

/** What bounds a provider's answers. */
class ProviderHttpTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static ProviderHttp provider(Duration limit) {
        return new ProviderHttp(limit, Authorities.JAVAS);
    }

    private static SSLContext context(IssuedCertificate issued) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(issued.keyStore(), issued.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private URL answering(int status, byte... body) throws IOException {
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        return url(server.getAddress().getPort());
    }

    private static URL url(int port) throws IOException {
        return URI.create("http://127.0.0.1:" + port + "/keys").toURL();
    }

    @Test
    void anAnswerIsRead() throws IOException {
        assertThat(provider(ProviderHttp.LIMIT)
                        .retrieveResource(answering(200, "{}".getBytes()))
                        .getContent())
                .isEqualTo("{}");
    }

    @Test
    void aCertificateIsVerifiedByJavasAuthoritiesAndThoseOfTheSetting(@TempDir Path folder) throws Exception {
        CertificateAuthority authority = new CertificateAuthority(folder, "provider");
        IssuedCertificate issued = authority.issue("localhost");
        Path bundle = Files.writeString(folder.resolve("bundle.pem"), authority.pem());
        HttpsServer tls = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(context(issued)));
        tls.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        tls.start();
        try {
            URL url = URI.create("https://localhost:" + tls.getAddress().getPort() + "/keys")
                    .toURL();
            assertThatThrownBy(() -> provider(ProviderHttp.LIMIT).retrieveResource(url))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("unable to find valid certification path");
            Authorities own = new Authorities(Authorities.inFile("oidc.sslrootcert", bundle.toString()), true);
            assertThat(new ProviderHttp(ProviderHttp.LIMIT, own)
                            .retrieveResource(url)
                            .getContent())
                    .isEmpty();
        } finally {
            tls.stop(0);
        }
    }

    @Test
    void anAnswerThatIsTooLongFails() throws IOException {
        URL large = answering(200, new byte[600 * 1024]);
        assertThatThrownBy(() -> provider(ProviderHttp.LIMIT).retrieveResource(large))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 524,288 bytes");
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        URL moved = answering(302, new byte[1]);
        assertThatThrownBy(() -> provider(ProviderHttp.LIMIT).retrieveResource(moved))
                .hasMessageContaining("answered 302");
    }

    /** It takes connections, and never answers. */
    @Test
    void aProviderThatHangsFailsInTimeAndTakesNoMoreThanEightThreads() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URL url = url(hanging.getLocalPort());
            assertThatThrownBy(() -> provider(SHORT).retrieveResource(url))
                    .hasMessageContaining("has not answered within 300 ms");
            hanging.accept();
            ProviderHttp http = provider(Duration.ofSeconds(20));
            Thread[] waiting = new Thread[8];
            for (int at = 0; at < waiting.length; at++) {
                waiting[at] = new Thread(() -> assertThatThrownBy(() -> http.retrieveResource(url)));
                waiting[at].start();
                // Its request has arrived.
                hanging.accept();
            }
            assertThatThrownBy(() -> http.retrieveResource(url)).hasMessageContaining("8 requests wait");
            for (Thread one : waiting) {
                one.interrupt();
                one.join();
            }
        }
    }

    /** A byte now and then keeps no thread either: the limit is for the whole answer. */
    @Test
    void anAnswerThatTricklesFailsInTime() throws Exception {
        try (ServerSocket trickling = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread sender = new Thread(() -> {
                try (var connection = trickling.accept()) {
                    OutputStream out = connection.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes());
                    while (true) {
                        out.write(' ');
                        out.flush();
                        connection.setSoTimeout(20);
                        readOne(connection.getInputStream());
                    }
                } catch (IOException gone) {
                    // The client has given up: what this test is about.
                    assertThat(gone).isNotNull();
                }
            });
            sender.start();
            assertThatThrownBy(() -> provider(SHORT).retrieveResource(url(trickling.getLocalPort())))
                    .hasMessageContaining("has not answered within 300 ms");
            sender.join();
        }
    }

    /** Waits for 20 ms, or until the client has gone. */
    private static void readOne(InputStream in) throws IOException {
        try {
            while (in.read() >= 0) {
                // The request.
            }
            throw new IOException("closed");
        } catch (SocketTimeoutException again) {
            assertThat(again).isNotNull();
        }
    }
}
