package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.RevoteRule;

class ShownTest {

    private static final Map<String, Long> COMMITTED = Map.of("a", 5L, "b", 5L);

    private Shown shown = new Shown(RevoteRule.FINAL);

    @Test
    void numbersUpToTheCommittedOnesAreNoViolation() {
        assertThat(page(Map.of("a", 1L))).isEmpty();
        assertThat(page(Map.of("a", 1L, "b", 0L))).isEmpty();
        assertThat(page(COMMITTED)).isEmpty();
        assertThat(page(COMMITTED)).isEmpty();
    }

    @Test
    void moreThanIsCommittedIsFound() {
        assertThat(page(Map.of("a", 6L, "b", 5L))).singleElement().asString().contains("committed was");
        assertThat(new Shown(RevoteRule.CHANGEABLE).violations("page", Map.of("a", 11L), COMMITTED))
                .singleElement()
                .asString()
                .contains("committed was");
    }

    @Test
    void aVoteForAnotherThanIsCommittedIsFoundWhereVotesAreFinal() {
        Map<String, Long> moved = Map.of("a", 6L, "b", 4L);
        assertThat(page(moved)).singleElement().asString().contains("committed was");
        shown = new Shown(RevoteRule.CHANGEABLE);
        assertThat(page(moved)).isEmpty();
    }

    @Test
    void aTotalThatFallsIsFound() {
        for (RevoteRule rule : RevoteRule.values()) {
            shown = new Shown(rule);
            page(Map.of("a", 3L));
            assertThat(page(Map.of("a", 2L))).singleElement().asString().contains("after {a=3}");
        }
    }

    /** The total alone would say nothing: another number grew meanwhile. */
    @Test
    void aNumberThatFallsIsFoundWhereVotesAreFinal() {
        page(Map.of("a", 3L, "b", 1L));
        assertThat(page(Map.of("a", 2L, "b", 3L))).singleElement().asString().contains("after");
        assertThat(page(Map.of("b", 5L))).singleElement().asString().contains("after");
        shown = new Shown(RevoteRule.CHANGEABLE);
        page(Map.of("a", 3L, "b", 1L));
        assertThat(page(Map.of("a", 2L, "b", 3L))).isEmpty();
    }

    @Test
    void eachViewIsComparedWithItself() {
        page(Map.of("a", 3L));
        assertThat(shown.violations("stream", Map.of("a", 2L), COMMITTED)).isEmpty();
    }

    private List<String> page(Map<String, Long> votes) {
        return shown.violations("page", votes, COMMITTED);
    }
}
