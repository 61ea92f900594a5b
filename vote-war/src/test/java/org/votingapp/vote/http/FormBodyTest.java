package org.votingapp.vote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.vote.http.FormBody.MalformedFormException;

class FormBodyTest {

    @ParameterizedTest
    @CsvSource({
        "vote=a, a",
        "vote=%61, a",
        "x=1&vote=b&y=2, b",
        "vote=, ''",
        "vote=a+b, a b",
        "vote=%C3%A9, é",
    })
    void aFieldThatStandsThereOnceIsRead(String form, String value) throws Exception {
        assertThat(FormBody.single(form, "vote")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote=%ff%fe", "vote=%ed%a0%80"})
    void bytesThatAreNoUtf8AreReadAsCharactersThatNoKeyHas(String form) throws Exception {
        assertThat(FormBody.single(form, "vote"))
                .hasValueSatisfying(value -> assertThat(value).matches("\ufffd+"));
    }

    @Test
    void controlCharactersAreReadAsTheyStand() throws Exception {
        assertThat(FormBody.single("vote=%00", "vote")).contains("\0");
        assertThat(FormBody.single("vote=a%00", "vote")).contains("a\0");
        assertThat(FormBody.single("vote=a%0d%0aX", "vote")).contains("a\r\nX");
    }

    @ParameterizedTest
    @CsvSource({"''", "vote", "a=vote", "choice=a", "votes=a"})
    void aFieldMayBeMissing(String form) throws Exception {
        assertThat(FormBody.single(form, "vote")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote=a&vote=b", "vote=a&vote=a", "vote=%", "vote=%4", "vote=%zz", "vote=%zz&vote=a"})
    void aFieldThatIsRepeatedOrBrokenIsRefused(String form) {
        assertThatThrownBy(() -> FormBody.single(form, "vote")).isInstanceOf(MalformedFormException.class);
    }
}
