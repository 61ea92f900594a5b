package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.result.tally.Tallies;

/** The life of boards, by a clock that the test moves. */
class TallyBoardsTest {

    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private long nanos;
    private final TallyBoards boards = new TallyBoards(
            "cats-vs-dogs", board -> {}, new FollowerTime(Clock.systemUTC(), () -> nanos, duration -> {}));

    @Test
    void anUnwatchedBoardGoesAfterAMinute() throws Exception {
        put("lunch");
        pass(A_MINUTE);
        assertThat(boards.count()).isEqualTo(2);
        pass(A_SECOND);
        assertThat(boards.count()).isEqualTo(1);
        assertThat(boards.find("lunch")).isEmpty();
    }

    @Test
    void aBoardThatIsAskedForStays() throws Exception {
        put("lunch");
        pass(A_MINUTE);
        assertThat(boards.find("lunch")).isPresent();
        pass(A_MINUTE);
        assertThat(boards.count()).isEqualTo(2);
    }

    @Test
    void aWatchedBoardStaysUntilAMinuteAfterItsWatcherLeft() throws Exception {
        TallyBoard lunch = put("lunch");
        assertThat(lunch.hold()).isTrue();
        pass(A_MINUTE.multipliedBy(60));
        assertThat(boards.count()).isEqualTo(2);
        lunch.release();
        pass(A_MINUTE);
        assertThat(boards.count()).isEqualTo(2);
        pass(A_SECOND);
        assertThat(boards.count()).isEqualTo(1);
    }

    @Test
    void aBoardThatWasDroppedCannotBeHeld() throws Exception {
        TallyBoard lunch = put("lunch");
        pass(A_MINUTE.plus(A_SECOND));
        assertThat(lunch.hold()).isFalse();
        assertThat(put("lunch").hold()).isTrue();
    }

    @Test
    void theHouseRoomsBoardAlwaysStays() {
        pass(A_MINUTE.multipliedBy(60));
        assertThat(boards.find("cats-vs-dogs")).contains(boards.house());
        assertThat(boards.house().hold()).isTrue();
    }

    @Test
    void aPollHasOneBoard() throws Exception {
        assertThat(put("lunch")).isSameAs(put("lunch"));
    }

    @Test
    void beyondTheLimitTheLongestUnwatchedBoardGoesFirst() throws Exception {
        assertThat(put("watched").hold()).isTrue();
        for (int poll = 1; poll < TallyBoards.MOST; poll++) {
            nanos++;
            put("poll-" + poll);
        }
        nanos++;
        assertThat(boards.find("poll-1")).isPresent();
        put("one-more");
        assertThat(boards.count()).isEqualTo(1 + TallyBoards.MOST);
        assertThat(boards.find("poll-2")).isEmpty();
        assertThat(List.of("watched", "poll-1", "poll-3", "one-more"))
                .allSatisfy(poll -> assertThat(boards.find(poll)).isPresent());
    }

    @Test
    void whereAllBoardsAreWatchedANewOneIsRefused() throws Exception {
        for (int poll = 0; poll < TallyBoards.MOST; poll++) {
            assertThat(put("poll-" + poll).hold()).isTrue();
        }
        assertThatThrownBy(() -> put("one-more"))
                .isInstanceOf(NoBoardException.class)
                .hasMessage("As many polls are watched as this server can follow.");
        assertThat(boards.count()).isEqualTo(1 + TallyBoards.MOST);
        assertThat(boards.find("poll-0")).isPresent();
    }

    private TallyBoard put(String pollId) throws NoBoardException {
        return boards.put(new TallyReading(
                Tallies.pollOf(pollId, "Cats", "Dogs"),
                List.of(0L, 0L),
                false,
                Optional.empty(),
                ResultsPolicy.LIVE,
                false));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        boards.dropUnwatched();
    }
}
