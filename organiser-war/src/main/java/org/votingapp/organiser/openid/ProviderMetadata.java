package org.votingapp.organiser.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The provider's addresses and keys, read when the first organiser logs in (OpenID Connect Discovery 1.0).
 *
 * <ul>
 *   <li>Addresses are read again after an hour. If that fails, the known ones serve for a day.
 *   <li>Keys are read again after five minutes, and when a token names an unknown one; at most each 30 s. If that fails, the known
 *       ones serve for an hour.
 *   <li>After a failure, the next five seconds fail at once.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class ProviderMetadata {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration USABLE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration KEYS_FRESH = Duration.ofMinutes(5);
    private static final Duration KEYS_USABLE = Duration.ofHours(1);

    /** Signatures that only the provider can make. With HS256, whoever knows the client's secret could. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final ReentrantLock reading = new ReentrantLock();
    private final OpenIdSettings settings;
    private final ProviderHttp http;
    private final InstantSource clock;
    private volatile Optional<Known> known = Optional.empty();
    private volatile Failure failure = new Failure("", Long.MIN_VALUE);

    /**
     * What discovery gave.
     *
     * @param addresses of the provider
     * @param validator of its ID tokens
     * @param readMillis when
     */
    record Known(OIDCProviderMetadata addresses, IDTokenValidator validator, long readMillis) {

        /** Whether the secret goes into the form, which a provider has to say; without a word it goes into a header. */
        boolean takesSecretInForm() {
            List<ClientAuthenticationMethod> methods = addresses.getTokenEndpointAuthMethods();
            return methods != null
                    && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        }
    }

    private record Failure(String reason, long atMillis) {}

    ProviderMetadata(OpenIdSettings settings, ProviderHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /** @throws ProviderUnavailableException where it cannot be read, and is not known from before */
    Known known() throws ProviderUnavailableException {
        Optional<Known> now = usable(FRESH);
        return now.isPresent() ? now.get() : readOnce();
    }

    private Optional<Known> usable(Duration age) {
        return known.filter(one -> clock.millis() - one.readMillis() < age.toMillis());
    }

    /** One thread reads; the others wait for what it finds. */
    private Known readOnce() throws ProviderUnavailableException {
        reading.lock();
        try {
            Optional<Known> meanwhile = usable(FRESH);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            if (clock.millis() - PAUSE.toMillis() < failure.atMillis()) {
                return usable(USABLE).orElseThrow(() -> new ProviderUnavailableException(failure.reason()));
            }
            Known read = read();
            known = Optional.of(read);
            return read;
        } catch (IOException | GeneralException failed) {
            failure = new Failure("discovery failed: " + failed.getMessage(), clock.millis());
            return usable(USABLE).orElseThrow(() -> new ProviderUnavailableException("discovery failed", failed));
        } finally {
            reading.unlock();
        }
    }

    private Known read() throws IOException, GeneralException {
        Issuer issuer = new Issuer(settings.issuer());
        HTTPResponse answer =
                new OIDCProviderConfigurationRequest(issuer).toHTTPRequest().send(http);
        if (!answer.indicatesSuccess()) {
            throw new GeneralException("it answered " + answer.getStatusCode());
        }
        OIDCProviderMetadata addresses = OIDCProviderMetadata.parse(answer.getBodyAsJSONObject());
        if (!addresses.getIssuer().equals(issuer)) {
            throw new GeneralException("it calls itself \"%s\" and not \"%s\" (OIDC_ISSUER)"
                    .formatted(addresses.getIssuer(), settings.issuer()));
        }
        requireTrusted("authorization_endpoint", addresses.getAuthorizationEndpointURI());
        requireTrusted("token_endpoint", addresses.getTokenEndpointURI());
        requireTrusted("jwks_uri", addresses.getJWKSetURI());
        return new Known(addresses, validator(issuer, addresses.getJWKSetURI()), clock.millis());
    }

    private IDTokenValidator validator(Issuer issuer, URI keys) throws MalformedURLException {
        // No refresh ahead: it would need threads of its own.
        var source = JWKSourceBuilder.<SecurityContext>create(keys.toURL(), http)
                .cache(KEYS_FRESH.toMillis(), 2 * ProviderHttp.LIMIT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(true)
                .outageTolerant(KEYS_USABLE.toMillis())
                .build();
        return new IDTokenValidator(
                issuer, new ClientID(settings.clientId()), new JWSVerificationKeySelector<>(ALGORITHMS, source), null);
    }

    private static void requireTrusted(String name, URI address) throws GeneralException {
        if (address == null || !OpenIdSettings.isTrusted(address.toString())) {
            throw new GeneralException("its %s is no https address: %s".formatted(name, address));
        }
    }
}
