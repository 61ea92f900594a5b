package org.votingapp.systemtests.voting;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;

/** The description of the vote API at {@code /openapi}. */
@ExtendWith(SharedStack.class)
class VoteApiDescriptionIT {

    private final LocalStack stack;

    VoteApiDescriptionIT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void bothPathsAndEveryAnswerToAVoteAreDescribed() throws Exception {
        JsonObject description = JsonParser.parseString(
                        new VoteClient(stack.vote()).get(stack.vote().uri("/openapi?format=JSON")))
                .getAsJsonObject();

        JsonObject paths = description.getAsJsonObject("paths");
        assertThat(paths.keySet()).containsExactlyInAnyOrder("/api/poll", "/api/votes");
        assertThat(paths.getAsJsonObject("/api/votes")
                        .getAsJsonObject("post")
                        .getAsJsonObject("responses")
                        .keySet())
                .containsExactlyInAnyOrder("200", "201", "400", "403", "408", "409", "413", "415", "429", "503");
        assertThat(description.getAsJsonObject("info").get("title").getAsString())
                .isEqualTo("Vote API");
    }
}
