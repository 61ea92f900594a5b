package org.votingapp.systemtests.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.VoterId;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.Count;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;

/** Votes by plain HTTP: the form without a browser, and the API. */
@ExtendWith(SharedStack.class)
class FormPostIT {

    private final Count count;
    private final VoteClient client;

    FormPostIT(LocalStack stack) {
        this.count = new Count(stack);
        this.client = new VoteClient(stack.vote());
    }

    @Test
    void aPlainPostWithoutACookieVotesAndGetsOne() throws Exception {
        VoteClient.Answer answer = client.castByForm("a", Optional.empty());

        assertThat(answer.status()).isEqualTo(303);
        assertThat(location(answer)).endsWith("/?voted");
        VoterId voter = answer.voter().orElseThrow();
        await().atMost(Duration.ofSeconds(10)).until(() -> count.choiceOf(voter), Optional.of("a")::equals);
        assertThat(client.page(answer.cookie()).body()).contains("You voted for");
    }

    @Test
    void aBrowserWithoutCookiesSeesTheOutcomeOfItsVote() throws Exception {
        Optional<String> cookie = client.castByForm("a", Optional.empty()).cookie();

        assertThat(client.page("/?voted", Optional.empty()).body()).contains("Your browser blocks cookies");
        VoteClient.Answer kept = client.page("/?voted", cookie);
        assertThat(kept.status()).isEqualTo(303);
        assertThat(location(kept)).endsWith("/");
        assertThat(client.page(cookie).body()).contains("You voted for").doesNotContain("blocks cookies");
        assertThat(client.page(Optional.empty()).body()).doesNotContain("blocks cookies");
        assertThat(location(client.castByForm("b", cookie))).endsWith("/?again=b");
    }

    private static String location(VoteClient.Answer answer) {
        return answer.response().headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aSecondPostOfTheSameVoterIsNotRegistered() throws Exception {
        VoteClient.Answer first = client.castByForm("a", Optional.empty());
        VoterId voter = first.voter().orElseThrow();

        assertThat(client.castByForm("b", first.cookie()).status()).isEqualTo(303);

        VoteClient.Answer byApi = client.castByApi("b", first.cookie());
        assertThat(byApi.status()).isEqualTo(409);
        assertThat(byApi.json().get("choice").getAsString()).isEqualTo("a");
        await().atMost(Duration.ofSeconds(10)).until(() -> count.waiting() == 0);
        assertThat(count.choiceOf(voter)).contains("a");
    }

    @Test
    void aVoteByTheApiIsAnsweredWithWhatWasRecorded() throws Exception {
        VoteClient.Answer answer = client.castByApi("b");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("choice").getAsString()).isEqualTo("b");
        assertThat(answer.json().get("status").getAsString()).isEqualTo("recorded");
    }
}
