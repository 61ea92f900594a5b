package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.votingapp.systemtests.shared.RawHttp.Answer;

/** What no answer may contain, whatever the request. */
final class Answers {

    /** Traces of stack traces, classes and libraries. */
    private static final Pattern INSIDES =
            Pattern.compile("\\tat |\\bat (org|com|io|java|jakarta)\\.|Exception|\\bSRVE\\d|jedis|Liberty|weld");

    private Answers() {}

    static void tellNothingOfTheInsides(Answer answer) {
        assertThat(answer.body()).doesNotContainPattern(INSIDES);
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
        assertThat(answer.headers())
                .as("what a server says to a proxy of its own kind")
                .noneMatch(header -> header.getKey().startsWith("$"));
    }

    /** Asserts a client error (4xx) that shows no internals. */
    static void isRefusal(Answer answer) {
        tellNothingOfTheInsides(answer);
        assertThat(answer.code()).as("%s", answer).isBetween(400, 499);
    }
}
