package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;

/** Security headers and cookie attributes of every answer. */
class HeadersIT {

    private static final Map<String, String> OVER_TLS =
            Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.77");
    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern ASSET = Pattern.compile("\"(assets/[^\"]+)\"");

    private final Fortress fortress = Fortress.stands();

    static Stream<Arguments> routes() throws IOException {
        Fortress fortress = Fortress.stands();
        Map<String, String> json = Map.of("Content-Type", "application/json");
        Map<String, String> text = Map.of("Content-Type", "text/plain");
        List<Arguments> routes = new ArrayList<>();
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            ASSET.matcher(server.get("/").body() + server.get("/present").body())
                    .results()
                    .map(asset -> "/" + asset.group(1))
                    .distinct()
                    .forEach(asset -> routes.add(route(server, "GET", asset, Map.of(), 200)));
            routes.add(route(server, "GET", "/", Map.of(), 200));
            routes.add(route(server, "HEAD", "/", Map.of(), 200));
            for (String fixed : List.of("/favicon.ico", "/robots.txt", "/manifest.webmanifest")) {
                routes.add(route(server, "GET", fixed, Map.of(), 200));
            }
            routes.add(route(server, "GET", "/assets/nothing.css", Map.of(), 404));
            routes.add(route(server, "GET", "/nothing", Map.of(), 404));
            routes.add(route(server, "GET", "/api/nothing", Map.of(), 404));
            routes.add(route(server, "GET", "/error", Map.of(), 404));
            routes.add(route(server, "BREW", "/", Map.of(), 405));
            routes.add(route(server, "GET", "/WEB-INF/web.xml", Map.of(), 404));
        }
        routes.add(route(fortress.vote(), "GET", "/api/poll", Map.of(), 200));
        routes.add(route(fortress.vote(), "GET", "/api/votes", Map.of(), 405));
        routes.add(route(fortress.vote(), "POST", "/api/votes", json, 400));
        routes.add(route(fortress.vote(), "POST", "/api/votes", text, 415));
        routes.add(route(fortress.vote(), "POST", "/", text, 415));
        routes.add(route(fortress.vote(), "POST", "/", Map.of("Sec-Fetch-Site", "cross-site"), 403));
        routes.add(route(fortress.vote(), "POST", "/api/votes", Map.of("Sec-Fetch-Site", "cross-site"), 403));
        routes.add(route(fortress.result(), "GET", "/present", Map.of(), 200));
        routes.add(route(fortress.result(), "GET", "/api/results", Map.of(), 200));
        routes.add(route(fortress.result(), "GET", "/api/results.csv", Map.of(), 200));
        routes.add(route(fortress.result(), "GET", "/api/results/stream", Map.of(), 200));
        routes.add(route(fortress.result(), "POST", "/api/results", json, 405));
        routes.add(route(fortress.result(), "GET", "/api/polls/nothing/results", Map.of(), 404));
        routes.add(route(fortress.result(), "GET", "/polls/nothing", Map.of(), 404));
        return routes.stream();
    }

    private static Arguments route(
            RawHttp server, String method, String path, Map<String, String> headers, int status) {
        return Arguments.of(server, method, path, headers, status);
    }

    @ParameterizedTest(name = "{1} {2} {3}: {4}")
    @MethodSource("routes")
    void everyAnswerHasThem(RawHttp server, String method, String path, Map<String, String> headers, int status)
            throws IOException {
        Answer answer = server.send(RawHttp.request(method, path, headers, new byte[0]));
        assertThat(answer.code()).as("%s", answer).isEqualTo(status);
        Answers.tellNothingOfTheInsides(answer);
        assertThat(answer.all("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:");
        assertThat(answer.all("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.all("Referrer-Policy")).containsExactly("same-origin");
        assertThat(answer.all("Strict-Transport-Security"))
                .as("over plain HTTP")
                .isEmpty();
    }

    /** Without sessions, no server needs a session cookie. */
    @ParameterizedTest(name = "{1} {2} {3}: {4}")
    @MethodSource("routes")
    void noCookieIsSetButTheVoters(RawHttp server, String method, String path, Map<String, String> headers, int status)
            throws IOException {
        Answer answer = server.send(RawHttp.request(method, path, headers, new byte[0]));
        assertThat(answer.all("Set-Cookie"))
                .allMatch(cookie ->
                        cookie.matches("(voter-[A-Za-z0-9_-]{8}-[A-Za-z0-9_-]{6}|receipt-[A-Za-z0-9_-]{8})=.*"));
    }

    @Test
    void noPageHasAnInlineStyleOrHandler() throws IOException {
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            for (String path : List.of("/", "/present", "/nothing")) {
                assertThat(server.get(path).body()).doesNotContainPattern("<style|style=|javascript:|\\son[a-z]+=");
            }
        }
    }

    /** The policy names hashes, so no other inline script runs. */
    @Test
    void thePolicyNamesEachInlineScript() throws Exception {
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            for (String path : List.of("/", "/present", "/nothing")) {
                Answer answer = server.get(path);
                String policy = answer.header("Content-Security-Policy").orElseThrow();
                List<String> inline = INLINE_SCRIPT
                        .matcher(answer.body())
                        .results()
                        .map(found -> "'sha256-" + sha256(found.group(1)) + "'")
                        .toList();
                assertThat(Pattern.compile("'sha256-[^']+'")
                                .matcher(policy)
                                .results()
                                .map(MatchResult::group))
                        .as("%s of %s", path, server)
                        .containsExactlyElementsOf(inline);
            }
        }
    }

    private static String sha256(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void behindTlsAnswersHaveStrictTransportSecurity() throws IOException {
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            for (String path : List.of("/", "/nothing", "/api/nothing")) {
                assertThat(server.get(path, OVER_TLS).all("Strict-Transport-Security"))
                        .as("%s over TLS", path)
                        .containsExactly("max-age=31536000");
            }
        }
    }

    @Test
    void anUntrustedPeersForwardedProtocolIsIgnored() throws IOException {
        RawHttp stranger = new RawHttp(fortress.parts().vote().port(), Fortress.STRANGER);
        Answer answer = stranger.get("/", OVER_TLS);
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThat(answer.all("Set-Cookie")).isNotEmpty().noneMatch(cookie -> cookie.contains("Secure"));
    }

    @Test
    void cookiesAreHiddenFromScriptsAndOtherSites() throws IOException {
        assertThat(cookies(Map.of()))
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure", "Domain"));
    }

    @Test
    void behindTlsCookiesAreSecure() throws IOException {
        assertThat(cookies(OVER_TLS))
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Secure"));
    }

    private List<String> cookies(Map<String, String> headers) throws IOException {
        Map<String, String> form = new java.util.HashMap<>(headers);
        form.putIfAbsent("X-Forwarded-For", "192.0.2.78");
        form.put("Content-Type", "application/x-www-form-urlencoded");
        List<String> cookies = Stream.concat(
                        fortress.vote().get("/", headers).all("Set-Cookie"),
                        fortress.vote().post("/", form, "vote=a").all("Set-Cookie"))
                .toList();
        assertThat(cookies).hasSizeGreaterThanOrEqualTo(2);
        return cookies;
    }
}
