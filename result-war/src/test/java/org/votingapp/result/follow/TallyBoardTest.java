package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultViewer;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.poll.ResultsRule;
import org.votingapp.result.tally.HiddenResult;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.ResultView;
import org.votingapp.result.tally.Tallies;
import org.votingapp.result.tally.Tally;

class TallyBoardTest {

    private static final ResultsPolicy VOTED = new ResultsPolicy(ResultsRule.VOTED, false);
    private static final ResultsPolicy CLOSED = new ResultsPolicy(ResultsRule.CLOSED, false);

    private final List<ResultView> shown = new ArrayList<>();
    private final TallyBoard board = new TallyBoard("cats-vs-dogs", () -> 0);

    @Test
    void theBoardIsEmptyAtFirst() {
        assertThat(board.newest(ResultViewer.ANYBODY)).isEmpty();
        assertThat(board.newest(ResultViewer.VOTER)).isEmpty();
    }

    @Test
    void equalReadingsAreShownOnce() {
        show(1, 0, ResultsPolicy.LIVE, 1000);
        show(1, 0, ResultsPolicy.LIVE, 2000);
        show(1, 0, CLOSED, 3000);
        show(1, 0, CLOSED, 4000);
        assertThat(shown).hasSize(2);
        assertThat(board.newest(ResultViewer.ANYBODY)).contains(shown.get(1));
    }

    @Test
    void idsAreMillisecondsAndRiseEvenIfTheClockIsSetBack() {
        show(1, 0, ResultsPolicy.LIVE, 1000);
        show(2, 0, CLOSED, 1000);
        show(3, 0, ResultsPolicy.LIVE, 500);
        show(4, 0, ResultsPolicy.LIVE, 3000);
        assertThat(shown).extracting(ResultView::id).containsExactly(1000L, 1001L, 1002L, 3000L);
    }

    @Test
    void aHiddenResultHasTheNumberOfVotersAndNoCounts() {
        show(7919, 4409, CLOSED, 1000);
        for (ResultViewer viewer : ResultViewer.values()) {
            ResultView view = board.newest(viewer).orElseThrow();
            assertThat(view).isInstanceOf(HiddenResult.class);
            assertThat(view.total()).isEqualTo(12_328);
            assertThat(view.toString() + new String(view.event()))
                    .contains("12328")
                    .doesNotContain("7919", "4409", "64.2", "35.8");
        }
    }

    @Test
    void aFinalResultShows() {
        board.show(
                new Tally(Tallies.poll("Cats", "Dogs"), List.of(2L, 1L), PollState.CLOSED, true, Optional.empty()),
                CLOSED,
                1000);
        assertThat(board.newest(ResultViewer.ANYBODY)).containsInstanceOf(PublishedTally.class);
    }

    @Test
    void votersSeeWhatIsHiddenFromOthers() {
        show(2, 1, VOTED, 1000);
        assertThat(board.newest(ResultViewer.ANYBODY)).containsInstanceOf(HiddenResult.class);
        assertThat(board.newest(ResultViewer.VOTER)).containsInstanceOf(PublishedTally.class);
    }

    @Test
    void aWatcherFromWhomTheResultIsHiddenHearsNothingOfAVoteThatMoves() {
        show(2, 1, VOTED, 1000);
        show(1, 2, VOTED, 2000);
        assertThat(board.newest(ResultViewer.ANYBODY).orElseThrow().id()).isEqualTo(1000);
        assertThat(board.newest(ResultViewer.VOTER).orElseThrow().id()).isEqualTo(2000);
    }

    @Test
    void whoeverSawItHiddenIsSentTheRevealedResult() {
        show(2, 1, VOTED, 1000);
        show(2, 1, new ResultsPolicy(ResultsRule.VOTED, true), 2000);
        assertThat(board.newest(ResultViewer.ANYBODY)).containsInstanceOf(PublishedTally.class);
        assertThat(board.newest(ResultViewer.ANYBODY).orElseThrow().id()).isEqualTo(2000);
    }

    private void show(long cats, long dogs, ResultsPolicy policy, long millis) {
        if (board.show(Tallies.catsAndDogs(cats, dogs), policy, millis)) {
            shown.add(board.newest(ResultViewer.ANYBODY).orElseThrow());
        }
    }
}
