package org.votingapp.worker.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.RevoteRule;

class OnePerVoterTest {

    private static RevoteRule rule(String poll) {
        return poll.equals("changeable") ? RevoteRule.CHANGEABLE : RevoteRule.FINAL;
    }

    @Test
    void theEarliestBallotIsChosenWhereTheFirstVoteIsFinal() {
        ReceivedBallot first = Ballots.ballot(5, 0, "final", 1, "a");
        ReceivedBallot second = Ballots.ballot(5, 1, "final", 1, "b");
        assertThat(OnePerVoter.of(List.of(second, first), OnePerVoterTest::rule))
                .containsExactly(first);
    }

    @Test
    void theNewestBallotIsChosenWhereAVoteIsChangeable() {
        ReceivedBallot first = Ballots.ballot(5, 0, "changeable", 1, "a");
        ReceivedBallot second = Ballots.ballot(5, 1, "changeable", 1, "b");
        assertThat(OnePerVoter.of(List.of(second, first), OnePerVoterTest::rule))
                .containsExactly(second);
    }

    @Test
    void theNewestChangeIsChosenWhereVotesBecameFinalMeanwhile() {
        ReceivedBallot first = Ballots.ballot(5, 0, "final", 1, "a");
        ReceivedBallot change = Ballots.change(5, 1, "final", 1, "b");
        ReceivedBallot newest = Ballots.change(5, 2, "final", 1, "c");
        assertThat(OnePerVoter.of(List.of(newest, first, change), OnePerVoterTest::rule))
                .containsExactly(newest);
        assertThat(OnePerVoter.of(List.of(first, change), OnePerVoterTest::rule))
                .containsExactly(change);
    }

    @Test
    void aVoterKeepsOneBallotInEachPoll() {
        ReceivedBallot one = Ballots.ballot(5, 0, "final", 1, "a");
        ReceivedBallot other = Ballots.ballot(5, 1, "changeable", 1, "b");
        assertThat(OnePerVoter.of(List.of(one, other), OnePerVoterTest::rule)).containsExactly(one, other);
    }

    @Property
    void itChoosesWhatSortingAndTakingTheFirstOrTheLastWould(@ForAll("ballots") List<ReceivedBallot> ballots) {
        List<ReceivedBallot> chosen = OnePerVoter.of(ballots, OnePerVoterTest::rule);

        List<ReceivedBallot> sorted = new ArrayList<>(ballots);
        sorted.sort((one, other) -> one.id().compareTo(other.id()));
        Map<String, ReceivedBallot> model = new HashMap<>();
        for (ReceivedBallot ballot : sorted) {
            String seat = ballot.ballot().pollId() + " " + ballot.ballot().voter();
            if (rule(ballot.ballot().pollId()) == RevoteRule.CHANGEABLE
                    || ballot.replaces().isPresent()) {
                model.put(seat, ballot);
            } else {
                model.putIfAbsent(seat, ballot);
            }
        }
        assertThat(chosen).containsExactlyInAnyOrderElementsOf(model.values());
    }

    @Provide
    Arbitrary<List<ReceivedBallot>> ballots() {
        // Ids from both ends of the unsigned range, and few enough voters to meet again.
        Arbitrary<Long> millis = Arbitraries.of(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
        return Combinators.combine(
                        millis,
                        Arbitraries.longs().between(0, 50),
                        Arbitraries.of("final", "changeable"),
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.of(true, false))
                .as((time, sequence, poll, voter, choice, change) -> change
                        ? Ballots.change(time, sequence, poll, voter, choice)
                        : Ballots.ballot(time, sequence, poll, voter, choice))
                .list()
                .ofMaxSize(60)
                .uniqueElements(ReceivedBallot::id);
    }
}
