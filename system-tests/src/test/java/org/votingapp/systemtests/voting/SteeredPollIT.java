package org.votingapp.systemtests.voting;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;

/** What an organiser writes to Postgres, by the role of the organiser server, takes effect on open pages and for programs. */
@ExtendWith(SharedStack.class)
class SteeredPollIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final HasTextOptions TEXT_SOON = new HasTextOptions().setTimeout(SOON.toMillis());
    private static final HasAttributeOptions THERE_SOON = new HasAttributeOptions().setTimeout(SOON.toMillis());

    private final LocalStack stack;
    private final BrowserContext browser;
    private final VoteClient client;
    private final RawHttp results;

    SteeredPollIT(LocalStack stack, BrowserContext browser) {
        this.stack = stack;
        this.browser = browser;
        this.client = new VoteClient(stack.vote());
        this.results = RawHttp.to(stack.result().port());
    }

    @Test
    void aPollIsOpenedClosedOpenedAgainAndDeletedByHand() throws Exception {
        organise("""
                INSERT INTO room (code, title, owner) VALUES ('STRD22', 'Steered', 'ann');
                INSERT INTO poll (id, question, revote, opens, room_code, position)
                    VALUES ('steered', 'Where?', 'final', '9999-12-31T23:59:59Z', 'STRD22', 0);
                INSERT INTO poll_option (poll_id, key, label, position)
                    VALUES ('steered', 'a', 'Pizza', 0), ('steered', 'b', 'Sushi', 1);
                INSERT INTO tally (poll_id, choice) VALUES ('steered', 'a'), ('steered', 'b');
                UPDATE room SET stage = 'steered' WHERE code = 'STRD22'""");
        await().atMost(SOON).until(() -> status("/STRD22") == 200);
        BallotPage voter = new BallotPage(browser.newPage());
        voter.page().navigate(stack.vote().uri("/STRD22").toString());
        Page watcher = browser.newPage();
        watcher.navigate(stack.result().uri("/STRD22").toString());
        Page projector = browser.newPage();
        projector.navigate(stack.result().uri("/STRD22/present").toString());

        assertThat(voter.page().locator(".when")).hasText("Voting has not opened yet");
        assertThat(watcher.locator("#when")).hasText("Voting has not opened yet");
        assertThat(projector.locator("#opens")).hasText("Voting has not opened yet");
        assertThat(client.page("/api/polls/steered", Optional.empty()).body())
                .contains("\"state\":\"not-yet-open\"")
                .doesNotContain("opens");

        organise("UPDATE poll SET opens = now() WHERE id = 'steered'");
        assertThat(voter.ballot()).hasAttribute("data-view", "BALLOT", THERE_SOON);
        assertThat(watcher.locator("#phase")).hasText("Open", TEXT_SOON);
        assertThat(projector.locator("#stage")).hasAttribute("data-phase", "open", THERE_SOON);
        voter.vote("a");

        organise("UPDATE poll SET closes = now() WHERE id = 'steered'");
        assertThat(watcher.locator("#phase")).hasText("Final result", TEXT_SOON);
        assertThat(watcher.locator("#total")).hasText("1 vote");

        organise("UPDATE poll SET closes = NULL WHERE id = 'steered'");
        assertThat(watcher.locator("#phase")).hasText("Open", TEXT_SOON);
        await().atMost(SOON)
                .until(() -> client.page("/api/polls/steered", Optional.empty())
                        .body()
                        .contains("\"open\":true"));

        organise(
                "UPDATE poll SET closes = now(), position = NULL, archived_at = now() WHERE id = 'steered';"
                        + " UPDATE room SET title = '-', stage = NULL, archived_at = now(), deleted_at = now() WHERE code = 'STRD22'");
        for (String address : new String[] {"/STRD22", "/api/rooms/STRD22", "/api/polls/steered"}) {
            await(address).atMost(SOON).until(() -> status(address) == 410);
            assertThat(results.get(address.replace("/api/rooms/STRD22", "/api/rooms/STRD22/stream")
                                    .replace("/api/polls/steered", "/polls/steered"))
                            .status())
                    .as("%s of the result server", address)
                    .hasValue(410);
        }
        assertThat(client.page("/STRD22", Optional.empty()).body()).contains("This room was deleted");
        await().atMost(Duration.ofMinutes(1)).until(() -> ballots() == 0);
    }

    private int status(String address) throws Exception {
        return client.page(address, Optional.empty()).status();
    }

    private void organise(String sql) throws SQLException {
        try (Connection connection = stack.postgres().connectAsOrganiser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long ballots() throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM ballot WHERE poll_id = 'steered'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
