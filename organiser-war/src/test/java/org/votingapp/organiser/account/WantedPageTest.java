package org.votingapp.organiser.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a log-in leads: to a page of ours, and to no other site. */
class WantedPageTest {

    @ParameterizedTest
    @CsvSource({
        "account, login?to=account",
        "room?code=KXT4M7&poll=lunch, login?to=room%3Fcode%3DKXT4M7%26poll%3Dlunch",
        "rooms/KXT4M7, login?to=rooms%2FKXT4M7"
    })
    void aPageOfOursIsKept(String path, String address) {
        assertThat(WantedPage.named(path)).isEqualTo(new WantedPage(path));
        assertThat(WantedPage.named(path).logIn()).isEqualTo(address);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "/",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "https:evil",
                "javascript:alert(1)",
                "a//evil.example",
                "../a",
                "a/../b",
                "a%2f%2fevil",
                "a\nb",
                "a#b",
                "a?b#c",
                "a?<script>",
                ".",
                "./a",
                "login",
                "logout",
                "login?to=x",
                "api/rooms",
                "account.xhtml"
            })
    void anythingElseIsTheFirstPage(String path) {
        assertThat(WantedPage.named(path).path()).isEmpty();
        assertThat(WantedPage.named(path).logIn()).isEqualTo("login");
    }
}
