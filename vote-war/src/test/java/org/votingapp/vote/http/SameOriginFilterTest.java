package org.votingapp.vote.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginFilterTest {

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
