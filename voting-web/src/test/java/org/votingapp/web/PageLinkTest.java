package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class PageLinkTest {

    @Test
    void theHostOfTheRequestReplacesThePlaceholder() {
        assertThat(link("http://{host}:8081/").from("192.168.1.7")).isEqualTo("http://192.168.1.7:8081/");
        assertThat(link("http://{host}:8081/").from("[::1]")).isEqualTo("http://[::1]:8081/");
        assertThat(link("https://results.example.org/").from("anything")).isEqualTo("https://results.example.org/");
    }

    @Test
    void theOriginIsWhatComesBeforeThePath() {
        assertThat(link("http://{host}:8083/desk/?a=b").originFrom("192.168.1.7"))
                .isEqualTo("http://192.168.1.7:8083");
        assertThat(link("https://organiser.example.org").originFrom("anything"))
                .isEqualTo("https://organiser.example.org");
        assertThat(link("http://{host}/").originFrom("a b")).isEmpty();
    }

    @Test
    void aParameterFollowsWhatTheAddressHas() {
        assertThat(PageLink.with("https://result.example.org/", "pass", "1.x"))
                .isEqualTo("https://result.example.org/?pass=1.x");
        assertThat(PageLink.with("https://result.example.org/?a=b#top", "pass", "1.x"))
                .isEqualTo("https://result.example.org/?a=b&pass=1.x#top");
        assertThat(PageLink.with("", "pass", "1.x")).isEmpty();
    }

    @Test
    void browsersOnDifferentHostsGetDifferentLinks() {
        PageLink link = link("http://{host}:8081/");
        assertThat(List.of("a.example", "b.example", "b.example", "a.example", "b@d.example", "a.example").stream()
                        .map(link::from))
                .containsExactly(
                        "http://a.example:8081/",
                        "http://b.example:8081/",
                        "http://b.example:8081/",
                        "http://a.example:8081/",
                        "",
                        "http://a.example:8081/");
    }

    @ParameterizedTest
    @CsvSource({
        "https://results.example.org, https://results.example.org/KXT4M7",
        "https://results.example.org/, https://results.example.org/KXT4M7",
        "http://{host}:8081/, http://localhost:8081/KXT4M7",
        "https://example.org/results, https://example.org/results/KXT4M7",
        "https://example.org/cats/?a=b#top, https://example.org/cats/KXT4M7"
    })
    void aPageBelowTheFirstOneHasItsAddressThere(String value, String expected) {
        assertThat(link(value).from("localhost", "KXT4M7")).isEqualTo(expected);
        assertThat(link(value).from("localhost", "")).isEqualTo(link(value).from("localhost"));
    }

    @Test
    void withoutASettingThereIsNoLink() {
        assertThat(link("").from("localhost")).isEmpty();
        assertThat(link("").from("localhost", "KXT4M7")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/x?", "a b", "user@evil.example", "\"><script>", ""})
    void aHostThatWouldChangeTheLinkGivesNone(String host) {
        assertThat(link("http://{host}:8081/").from(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "localhost:8081",
                "/results",
                "//results.example.org/",
                "ftp://results.example.org/",
                "http://",
                "http:///results",
                "http://:8081/",
                "http://a b/",
                "http://{HOST}:8081/",
                "http://{host}{port}/",
                "http://{host}:port/",
                "http://{host}/a|b",
                "http://{host}/a^b",
                "http://{host}/100%",
                "http://{host}/\"",
                "http://{host}/<script>",
                "http://{host}/a\\b",
                "http://[::1/",
            })
    void aSettingThatIsNoAddressIsRejected(String value) {
        assertThatThrownBy(() -> link(value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                        "RESULT_URL is \"" + value + "\"; it must be an address such as https://vote.example.org/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://results.example.org",
                "https://results.example.org:8443/cats/?a=b&c=%20d#top",
                "http://192.168.1.7:8081/",
                "http://[2001:db8::1]:8081/",
            })
    void anAddressIsUsedUnchanged(String value) {
        assertThat(link(value).from("localhost")).isEqualTo(value);
    }

    private static PageLink link(String value) {
        return PageLink.read(Settings.from(name -> Optional.of(value)), "result.url");
    }
}
