package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
    private final List<NewTallies> announced = new ArrayList<>();
    private final TallyBoards boards = new TallyBoards(
            "cats-vs-dogs", announced::add, new FollowerTime(Clock.systemUTC(), () -> nanos, duration -> {}));

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

    @Test
    void aFaultOfOnePollKeepsNobodyFromHearingOfThoseBeforeItAndItIsTriedAgain() {
        FollowedPoll sound = followed(reading("sound", List.of(0L, 0L)));
        FollowedPoll faulty = followed(reading("faulty", List.of()));
        for (int look = 1; look <= 2; look++) {
            assertThatThrownBy(() -> boards.show(List.of(sound, faulty))).isInstanceOf(RuntimeException.class);
        }
        assertThat(announced).containsExactly(new NewTallies(List.of(sound.board())));
    }

    private FollowedPoll followed(TallyReading reading) {
        FollowedPoll poll = new FollowedPoll(new TallyBoard(reading.poll().id(), () -> nanos), nanos);
        poll.take(reading);
        return poll;
    }

    private TallyBoard put(String pollId) throws NoBoardException {
        return boards.put(reading(pollId, List.of(0L, 0L)));
    }

    private static TallyReading reading(String pollId, List<Long> votes) {
        return new TallyReading(
                Tallies.pollOf(pollId, "Cats", "Dogs"), votes, false, Optional.empty(), ResultsPolicy.LIVE, false);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        boards.dropUnwatched();
    }
}
