package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.web.language.PageLanguage;

class SharingTest {

    private final Sharing sharing = new Sharing();

    @ParameterizedTest
    @CsvSource({
        "http, localhost, 8080, http://localhost:8080",
        "http, 192.168.1.7, 80, http://192.168.1.7",
        "https, vote.example.org, 443, https://vote.example.org",
        "https, vote.example.org, 80, https://vote.example.org:80",
        "https, [::1], 443, https://[::1]",
        "https, a(b), 443, ''",
        "https, user@example.org, 443, ''",
        "javascript, example.org, 443, ''",
        "HTTPS, example.org, 443, ''",
    })
    void theOriginIsTheRequests(String scheme, String host, int port, String origin) {
        sharing.origin(request("http", "other.example.org", 80));
        assertThat(sharing.origin(request(scheme, host, port))).isEqualTo(origin);
        assertThat(sharing.origin(request(scheme, host, port))).as("again").isEqualTo(origin);
    }

    @Test
    void aLanguageHasACountry() {
        assertThat(Stream.of(PageLanguage.values()).map(PageLanguage::locale).map(sharing::locale))
                .containsExactly(
                        "en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "nl_NL", "pl_PL", "ja_JP", "zh_CN",
                        "ar_EG");
    }

    private static HttpServletRequest request(String scheme, String host, int port) {
        Map<String, Object> answers = Map.of("getScheme", scheme, "getServerName", host, "getServerPort", port);
        return (HttpServletRequest) Proxy.newProxyInstance(
                SharingTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
    }
}
