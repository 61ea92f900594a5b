package org.votingapp.testsupport.checker;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.votingapp.poll.RevoteRule;
import org.votingapp.testsupport.checker.Stored.Counts;
import org.votingapp.testsupport.checker.Stored.StoredBallot;

/**
 * Compares the answers that clients got with what is stored, and describes each contradiction.
 *
 * <p>A vote without an answer may be stored or not, at any time after it was sent. No side effects.
 */
public final class Checker {

    private final RevoteRule rule;
    private final Map<UUID, List<Attempt>> attempts;
    private final List<Attempt> byNobody;
    private final Stored stored;
    private final Map<UUID, List<String>> choices;
    private final List<String> violations = new ArrayList<>();

    private Checker(RevoteRule rule, History history, Stored stored) {
        this.rule = rule;
        this.attempts = history.byVoter();
        this.byNobody = history.byNobody();
        this.stored = stored;
        this.choices = stored.ballots().stream()
                .collect(groupingBy(StoredBallot::voter, mapping(StoredBallot::choice, toList())));
    }

    /** Each violation of the promise, in words; empty if it was kept. */
    public static List<String> violations(RevoteRule rule, History history, Stored stored) {
        Checker checker = new Checker(rule, history, stored);
        checker.noVoterTwice();
        checker.whatWasAcknowledgedIsStored();
        checker.onlyWhatRuleAllowsIsAcknowledged();
        checker.noBallotThatNobodyCast();
        checker.everyTallyIsTheRecount();
        checker.ballotsAddUp();
        return checker.violations;
    }

    private void noVoterTwice() {
        choices.forEach((voter, stored) -> {
            if (stored.size() > 1) {
                violated("voter %s has %d ballots: %s", voter, stored.size(), stored);
            }
        });
    }

    private void whatWasAcknowledgedIsStored() {
        attempts.forEach((voter, theirs) -> {
            List<Attempt> acknowledged = theirs.stream()
                    .filter(attempt -> attempt.told().isAcknowledgement())
                    .toList();
            if (acknowledged.isEmpty()) {
                return;
            }
            Optional<String> choice =
                    choices.getOrDefault(voter, List.of()).stream().findFirst();
            if (choice.isEmpty()) {
                violated("voter %s has no ballot, and was told %s", voter, acknowledged);
            } else if (rule == RevoteRule.FINAL) {
                acknowledged.stream()
                        .filter(attempt -> !attempt.onRecord().equals(choice))
                        .forEach(attempt ->
                                violated("voter %s has ballot %s, and was told %s", voter, choice.get(), attempt));
            } else if (theirs.stream().noneMatch(attempt -> mayBeTheLast(attempt, choice.get(), acknowledged))) {
                violated("voter %s has ballot %s, which is no last choice of %s", voter, choice.get(), theirs);
            }
        });
    }

    /** Whether an attempt recorded this choice, or may have, and no acknowledged attempt certainly came later. */
    private static boolean mayBeTheLast(Attempt attempt, String choice, List<Attempt> acknowledged) {
        if (attempt.told() == Told.NOTHING) {
            return attempt.asked().equals(choice);
        }
        return attempt.onRecord().filter(choice::equals).isPresent()
                && acknowledged.stream()
                        .filter(Attempt::wasTaken)
                        .noneMatch(other -> other.began() - attempt.ended() > 0);
    }

    private void onlyWhatRuleAllowsIsAcknowledged() {
        attempts.forEach((voter, theirs) -> {
            if (theirs.stream()
                            .filter(attempt -> attempt.told() == Told.RECORDED)
                            .count()
                    > 1) {
                violated("voter %s was told more than once that a first vote was recorded: %s", voter, theirs);
            }
            if (rule == RevoteRule.FINAL && theirs.stream().anyMatch(attempt -> attempt.told() == Told.CHANGED)) {
                violated("voter %s was told of a change, and votes are final: %s", voter, theirs);
            }
        });
    }

    private void noBallotThatNobodyCast() {
        Map<String, Long> unnamed = new HashMap<>(
                byNobody.stream().filter(Attempt::mayHaveBeenTaken).collect(groupingBy(Attempt::asked, counting())));
        for (StoredBallot ballot : stored.ballots()) {
            List<Attempt> theirs = attempts.getOrDefault(ballot.voter(), List.of());
            boolean cast = theirs.stream()
                    .anyMatch(attempt ->
                            attempt.mayHaveBeenTaken() && attempt.asked().equals(ballot.choice()));
            if (!cast && (!theirs.isEmpty() || unnamed.merge(ballot.choice(), -1L, Long::sum) < 0)) {
                violated(
                        "ballot %s of voter %s was cast by nobody; attempts: %s",
                        ballot.choice(), ballot.voter(), theirs);
            }
        }
    }

    private void everyTallyIsTheRecount() {
        Map<String, Long> recount = stored.recount();
        compare("the tally", stored.tally(), recount);
        stored.shown().forEach((view, votes) -> compare(view, votes, recount));
    }

    private void compare(String view, Map<String, Long> votes, Map<String, Long> recount) {
        Map<String, Long> nonZero = new TreeMap<>(votes);
        nonZero.values().removeIf(number -> number == 0);
        if (!nonZero.equals(recount)) {
            violated("%s says %s, and the ballots are %s", view, nonZero, recount);
        }
    }

    private void ballotsAddUp() {
        long taken = attempts.values().stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.told() == Told.RECORDED || attempt.told() == Told.CHANGED)
                .count();
        stored.counts().forEach((source, counts) -> {
            if (counts.accepted() != counts.recorded() + counts.duplicate() + counts.rejected() + counts.pending()) {
                violated("%s: accepted is not the sum of the others: %s", source, counts);
            }
            if (counts.recorded() != stored.ballots().size()) {
                violated(
                        "%s: recorded is %d, and there are %d ballots",
                        source, counts.recorded(), stored.ballots().size());
            }
            if (counts.pending() != 0) {
                violated("%s: %d ballots are still pending", source, counts.pending());
            }
            // Each ballot is one that the servers made, and known for ever by the entry that brought it.
            if (counts.rejected() != 0) {
                violated("%s: %d ballots were rejected", source, counts.rejected());
            }
            // Redis knows who has voted from the moment when the vote can be read from it.
            if (rule == RevoteRule.FINAL && counts.duplicate() != 0) {
                violated("%s: %d ballots are duplicates, and votes are final", source, counts.duplicate());
            }
            if (counts.accepted() < taken) {
                violated(
                        "%s: %d ballots were accepted, and %d votes acknowledged as taken",
                        source, counts.accepted(), taken);
            }
        });
        List<Counts> distinct = stored.counts().values().stream().distinct().toList();
        if (distinct.size() > 1) {
            violated("not all count alike: %s", stored.counts());
        }
    }

    private void violated(String message, Object... arguments) {
        violations.add(message.formatted(arguments));
    }
}
