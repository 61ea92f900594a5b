package org.votingapp.organiser.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.votingapp.testsupport.UnusedPort;
import org.votingapp.testsupport.tls.IssuedCertificate;

/**
 * A real OpenID provider in this JVM: Spring Authorization Server with three people. It makes new keys at each start. A test may have
 * it sign wrong claims, or change an ID token after it was signed.
 */
final class SpringProvider implements AutoCloseable {

    static final String CLIENT = "votes";
    static final String SECRET = "what the provider & votes share: 100%+";
    static final String PASSWORD = "open, please";

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private static final Map<String, List<String>> GROUPS =
            Map.of("anna", List.of("staff", "run-votes"), "root", List.of("run-all-votes"), "eve", List.of("staff"));
    private static final Map<String, String> NAMES = Map.of("anna", "Anna Łęcka", "root", "Rosa Root", "eve", "Eve");

    /** What the next ID tokens say besides or instead. */
    static volatile Consumer<JwtClaimsSet.Builder> claims = builder -> {};

    /** What becomes of the next ID tokens once they are signed. */
    static volatile UnaryOperator<String> tampering = UnaryOperator.identity();

    /** What the userinfo endpoint says of somebody. */
    static volatile Function<String, Map<String, Object>> userInfo = SpringProvider::subjectAlone;

    private final String address;
    private final int port;
    private final Map<String, Object> tls;
    private final String issuer;
    private final HttpClient.Builder browsers;
    private ConfigurableApplicationContext running;

    /** On this machine alone, without TLS. */
    SpringProvider() {
        this.address = "127.0.0.1";
        this.port = UnusedPort.find();
        this.tls = Map.of();
        this.issuer = "http://localhost:" + port;
        this.browsers = HttpClient.newBuilder();
    }

    /** At port 443 of an address, with a certificate for that. */
    SpringProvider(IssuedCertificate certificate) throws IOException, GeneralSecurityException {
        this.address = certificate.host();
        this.port = 443;
        this.tls = Map.of(
                "server.ssl.key-store",
                "file:" + certificate.folder().resolve(certificate.host() + ".p12"),
                "server.ssl.key-store-password",
                new String(certificate.password()),
                "server.ssl.key-alias",
                "key");
        this.issuer = "https://" + address;
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificate.keyStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        this.browsers = HttpClient.newBuilder().sslContext(context);
    }

    /** It is auto-configured but for this. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        /** As Spring Boot has it, but for what the userinfo endpoint says. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SecurityFilterChain provider(HttpSecurity http) {
            OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
            return http.securityMatcher(server.getEndpointsMatcher())
                    .with(
                            server,
                            provider -> provider.oidc(oidc -> oidc.userInfoEndpoint(
                                    endpoint -> endpoint.userInfoMapper(asked -> new OidcUserInfo(userInfo.apply(
                                            asked.getAuthorization().getPrincipalName()))))))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(resource -> resource.jwt(Customizer.withDefaults()))
                    .exceptionHandling(failures ->
                            failures.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .build();
        }

        @Bean
        SecurityFilterChain pages(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(GROUPS.keySet().stream()
                    .map(name -> User.withUsername(name)
                            .password("{noop}" + PASSWORD)
                            .roles("PERSON")
                            .build())
                    .toList());
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> groups() {
            return context -> {
                if ("id_token".equals(context.getTokenType().getValue())) {
                    String name = context.getPrincipal().getName();
                    context.getClaims().claim("name", NAMES.get(name)).claim("groups", GROUPS.get(name));
                    claims.accept(context.getClaims());
                }
            };
        }

        /** Of all tokens, ID tokens alone have a nonce. */
        @Bean
        JwtEncoder encoder(JWKSource<SecurityContext> keys) {
            NimbusJwtEncoder real = new NimbusJwtEncoder(keys);
            return parameters -> {
                Jwt token = real.encode(parameters);
                return token.hasClaim("nonce")
                        ? new Jwt(
                                tampering.apply(token.getTokenValue()),
                                token.getIssuedAt(),
                                token.getExpiresAt(),
                                token.getHeaders(),
                                token.getClaims())
                        : token;
            };
        }
    }

    /** The endpoint names the subject at least. */
    static Map<String, Object> subjectAlone(String name) {
        return Map.of("sub", name);
    }

    static Map<String, Object> groupsToo(String name) {
        return Map.of("sub", name, "groups", GROUPS.get(name));
    }

    String issuer() {
        return issuer;
    }

    /** @param hosts of the organiser servers */
    void start(String... hosts) {
        String client = "spring.security.oauth2.authorizationserver.client.votes.";
        String registration = client + "registration.";
        running = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port",
                        port,
                        "server.address",
                        address,
                        "spring.main.banner-mode",
                        "off",
                        "logging.level.root",
                        "WARN",
                        "spring.security.oauth2.authorizationserver.issuer",
                        issuer(),
                        client + "require-proof-key",
                        "true"))
                .properties(tls)
                .properties(Map.of(
                        registration + "client-id",
                        CLIENT,
                        registration + "client-secret",
                        "{noop}" + SECRET,
                        registration + "client-authentication-methods",
                        "client_secret_basic",
                        registration + "authorization-grant-types",
                        "authorization_code",
                        registration + "redirect-uris",
                        addresses("/openid-callback", hosts),
                        registration + "post-logout-redirect-uris",
                        addresses("/login", hosts),
                        registration + "scopes",
                        "openid,profile"))
                .run();
    }

    private static String addresses(String path, String... hosts) {
        return Stream.of(hosts).map(host -> "http://" + host + path).collect(Collectors.joining(","));
    }

    /**
     * Logs somebody in with a browser of its own that has nothing of this provider yet.
     *
     * @param address where the organiser server sent the browser
     * @return where the provider sends it back
     */
    String logIn(String address, String name) throws IOException {
        HttpClient browser = browsers.cookieHandler(new CookieManager()).build();
        HttpResponse<String> form = send(browser, HttpRequest.newBuilder(URI.create(address)));
        assertThat(location(form)).as(form.body()).endsWith("/login");
        Matcher csrf = CSRF.matcher(send(browser, HttpRequest.newBuilder(URI.create(location(form))))
                .body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> entered = send(
                browser,
                HttpRequest.newBuilder(URI.create(issuer() + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "username=" + name + "&password=" + encoded(PASSWORD) + "&_csrf=" + csrf.group(1))));
        return location(send(browser, HttpRequest.newBuilder(URI.create(location(entered)))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request) throws IOException {
        try {
            return browser.send(request.header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    void stop() {
        running.close();
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }
}
