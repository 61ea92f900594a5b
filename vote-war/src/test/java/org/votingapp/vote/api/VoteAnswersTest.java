package org.votingapp.vote.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.TestPolls;
import org.votingapp.vote.http.TestResponse;
import org.votingapp.web.Problem;

/** What a client of the API is told about its vote. */
class VoteAnswersTest {

    private static final Poll POLL = TestPolls.withHours(RevoteRule.FINAL);
    private static final Instant NOW = Instant.parse("2027-03-02T10:00:00Z");

    private final VoteAnswers answers = new VoteAnswers();

    @ParameterizedTest
    @CsvSource({"recorded, a", "recorded, b", "changed, a"})
    void theDocumentNamesThePollTheChoiceAndWhatBecameOfIt(String word, String choice) {
        String expected = "{\"poll\":\"cats-vs-dogs\",\"choice\":\"%s\",\"status\":\"%s\"}".formatted(choice, word);

        assertThat(document(word, choice)).isEqualTo(expected);
        assertThat(document(word, choice)).as("asked again").isEqualTo(expected);
    }

    @Test
    void documentsOfManyPollsAreEachRightAndNotAllKept() {
        for (int poll = 0; poll < 2 * VoteAnswers.MOST_KEPT; poll++) {
            String id = "poll-" + poll;
            assertThat(new String(answers.document("recorded", TestPolls.named(id), "a"), StandardCharsets.UTF_8))
                    .contains("\"poll\":\"" + id + "\"");
        }
        assertThat(answers.kept()).isLessThanOrEqualTo(VoteAnswers.MOST_KEPT + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNKNOWN_CHOICE|400|Bad Request|'\"vote\" names no option of this poll; it must be one of a, b'",
                "WRONG_CODE|403|Forbidden|'This poll takes votes with a voting code alone; \"code\" is missing, mistyped, unknown or revoked'",
                "TOO_MANY|429|Too Many Requests|Too many votes came from this address; try again in 7 s",
                "UNPUBLISHED|503|Service Unavailable|'This poll''s rules have not reached the ballot box yet, so the vote was"
                        + " not taken; try again in 7 s'",
                "UNAVAILABLE|503|Service Unavailable|The vote could not be confirmed; try again in 7 s with the cookies"
                        + " that you have been given, and it will count once",
            })
    void aRefusalIsAProblemDocument(CastStatus status, int code, String title, String detail) throws IOException {
        TestResponse response = refusal(new CastOutcome(status, "z", 7));

        assertThat(response.getStatus()).isEqualTo(code);
        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(title, code, detail.replace("\"", "\\\"")));
        isProblem(response);
    }

    /** An organiser has opened or closed the poll a moment ago, which this server does not know yet. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_YET_OPEN|2027-03-01T08:59:59Z|Voting opens at 2027-03-01T09:00:00Z",
                "NOT_YET_OPEN|2027-03-01T09:00:00Z|Voting has not opened yet",
                "CLOSED|2027-03-08T17:29:59Z|Voting has closed",
                "CLOSED|2027-03-08T17:30:00Z|Voting closed at 2027-03-08T17:30:00Z",
            })
    void aRefusalNamesNoOpeningThatIsPastAndNoEndThatIsToCome(CastStatus status, Instant now, String detail) {
        Problem problem = answers.problem(POLL, CastOutcome.of(status, "a"), now);

        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.detail()).isEqualTo(detail);
    }

    @Test
    void aVoteForAPollThatWaitsIsRefusedWithoutATime() {
        assertThat(answers.problem(TestPolls.waiting(), CastOutcome.of(CastStatus.NOT_YET_OPEN, "a"), NOW)
                        .detail())
                .isEqualTo("Voting has not opened yet");
    }

    @Test
    void aSecondVoteIsToldTheChoiceOnRecord() throws IOException {
        TestResponse response = refusal(CastOutcome.of(CastStatus.ALREADY_VOTED, "b"));

        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"This voter's choice on record is \\\"b\\\"; this vote is not registered\","
                        + "\"choice\":\"b\"}");
        isProblem(response);
    }

    @ParameterizedTest
    @EnumSource(names = {"RECORDED", "CHANGED", "LEFT_STAGE"})
    void whatHasNoProblemDocumentIsNotAskedFor(CastStatus status) {
        assertThatThrownBy(() -> answers.problem(POLL, CastOutcome.of(status, "a"), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void isProblem(TestResponse response) {
        assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers("Content-Length"))
                .containsExactly(String.valueOf(response.body().getBytes(StandardCharsets.UTF_8).length));
    }

    private TestResponse refusal(CastOutcome outcome) throws IOException {
        TestResponse response = new TestResponse();
        answers.problem(POLL, outcome, NOW).send(response);
        return response;
    }

    private String document(String word, String choice) {
        return new String(answers.document(word, POLL, choice), StandardCharsets.UTF_8);
    }
}
