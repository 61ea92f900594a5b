package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.systemtests.shared.VoteClient.Answer;

/**
 * A poll in Arabic on English pages: question and labels carry their language and direction (Web Content Accessibility
 * Guidelines 2.2, 3.1.2 "Language of Parts").
 */
@BesideOthers
class PollLanguageIT {

    private static final String LANGUAGE = "lang=\"ar\"";
    private static final String QUESTION = "شاي أم قهوة؟";
    private static final String TEA = "شاي";

    private static LocalStack stack;
    private static VoteClient client;

    @BeforeAll
    static void start() {
        stack = TestStacks.open(TestStacks.describe()
                        .set("POLL_QUESTION", QUESTION)
                        .set("POLL_OPTIONS", TEA + ",قهوة")
                        .set("POLL_LANGUAGE", "AR"))
                .start(TestStacks.START_LIMIT);
        client = new VoteClient(stack.vote());
    }

    @AfterAll
    static void end() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void theVotingPageMarksTheLanguageOfQuestionLabelsAndChoice() throws Exception {
        Answer voted = client.castByForm("a", Optional.empty());

        String page = client.page(voted.cookie()).body();

        assertThat(page)
                .contains("lang=\"en\" dir=\"ltr\"")
                .contains("dir=\"auto\" " + LANGUAGE + ">" + QUESTION + "</p>")
                .contains("You voted for <strong dir=\"auto\" " + LANGUAGE + ">" + TEA + "</strong>");

        String ballot = client.page(Optional.empty()).body();

        assertThat(ballot).contains("<h1 class=\"question\" dir=\"auto\" " + LANGUAGE);
        assertThat(ballot.split("<span class=\"label\" dir=\"auto\" " + LANGUAGE, -1))
                .as("what stands before, between and after two labels")
                .hasSize(3);
    }

    @Test
    void theMessageOfAnUnconfirmedVoteMarksTheLanguageOfTheChoice() throws Exception {
        stack.redis().freeze();
        try {
            assertThat(client.castByForm("a", Optional.empty()).body())
                    .containsPattern(
                            "confirm your vote for <strong dir=\"auto\" " + LANGUAGE + ">" + TEA + "</strong>");
        } finally {
            stack.redis().thaw();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> client.castByApi("a").status() == 201);
        }
    }

    @Test
    void theResultPageMarksTheLanguageOfQuestionAndLabels() {
        HttpRequest page = HttpRequest.newBuilder(stack.result().uri("/")).build();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            String body = HttpClient.newHttpClient()
                    .send(page, BodyHandlers.ofString())
                    .body();
            assertThat(body)
                    .contains("<span id=\"question\" dir=\"auto\" " + LANGUAGE + ">" + QUESTION + "</span></h1>");
            assertThat(body.split("<span class=\"label\" dir=\"auto\" " + LANGUAGE + ">", -1))
                    .hasSize(3);
        });
    }
}
