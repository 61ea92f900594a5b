package org.votingapp.systemtests.voting;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.Count;
import org.votingapp.systemtests.shared.DefinedRooms;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.systemtests.shared.VoteClient.Answer;
import redis.clients.jedis.Jedis;

/** People vote in rooms: each has an address, a title and a poll on stage. */
@ExtendWith(SharedStack.class)
class RoomsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final LocalStack stack;
    private final BrowserContext browser;
    private final DefinedRooms rooms;
    private final VoteClient client;

    RoomsIT(LocalStack stack, BrowserContext browser) {
        this.stack = stack;
        this.browser = browser;
        this.rooms = new DefinedRooms(stack);
        this.client = new VoteClient(stack.vote());
    }

    @Test
    void oneBrowserVotesInThreeRoomsAndNoTwoBallotsNameItAlike() throws Exception {
        List<RoomCode> codes = List.of(new RoomCode("RMST22"), new RoomCode("RMST23"), new RoomCode("RMST24"));
        for (RoomCode code : codes) {
            open(code, "Room " + code, poll("in-" + code.value().toLowerCase(Locale.ROOT)));
        }

        for (RoomCode code : codes) {
            BallotPage ballot = page(code);
            assertThat(ballot.page().locator(".room")).hasText("Room " + code);
            ballot.vote("b");
            assertThat(ballot.page().url()).endsWith("/" + code);
        }

        for (RoomCode code : codes) {
            BallotPage again = page(code);
            assertThat(again.onRecord()).as("%s", code).isEqualTo("b");
            assertThat(again.page().locator(".slip a.action").getAttribute("href"))
                    .endsWith("/" + code);
            again.page().close();
        }
        await().atMost(SOON).until(() -> new Count(stack).waiting() == 0);
        assertThat(names("in-rmst22", "in-rmst23", "in-rmst24")).hasSize(3).doesNotHaveDuplicates();
        await("the worker compares each poll's voters with its votes")
                .atMost(SOON)
                .until(() -> metrics().lines().anyMatch(line -> line.matches("polls_unaccounted\\S* \\d+\\.0")));
    }

    private String metrics() throws Exception {
        HttpRequest question =
                HttpRequest.newBuilder(stack.worker().uri("/metrics")).build();
        return HttpClient.newHttpClient()
                .send(question, BodyHandlers.ofString())
                .body();
    }

    @Test
    void aVoteForAPollThatLeftTheStageIsRefusedInWordsUnlessItIsOnRecord() throws Exception {
        RoomCode code = new RoomCode("RMST25");
        open(code, "Stage", poll("first-on-stage"), poll("second-on-stage"));
        Answer newcomer = client.page("/" + code, Optional.empty());
        Answer voted = client.postForm("/" + code, "poll=first-on-stage&vote=a", Optional.empty());
        assertThat(voted.status()).isEqualTo(303);
        BallotPage watching = page(code);

        rooms.stage(code, "second-on-stage");

        assertThat(watching.ballot())
                .hasAttribute("data-poll", "second-on-stage", new HasAttributeOptions().setTimeout(SOON.toMillis()));
        Answer late = client.postForm("/" + code, "poll=first-on-stage&vote=a", newcomer.cookie());
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body())
                .contains(
                        "That poll is no longer shown here, so your vote was not counted.", "value=\"second-on-stage\"")
                .doesNotContain("checked=");
        Answer again = client.postForm("/" + code, "poll=first-on-stage&vote=a", voted.cookie());
        assertThat(again.status()).as("its first answer may have been lost").isEqualTo(303);
        assertThat(client.postForm("/" + code, "poll=second-on-stage&vote=b", voted.cookie())
                        .status())
                .isEqualTo(303);
    }

    /** As where Redis lost its data, and no worker has come since. */
    @Test
    void aVoteWhoseRulesRedisHasLostMayBeSentAgainAndCountsOnceTheyArePublished() throws Exception {
        RoomCode code = new RoomCode("RMST29");
        open(code, "Lost", poll("lost-rules"));
        RawHttp server = RawHttp.to(stack.vote().port());
        try (Jedis redis = stack.redis().connect()) {
            redis.del(RedisNames.poll("lost-rules"));

            RawHttp.Answer toAProgram = server.post(
                    "/api/polls/lost-rules/votes", Map.of("Content-Type", "application/json"), "{\"vote\":\"a\"}");
            assertThat(toAProgram.code()).isEqualTo(503);
            assertThat(toAProgram.header("Retry-After")).isPresent();
            Answer toABrowser = client.postForm("/" + code, "poll=lost-rules&vote=a", Optional.empty());
            assertThat(toABrowser.status()).isEqualTo(503);
            assertThat(toABrowser.response().headers().firstValue("Retry-After"))
                    .isPresent();

            redis.hdel(RedisNames.PUBLISHED, "lost-rules");
            await().atMost(SOON)
                    .until(() -> client.postForm("/" + code, "poll=lost-rules&vote=a", toABrowser.cookie())
                                    .status()
                            == 303);
        }
    }

    @Test
    void aCodeIsFoundInAnyCaseAndAnUnknownOneIsToldInWords() throws Exception {
        RoomCode code = new RoomCode("RMST26");
        open(code, "Any case", poll("any-case"));

        assertThat(client.page("/rmst26", Optional.empty()).body()).contains("Any case", "action=\"./RMST26\"");
        Answer unknown = client.page("/RMST27", Optional.empty());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("No room has this code.");
    }

    @Test
    void aRoomWithoutAPollSaysSoAndShowsTheOneThatComes() throws Exception {
        RoomCode code = new RoomCode("RMST28");
        rooms.open(code, "Lobby");
        awaitKnown(code);
        BallotPage lobby = page(code);
        assertThat(lobby.page().locator("h1")).hasText("There is no poll in this room right now");
        assertThat(client.postForm("/" + code, "poll=gone&vote=a", Optional.empty())
                        .status())
                .isEqualTo(409);

        rooms.add(code, poll("comes-later"));

        assertThat(lobby.ballot())
                .hasAttribute(
                        "data-poll",
                        "comes-later",
                        new HasAttributeOptions()
                                .setTimeout(SOON.multipliedBy(2).toMillis()));
    }

    private void open(RoomCode code, String title, Poll... polls) throws SQLException {
        rooms.open(code, title, polls);
        awaitKnown(code);
    }

    private void awaitKnown(RoomCode code) {
        await("the vote server knows the room")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> client.page("/" + code, Optional.empty()).status() == 200);
    }

    private BallotPage page(RoomCode code) {
        BallotPage ballot = new BallotPage(browser.newPage());
        ballot.page().navigate(stack.vote().uri("/" + code).toString());
        return ballot;
    }

    private List<String> names(String... polls) throws SQLException {
        try (var connection = stack.postgres().connect();
                var question =
                        connection.prepareStatement("SELECT voter_id::text FROM ballot WHERE poll_id = ANY (?)")) {
            question.setArray(1, connection.createArrayOf("text", polls));
            try (var rows = question.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }

    private static Poll poll(String id) {
        return new Poll(
                id,
                "Which one?",
                "en",
                List.of(new PollOption("a", "One"), new PollOption("b", "The other")),
                RevoteRule.FINAL,
                Optional.empty(),
                Optional.empty());
    }
}
