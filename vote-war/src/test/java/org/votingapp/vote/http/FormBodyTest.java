package org.votingapp.vote.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aFieldThatStandsThereOnceIsRead(String form, String value) {
        assertThat(FormBody.single(form, "vote")).contains(value);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "vote",
        "a=vote",
        "votes=a",
        "vote=a&vote=b",
        "vote=a&vote=a",
        "vote=%",
        "vote=%zz",
        "vote=%zz&vote=a"
    })
    void aFieldThatIsMissingRepeatedOrBrokenIsNot(String form) {
        assertThat(FormBody.single(form, "vote")).isEmpty();
    }
}
