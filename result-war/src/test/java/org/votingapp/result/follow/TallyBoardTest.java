package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tallies;

class TallyBoardTest {

    private final List<PublishedTally> announced = new ArrayList<>();
    private final TallyBoard board = new TallyBoard(
            "cats-vs-dogs", () -> 0, shown -> announced.add(shown.newest().orElseThrow()));

    @Test
    void theBoardIsEmptyAtFirst() {
        assertThat(board.newest()).isEmpty();
    }

    @Test
    void equalReadingsAreAnnouncedOnce() {
        board.show(Tallies.catsAndDogs(1, 0), 1000);
        board.show(Tallies.catsAndDogs(1, 0), 2000);
        assertThat(announced).hasSize(1);
        assertThat(board.newest()).contains(announced.get(0));
    }

    @Test
    void idsAreMillisecondsAndRiseEvenIfTheClockIsSetBack() {
        board.show(Tallies.catsAndDogs(1, 0), 1000);
        board.show(Tallies.catsAndDogs(2, 0), 1000);
        board.show(Tallies.catsAndDogs(3, 0), 500);
        board.show(Tallies.catsAndDogs(4, 0), 3000);
        assertThat(announced).extracting(PublishedTally::id).containsExactly(1000L, 1001L, 1002L, 3000L);
    }
}
