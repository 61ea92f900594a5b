package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.OtherPoll;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.systemtests.shared.VoteClient.Answer;
import redis.clients.jedis.Jedis;

/** The voting page of changeable and closed polls, from a vote server and Redis alone. */
class VotingPageIT {

    private static final Pattern TILE = Pattern.compile("<button[^>]* value=\"(.)\"[^>]*>");

    /** The answer with the newer receipt may have been lost. */
    @Test
    void theChoiceOnRecordIsShownRatherThanAnOlderReceipt() throws Exception {
        LocalStack stack = OtherPoll.CHANGEABLE.stack();
        VoteClient client = new VoteClient(stack.vote());
        Answer first = client.castByApi("a");
        Optional<String> voter = first.cookie();
        assertThat(client.castByApi("b", voter).json().get("status").getAsString())
                .isEqualTo("changed");

        Answer page = client.page(Optional.of(voter.orElseThrow() + "; " + first.receipt()));

        assertThat(chosenTile(page)).contains("value=\"b\"");
        aFullRedisIsToldOnceInTheLog(stack, client, voter);
    }

    /** A full Redis still answers reads, which does not mean that it takes ballots. */
    private static void aFullRedisIsToldOnceInTheLog(LocalStack stack, VoteClient client, Optional<String> voter)
            throws IOException, InterruptedException {
        try (Jedis redis = stack.redis().connect()) {
            redis.configSet("maxmemory", "1");
            for (int vote = 0; vote < 5; vote++) {
                assertThat(client.castByApi("a").status()).isEqualTo(503);
                assertThat(chosenTile(client.page(voter))).contains("value=\"b\"");
            }
            redis.configSet("maxmemory", "0");
        }
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> client.castByApi("a").status() == 201);
        assertThat(Files.readString(stack.vote().log()))
                .containsOnlyOnce("takes no ballots")
                .containsOnlyOnce("takes ballots again");
    }

    @Test
    void afterThePollClosesNoTileCanBePressed() throws Exception {
        LocalStack stack = OtherPoll.CLOSED.stack();
        VoteClient client = new VoteClient(stack.vote());
        Answer first = client.page(Optional.empty());
        Optional<String> voter = first.cookie();
        try (Jedis redis = stack.redis().connect()) {
            redis.hset(
                    RedisNames.voters(OtherPoll.ID),
                    first.voterId().orElseThrow().toString(),
                    "a");
        }

        Answer page = client.page(voter);

        assertThat(page.body()).contains("Your vote for");
        assertThat(page.receipt())
                .as("a receipt, which spares the next look-up")
                .isNotEmpty();
        assertThat(TILE.matcher(page.body()).results().map(MatchResult::group).toList())
                .hasSize(2)
                .allSatisfy(tile -> assertThat(tile).contains("disabled"));
    }

    private static String chosenTile(Answer page) {
        return TILE.matcher(page.body())
                .results()
                .map(MatchResult::group)
                .filter(tile -> tile.contains("aria-pressed=\"true\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no choice on " + page.body()));
    }
}
