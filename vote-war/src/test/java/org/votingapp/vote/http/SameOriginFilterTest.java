package org.votingapp.vote.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.web.Assets;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.SameOriginFilter;
import org.votingapp.web.language.PageLanguages;

/** Which posts another site made a browser send. */
class SameOriginFilterTest {

    private final TestResponse response = new TestResponse();

    @Test
    void aPostThatTellsNoOriginIsNoBrowsers() throws Exception {
        assertThat(passes(TestRequest.post("/"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void whereTheBrowserSaysThatThePostIsFromHereItPasses(String site) throws Exception {
        assertThat(passes(TestRequest.post("/").header("Sec-Fetch-Site", site))).isTrue();
    }

    /** Behind a proxy that passes another Host on. */
    @Test
    void whatTheBrowserSaysComesBeforeTheOrigin() throws Exception {
        assertThat(passes(TestRequest.post("/")
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Origin", "https://vote.example")
                        .header("Host", "vote-service:8080")))
                .isTrue();
        assertThat(passes(TestRequest.post("/")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Origin", "http://localhost")
                        .header("Host", "localhost")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "SAME-ORIGIN", "nonsense"})
    void aPostFromAnotherSiteIsRefused(String site) throws Exception {
        assertThat(passes(TestRequest.post("/").header("Sec-Fetch-Site", site))).isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
    }

    @Test
    void anOlderBrowsersPostPassesByItsOrigin() throws Exception {
        assertThat(passes(TestRequest.post("/")
                        .header("Origin", "http://localhost:8080")
                        .header("Host", "localhost:8080")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example", "http://localhost.elsewhere.example", "null"})
    void anOlderBrowsersPostFromAnotherSiteIsRefused(String origin) throws Exception {
        assertThat(passes(TestRequest.post("/").header("Origin", origin).header("Host", "localhost")))
                .isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
    }

    @Test
    void anOriginWithoutAHostToCompareItToIsRefused() throws Exception {
        assertThat(passes(TestRequest.post("/").header("Origin", "http://localhost")))
                .isFalse();
    }

    @Test
    void whoOnlyReadsMayComeFromAnywhere() throws Exception {
        assertThat(passes(TestRequest.get("/")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Origin", "https://elsewhere.example")))
                .isTrue();
    }

    @Test
    void aPersonIsRefusedWithAPageAndAProgramWithAProblemDocument() throws Exception {
        passes(TestRequest.post("/").header("Sec-Fetch-Site", "cross-site"));
        assertThat(response.headers("Content-Type")).containsExactly("text/html;charset=UTF-8");

        passes(TestRequest.post("/api/votes").header("Sec-Fetch-Site", "cross-site"));
        assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.body()).contains("\"status\":403");
    }

    /** Whether the request goes on its way; otherwise it is answered. */
    private boolean passes(TestRequest request) throws IOException, ServletException {
        AtomicBoolean passed = new AtomicBoolean();
        new SameOriginFilter(new ErrorAnswer(new Assets(), new PageLanguages()))
                .doFilter(request, response, (same, also) -> passed.set(true));
        return passed.get();
    }

    @ParameterizedTest
    @CsvSource({
        "http://vote.lan, vote.lan",
        "http://vote.lan, vote.lan:80",
        "https://vote.lan, vote.lan:443",
        // TLS ends before a proxy that adds its own port.
        "https://vote.lan, vote.lan:80",
        "http://vote.lan:8080, vote.lan:8080",
        "http://vote.lan:443, vote.lan:443",
        "http://vote.lan, VOTE.lan:80",
        "http://vote.lan, VOTE.LAN:443",
        "http://vote.lan, vote.lan.",
        "http://vote.lan., vote.lan.",
        "http://vote.lan., vote.lan:80",
        "http://[::1], [::1]:80",
        "http://[::1]:8080, [::1]:8080",
        "https://[2001:db8::80], [2001:DB8::80]:443"
    })
    void aPageOfThisHostIsFromHere(String origin, String host) {
        assertThat(SameOriginFilter.isSame(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.lan, vote.lan",
        "http://vote.lan.evil.lan, vote.lan",
        "http://evil.lan, vote.lan:80",
        "http://vote.lan:8080, vote.lan",
        "http://vote.lan:8080, vote.lan:80",
        "http://vote.lan, vote.lan:8080",
        "http://vote.lan:8090, vote.lan:8080",
        "https://vote.lan:8443, vote.lan:443",
        "http://vote.lan:443, vote.lan:80",
        "http://vote.lan@evil.lan, vote.lan",
        "http://[::1], [::2]:80",
        "null, vote.lan",
        "null, null",
        "vote.lan, vote.lan",
        "'', ''"
    })
    void anotherOriginIsNot(String origin, String host) {
        assertThat(SameOriginFilter.isSame(origin, host)).isFalse();
    }
}
