package org.votingapp.vote.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.vote.casting.TestPolls;
import org.votingapp.vote.page.PageContent.Notice;
import org.votingapp.vote.page.RenderedPages.EmptyRoomKey;
import org.votingapp.vote.page.RenderedPages.Key;
import org.votingapp.vote.page.RenderedPages.VotingPageKey;
import org.votingapp.web.language.PageLanguage;

/** Pages of 100 bytes, of which 1,000 bytes are kept. */
class RenderedPagesTest {

    private static final int FIT = 10;

    private final RenderedPages pages = new RenderedPages(100L * FIT);
    private int rendered;

    @Test
    void aKeptPageIsNotRenderedAgain() throws Exception {
        byte[] first = ask(PageLanguage.ENGLISH, 1);

        assertThat(ask(PageLanguage.ENGLISH, 1)).isSameAs(first);
        assertThat(rendered).isOne();
    }

    @Test
    void eachLanguageHasItsPage() throws Exception {
        ask(PageLanguage.ENGLISH, 1);
        ask(PageLanguage.GERMAN, 1);

        assertThat(rendered).isEqualTo(2);
    }

    @Test
    void eachRoomAndPollHasItsPage() throws Exception {
        Poll cats = TestPolls.named("cats");
        for (Key key : List.of(
                key("", cats, PageLanguage.ENGLISH, 1),
                key("KXT4M7", cats, PageLanguage.ENGLISH, 1),
                key("KXT4M8", cats, PageLanguage.ENGLISH, 1),
                key("KXT4M7", TestPolls.named("lunch"), PageLanguage.ENGLISH, 1))) {
            pages.page(key, this::render);
        }

        assertThat(rendered).isEqualTo(4);
    }

    @Test
    void aRoomWithoutAPollHasAPageForEachTitleLanguageHostAndRefusal() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (Key key : List.of(
                    emptyRoom("Lobby", false, PageLanguage.ENGLISH, "http://localhost"),
                    emptyRoom("Hall", false, PageLanguage.ENGLISH, "http://localhost"),
                    emptyRoom("Lobby", true, PageLanguage.ENGLISH, "http://localhost"),
                    emptyRoom("Lobby", false, PageLanguage.GERMAN, "http://localhost"),
                    emptyRoom("Lobby", false, PageLanguage.ENGLISH, "http://phone.lan"))) {
                pages.page(key, this::render);
            }
        }

        assertThat(rendered).isEqualTo(5);
    }

    private static Key emptyRoom(String title, boolean refused, PageLanguage language, String origin) {
        Room room = new Room(new RoomCode("KXT4M7"), title, List.of(), Optional.empty());
        return new EmptyRoomKey(new EmptyRoom(room, refused), language, origin);
    }

    @Test
    void pagesAreKeptUpToTheBound() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int host = 0; host < FIT; host++) {
                ask(PageLanguage.ENGLISH, host);
            }
        }
        assertThat(rendered).isEqualTo(FIT);
    }

    @Test
    void onePageMoreThanFitDropsThoseKept() throws Exception {
        for (int host = 0; host <= FIT; host++) {
            ask(PageLanguage.ENGLISH, host);
        }
        ask(PageLanguage.ENGLISH, FIT);
        assertThat(rendered).as("the newest is kept").isEqualTo(FIT + 1);

        ask(PageLanguage.ENGLISH, 0);
        assertThat(rendered).as("the oldest was dropped").isEqualTo(FIT + 2);
    }

    /** Two requests render the same page at once: it is kept, and counted, once. */
    @Test
    void aPageThatIsRenderedTwiceAtOnceCountsOnce() throws Exception {
        for (int host = 0; host < FIT - 1; host++) {
            Key key = key(PageLanguage.ENGLISH, host);
            pages.page(key, () -> pages.page(key, this::render).clone());
        }
        rendered = 0;
        for (int host = 0; host < FIT - 1; host++) {
            ask(PageLanguage.ENGLISH, host);
        }
        assertThat(rendered).isZero();
    }

    private byte[] ask(PageLanguage language, int host) throws IOException, ServletException {
        return pages.page(key(language, host), this::render);
    }

    private static Key key(PageLanguage language, int host) {
        return key("", TestPolls.catsVsDogs(RevoteRule.FINAL), language, host);
    }

    private static Key key(String room, Poll poll, PageLanguage language, int host) {
        return new VotingPageKey(
                room,
                room.isEmpty() ? "" : "Town hall",
                poll,
                false,
                ResultsRule.LIVE,
                language,
                Optional.empty(),
                Notice.NONE,
                PollState.OPEN,
                "http://host-" + host,
                "http://localhost");
    }

    private byte[] render() {
        rendered++;
        return new byte[100];
    }
}
