package org.votingapp.systemtests.pages;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.DefinedRooms;
import org.votingapp.systemtests.shared.StoredPolls;
import org.votingapp.systemtests.shared.VoteClient;

/** The pages of rooms, with a poll and without, and of results that are hidden. */
final class RoomPageStates {

    private static final RoomCode HALL = new RoomCode("PGST22");
    private static final RoomCode LOBBY = new RoomCode("PGST23");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LocalStack stack;
    private final StoredPolls polls;
    private boolean isOpen;

    RoomPageStates(LocalStack stack) {
        this.stack = stack;
        this.polls = new StoredPolls(stack);
    }

    Stream<PageState> all() {
        return Stream.of(
                new PageState("vote-room", window -> vote(window, HALL)),
                new PageState("vote-room-left", this::afterAVoteForAPollThatLeft),
                new PageState("vote-room-empty", window -> vote(window, LOBBY)),
                new PageState("result-room-empty", window -> result(window, "/" + LOBBY)),
                new PageState("present-room-empty", window -> result(window, "/" + LOBBY + "/present")),
                new PageState("result-hidden-voted", window -> hidden(window, "voted", "")),
                new PageState("result-hidden-closed", window -> hidden(window, "closed", "")),
                new PageState("result-hidden-organiser", window -> hidden(window, "organiser", "")),
                new PageState("present-hidden", window -> hidden(window, "closed", "/present")));
    }

    private Page vote(StateWindow window, RoomCode code) throws SQLException {
        openRooms();
        Page page = window.page();
        page.navigate(stack.vote().uri("/" + code).toString());
        return page;
    }

    private Page afterAVoteForAPollThatLeft(StateWindow window) throws SQLException {
        Page page = vote(window, HALL);
        BallotPage ballot = new BallotPage(page);
        ballot.option("b").check();
        page.evaluate("document.querySelector('[name=poll]').value = 'an-earlier-one'");
        FormPost.awaitAnswer(page, () -> ballot.button().click());
        return page;
    }

    private Page result(StateWindow window, String path) throws SQLException {
        openRooms();
        Page page = window.page();
        // By a host that a phone can reach, so that the page shows the code.
        page.navigate("http://%s:%d%s".formatted(Chromium.HOST, stack.result().port(), path));
        page.locator("html[data-script=runs]").waitFor();
        return page;
    }

    private Page hidden(StateWindow window, String rule, String page) throws SQLException {
        String id = "hidden-state-" + Long.toString(System.nanoTime(), 36);
        polls.put(id, "Where do we meet in spring?", null, rule);
        polls.count(id, 140, 72);
        window.afterwards(() -> clear(id));
        return result(window, "/polls/" + id + page);
    }

    private void clear(String id) {
        try {
            polls.clear(id);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The stack keeps them. */
    private void openRooms() throws SQLException {
        if (!isOpen) {
            isOpen = true;
            DefinedRooms rooms = new DefinedRooms(stack);
            rooms.open(HALL, "Spring assembly", dinner());
            rooms.open(LOBBY, "Lobby");
            VoteClient client = new VoteClient(stack.vote());
            await("the vote server knows the rooms")
                    .atMost(SOON)
                    .until(() -> client.page("/" + HALL, Optional.empty()).status() == 200
                            && client.page("/" + LOBBY, Optional.empty()).status() == 200);
        }
    }

    private static Poll dinner() {
        return new Poll(
                "state-dinner",
                "What do we cook for the assembly?",
                "en",
                List.of(
                        new PollOption("a", "Vegetable curry"),
                        new PollOption("b", "Pizza from the stone oven"),
                        new PollOption("c", "Soup")),
                RevoteRule.FINAL,
                Optional.empty(),
                Optional.empty());
    }
}
