package org.votingapp.organiser.openid;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.votingapp.organiser.http.BoundedBody;
import org.votingapp.runtime.tls.Authorities;

/**
 * Sends Nimbus' requests to the provider, within bounds: a time limit for the whole answer, a size, a number of requests at once,
 * and no redirects. Nimbus' own sender limits the time between two bytes only. Thread-safe.
 */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {

    static final Duration LIMIT = Duration.ofSeconds(5);

    /** So that a provider that hangs leaves threads to the pages. */
    private static final int REQUESTS_AT_ONCE = 8;

    private static final int LARGEST = 512 * 1024;

    private final Semaphore free = new Semaphore(REQUESTS_AT_ONCE);
    private final HttpClient client;
    private final Duration limit;

    /**
     * Sends nothing yet.
     *
     * @param limit how long an answer may take
     * @param authorities those that verify the provider's certificate
     */
    ProviderHttp(Duration limit, Authorities authorities) {
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(2))
                .sslContext(trusting(authorities))
                .build();
    }

    /** Liberty may replace Java's default by one that trusts its own key store alone. */
    private static SSLContext trusting(Authorities authorities) {
        try {
            KeyStore store = KeyStore.getInstance(Authorities.TRUST_STORE_TYPE);
            store.load(authorities.trustStore(), null);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("no TLS for the OpenID provider: " + impossible.getMessage(), impossible);
        }
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        HttpRequest.Builder sent = HttpRequest.newBuilder(request.getURI())
                .method(
                        request.getMethod().name(),
                        request.getBody() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.getBody()));
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
        HttpResponse<String> received = exchange(sent.build());
        HTTPResponse answer = new HTTPResponse(received.statusCode());
        try {
            answer.setContentType(received.headers().firstValue("Content-Type").orElse("text/plain"));
        } catch (ParseException noType) {
            throw new IOException("the answer's Content-Type is malformed", noType);
        }
        answer.setBody(received.body());
        return answer;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        HttpResponse<String> received =
                exchange(HttpRequest.newBuilder(URI.create(url.toString())).build());
        if (received.statusCode() != 200) {
            throw new IOException("%s answered %d".formatted(url, received.statusCode()));
        }
        return new Resource(received.body(), ContentType.APPLICATION_JSON.toString());
    }

    private HttpResponse<String> exchange(HttpRequest request) throws IOException {
        if (!free.tryAcquire()) {
            throw new IOException("%d requests wait for its answer already".formatted(REQUESTS_AT_ONCE));
        }
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, head -> new BoundedBody(LARGEST));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("%s: %s".formatted(request.uri(), failed.getCause()), failed);
        } catch (TimeoutException late) {
            throw new IOException("%s has not answered within %d ms".formatted(request.uri(), limit.toMillis()), late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        } finally {
            answer.cancel(true);
            free.release();
        }
    }
}
