package org.votingapp.organiser.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The OpenID provider: where a browser goes to log in, and who it is that comes back with a code. Calls wait for the provider,
 * within the limits of {@link ProviderHttp}. Thread-safe.
 */
public final class OpenIdProvider {

    private static final int LONGEST_NAME = 100;

    private final OpenIdSettings settings;
    private final ProviderHttp http;
    private final ProviderMetadata metadata;

    /** The provider of these settings; it is not asked yet. */
    public OpenIdProvider(OpenIdSettings settings) {
        this.settings = settings;
        this.http = new ProviderHttp(ProviderHttp.LIMIT, settings.authorities());
        this.metadata = new ProviderMetadata(settings, http, InstantSource.system());
    }

    /** Its settings. */
    public OpenIdSettings settings() {
        return settings;
    }

    /**
     * The address at which a browser logs in.
     *
     * @param callback the address to which the provider sends it back
     */
    public URI logIn(OpenIdFlow flow, URI callback) throws ProviderUnavailableException {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(settings.scopes().toArray(String[]::new)),
                        new ClientID(settings.clientId()),
                        callback)
                .endpointURI(metadata.known().addresses().getAuthorizationEndpointURI())
                .state(new State(flow.state()))
                .nonce(new Nonce(flow.nonce()))
                .codeChallenge(new CodeVerifier(flow.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * Who logged in: redeems the code, and holds the ID token against issuer, audience, signature, time and nonce (OpenID Connect
     * Core 1.0, section 3.1.3.7).
     *
     * @param code what the browser brought
     * @param issuer the provider that the browser says to come from, where it does (RFC 9207)
     * @param callback the same as at {@link #logIn}
     */
    public OpenIdPerson person(OpenIdFlow flow, String code, Optional<String> issuer, URI callback)
            throws ProviderUnavailableException, UnprovedException {
        ProviderMetadata.Known known = metadata.known();
        requireIssuer(known, issuer);
        OIDCTokens tokens = redeem(known, flow, code, callback);
        try {
            IDTokenClaimsSet claims = known.validator().validate(tokens.getIDToken(), new Nonce(flow.nonce()));
            if (claims.getAudience().size() > 1) {
                // Core, section 3.1.3.7, point 3: we trust no other audience. Nimbus lets them pass.
                throw new UnprovedException("the ID token is for others, too: " + claims.getAudience());
            }
            return person(known, claims, tokens);
        } catch (KeySourceException noKeys) {
            throw new ProviderUnavailableException("its keys cannot be read", noKeys);
        } catch (BadJOSEException | JOSEException wrong) {
            throw new UnprovedException("the ID token is not valid", wrong);
        }
    }

    private void requireIssuer(ProviderMetadata.Known known, Optional<String> issuer) throws UnprovedException {
        if (issuer.isPresent()
                ? !issuer.get().equals(settings.issuer())
                : known.addresses().supportsAuthorizationResponseIssuerParam()) {
            throw new UnprovedException("the code comes from %s".formatted(issuer.orElse("a provider without a name")));
        }
    }

    private OIDCTokens redeem(ProviderMetadata.Known known, OpenIdFlow flow, String code, URI callback)
            throws ProviderUnavailableException, UnprovedException {
        TokenRequest request = new TokenRequest.Builder(
                        known.addresses().getTokenEndpointURI(),
                        client(known),
                        new AuthorizationCodeGrant(
                                new AuthorizationCode(code), callback, new CodeVerifier(flow.verifier())))
                .build();
        TokenResponse answer;
        try {
            HTTPResponse received = request.toHTTPRequest().send(http);
            if (received.getStatusCode() >= HTTPResponse.SC_SERVER_ERROR) {
                throw new ProviderUnavailableException(
                        "its token endpoint answered %d".formatted(received.getStatusCode()));
            }
            answer = OIDCTokenResponseParser.parse(received);
        } catch (IOException failed) {
            throw new ProviderUnavailableException("the code could not be redeemed", failed);
        } catch (ParseException noAnswer) {
            throw new UnprovedException("the answer of its token endpoint has no ID token", noAnswer);
        }
        if (!answer.indicatesSuccess()) {
            refuse(answer.toErrorResponse().getErrorObject());
        }
        OIDCTokens tokens = answer.toSuccessResponse().getTokens().toOIDCTokens();
        if (tokens.getIDToken() == null) {
            throw new UnprovedException("its token endpoint answered without an ID token");
        }
        return tokens;
    }

    /** A wrong secret is the operator's to mend, and a wrong code is not. */
    private static void refuse(ErrorObject error) throws ProviderUnavailableException, UnprovedException {
        String reason = "its token endpoint answered " + error.getCode();
        if (OAuth2Error.INVALID_GRANT.equals(error)) {
            throw new UnprovedException(reason);
        }
        throw new ProviderUnavailableException(reason + ": OIDC_CLIENT_ID or OIDC_CLIENT_SECRET may be wrong");
    }

    private ClientAuthentication client(ProviderMetadata.Known known) {
        ClientID id = new ClientID(settings.clientId());
        Secret secret = new Secret(settings.clientSecret());
        return known.takesSecretInForm() ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    private OpenIdPerson person(ProviderMetadata.Known known, IDTokenClaimsSet claims, OIDCTokens tokens)
            throws ProviderUnavailableException, UnprovedException {
        String subject = claims.getSubject().getValue();
        List<ClaimsSet> sources = new ArrayList<>(List.of(claims));
        if (claims.getClaim(settings.groupsClaim()) == null) {
            userInfo(known, tokens, subject).ifPresent(sources::add);
        }
        String name = sources.stream()
                .flatMap(source ->
                        Stream.of("name", "preferred_username", "email").map(source::getStringClaim))
                .map(OpenIdProvider::oneLine)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(subject);
        Object groups = sources.get(sources.size() - 1).getClaim(settings.groupsClaim());
        return new OpenIdPerson(
                settings.issuer(),
                subject,
                name,
                groups(groups),
                tokens.getIDToken().serialize());
    }

    /**
     * What the userinfo endpoint says (Core, section 5.3); empty where there is none. It counts for the subject of the ID token alone
     * (section 5.3.2).
     */
    private Optional<UserInfo> userInfo(ProviderMetadata.Known known, OIDCTokens tokens, String subject)
            throws ProviderUnavailableException, UnprovedException {
        URI endpoint = known.addresses().getUserInfoEndpointURI();
        if (endpoint == null || !OpenIdSettings.isTrusted(endpoint.toString())) {
            return Optional.empty();
        }
        UserInfo info;
        try {
            HTTPResponse received = new UserInfoRequest(endpoint, tokens.getAccessToken())
                    .toHTTPRequest()
                    .send(http);
            if (received.getStatusCode() != HTTPResponse.SC_OK) {
                throw new ProviderUnavailableException(
                        "its userinfo endpoint answered %d".formatted(received.getStatusCode()));
            }
            info = UserInfoResponse.parse(received).toSuccessResponse().getUserInfo();
        } catch (IOException | ParseException failed) {
            throw new ProviderUnavailableException("its userinfo endpoint could not be read", failed);
        }
        if (info == null) {
            throw new ProviderUnavailableException("its userinfo endpoint answers with a JWT, which is not read");
        }
        if (!info.getSubject().getValue().equals(subject)) {
            throw new UnprovedException("its userinfo endpoint tells of somebody else than the ID token");
        }
        return Optional.of(info);
    }

    /**
     * The address at which a browser logs out (OpenID Connect RP-Initiated Logout 1.0, section 2); empty where the provider has none.
     *
     * @param idToken of the log-in that ends, where it is known; without, providers ask whether to log out
     * @param back the address to which the provider sends the browser afterwards
     */
    public Optional<URI> logOut(Optional<String> idToken, URI back) throws ProviderUnavailableException {
        URI endpoint = metadata.known().addresses().getEndSessionEndpointURI();
        if (endpoint == null || !OpenIdSettings.isTrusted(endpoint.toString())) {
            return Optional.empty();
        }
        return Optional.of(new LogoutRequest(
                        endpoint,
                        idToken.flatMap(OpenIdProvider::parsed).orElse(null),
                        null,
                        new ClientID(settings.clientId()),
                        back,
                        null,
                        null)
                .toURI());
    }

    /** Empty where a browser has sent something else. */
    private static Optional<JWT> parsed(String token) {
        try {
            return Optional.of(JWTParser.parse(token));
        } catch (java.text.ParseException somethingElse) {
            return Optional.empty();
        }
    }

    /** Without control characters and those that turn text around; of a length that a page can show. */
    private static String oneLine(String text) {
        if (text == null) {
            return "";
        }
        return text.replaceAll("\\p{C}", "")
                .strip()
                .codePoints()
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A claim lists groups as texts, or names one. */
    private static Set<String> groups(Object claim) {
        return (claim instanceof List<?> several ? several.stream() : Stream.ofNullable(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toUnmodifiableSet());
    }
}
