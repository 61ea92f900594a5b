package org.votingapp.testsupport.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Pseudonyms;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.testsupport.checker.Stored.Counts;
import org.votingapp.testsupport.checker.Stored.StoredBallot;

class CheckerTest {

    private static final UUID ANN = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);
    private static final UUID EVE = new UUID(0, 3);

    private final History history = new History();
    private final List<StoredBallot> ballots = new ArrayList<>();
    private final Map<String, Long> tally = new TreeMap<>();
    private final Map<String, Long> page = new TreeMap<>();
    private RevoteRule rule = RevoteRule.FINAL;
    private Counts counts = new Counts(2, 2, 0, 0, 0);
    private Optional<Counts> otherCounts = Optional.empty();
    private long clock;

    @Test
    void aStackThatKeptThePromiseIsFine() {
        annAndBobVote();
        told(ANN, "b", Told.ALREADY_VOTED, "a", 409);
        nothing(BOB, "a");
        assertThat(violations()).isEmpty();
    }

    /** Ballots carry pseudonyms, and clients know their own ids. */
    @Test
    void aVoterIsFoundByThePollsNameForIt() {
        UUID key = new UUID(1, 2);
        told(ANN, "a", Told.RECORDED, "a", 201);
        store(Pseudonyms.withKey(key).of(new VoterId(0, 1)).toUuid(), "a");
        counts = new Counts(1, 1, 0, 0, 0);

        assertThat(violations()).anyMatch(line -> line.contains("voter " + ANN + " has no ballot"));
        assertThat(violations(history.named(Optional.of(key)))).isEmpty();
        assertThat(violations(history.named(Optional.of(new UUID(1, 3))))).isNotEmpty();
    }

    @Test
    void aVoteWithNoAnswerMayBeStoredOrNot() {
        annAndBobVote();
        nothing(EVE, "a");
        assertThat(violations()).isEmpty();
        store(EVE, "a");
        counts = new Counts(3, 3, 0, 0, 0);
        assertThat(violations()).isEmpty();
    }

    @Test
    void aLostVoteIsFound() {
        annAndBobVote();
        told(EVE, "a", Told.RECORDED, "a", 201);
        counts = new Counts(3, 2, 0, 0, 1);
        assertThat(violations()).anyMatch(line -> line.contains("has no ballot"));
    }

    @Test
    void aVoteThatIsStoredAsAnotherIsFound() {
        annAndBobVote();
        told(ANN, "b", Told.ALREADY_VOTED, "b", 409);
        assertThat(violations()).singleElement().asString().contains("has ballot a, and was told");
    }

    @Test
    void aVoterWhoCountsTwiceIsFound() {
        annAndBobVote();
        store(ANN, "a");
        counts = new Counts(3, 3, 0, 0, 0);
        assertThat(violations()).singleElement().asString().contains("has 2 ballots");
    }

    @Test
    void aVoterWhoseSecondVoteWasTakenIsFound() {
        annAndBobVote();
        told(ANN, "a", Told.RECORDED, "a", 201);
        counts = new Counts(3, 2, 1, 0, 0);
        assertThat(violations())
                .hasSize(2)
                .anyMatch(line -> line.contains("more than once"))
                .anyMatch(line -> line.contains("1 ballots are duplicates"));
    }

    @Test
    void aChangeOfAFinalVoteIsFound() {
        annAndBobVote();
        told(ANN, "a", Told.CHANGED, "a", 200);
        counts = new Counts(3, 2, 1, 0, 0);
        assertThat(violations()).hasSize(2).allMatch(line -> line.contains("votes are final"));
    }

    @Test
    void aBallotThatNobodyCastIsFound() {
        annAndBobVote();
        store(EVE, "a");
        counts = new Counts(3, 3, 0, 0, 0);
        assertThat(violations()).singleElement().asString().contains("cast by nobody");
    }

    @Test
    void aBallotOfAVoteThatWasRefusedIsFound() {
        annAndBobVote();
        told(EVE, "a", Told.REFUSED, "", 429);
        store(EVE, "a");
        counts = new Counts(3, 3, 0, 0, 0);
        assertThat(violations()).singleElement().asString().contains("cast by nobody");
    }

    @Test
    void aBallotMayBeOfAClientThatWasNeverToldWhoItIs() {
        annAndBobVote();
        history.add(new Attempt(Optional.empty(), "a", Told.NOTHING, Optional.empty(), 0, clock++, clock++));
        store(EVE, "a");
        counts = new Counts(3, 3, 0, 0, 0);
        assertThat(violations()).isEmpty();
        store(new UUID(0, 4), "a");
        counts = new Counts(4, 4, 0, 0, 0);
        assertThat(violations()).singleElement().asString().contains("cast by nobody");
    }

    @Test
    void aTallyThatIsNotTheRecountIsFound() {
        annAndBobVote();
        tally.put("a", 2L);
        assertThat(violations()).singleElement().asString().startsWith("the tally says");
    }

    @Test
    void aPageThatShowsSomethingElseIsFound() {
        annAndBobVote();
        page.put("b", 0L);
        assertThat(violations()).singleElement().asString().startsWith("page says");
    }

    @Test
    void ballotsThatDoNotAddUpAreFound() {
        annAndBobVote();
        counts = new Counts(3, 2, 0, 0, 0);
        assertThat(violations()).singleElement().asString().contains("not the sum");
    }

    @Test
    void aBallotThatStaysOnItsWayIsFound() {
        annAndBobVote();
        counts = new Counts(3, 2, 0, 0, 1);
        assertThat(violations()).singleElement().asString().contains("still pending");
    }

    @Test
    void countingOtherThanWhatIsStoredIsFound() {
        annAndBobVote();
        counts = new Counts(3, 3, 0, 0, 0);
        assertThat(violations()).singleElement().asString().contains("recorded is 3");
    }

    @Test
    void aBallotThatWasRejectedIsFound() {
        annAndBobVote();
        nothing(EVE, "a");
        counts = new Counts(3, 2, 0, 1, 0);
        assertThat(violations()).singleElement().asString().contains("1 ballots were rejected");
    }

    @Test
    void aBallotThatIsBeyondAVotersFirstIsFoundWhereVotesAreFinal() {
        annAndBobVote();
        nothing(ANN, "a");
        counts = new Counts(3, 2, 1, 0, 0);
        assertThat(violations()).singleElement().asString().contains("1 ballots are duplicates");
        rule = RevoteRule.CHANGEABLE;
        assertThat(violations()).isEmpty();
    }

    @Test
    void acknowledgingMoreThanWasAcceptedIsFound() {
        annAndBobVote();
        told(EVE, "a", Told.RECORDED, "a", 201);
        store(EVE, "a");
        counts = new Counts(2, 3, 0, 0, -1);
        assertThat(violations()).anyMatch(line -> line.contains("acknowledged as taken"));
    }

    @Test
    void workersThatCountDifferentlyAreFound() {
        rule = RevoteRule.CHANGEABLE;
        annAndBobVote();
        counts = new Counts(3, 2, 1, 0, 0);
        otherCounts = Optional.of(new Counts(2, 2, 0, 0, 0));
        assertThat(violations()).singleElement().asString().startsWith("not all count alike");
    }

    @Test
    void aReceiptOfTheFormProvesAVoteOnRecordButNotWhichAttempt() {
        told(ANN, "a", Told.ON_RECORD, "a", 303);
        store(ANN, "a");
        counts = new Counts(1, 1, 0, 0, 0);
        assertThat(violations()).isEmpty();
        told(BOB, "b", Told.ON_RECORD, "b", 303);
        assertThat(violations()).singleElement().asString().contains("has no ballot");
    }

    @Test
    void theLastChoiceIsTheOneThatCountsWhereItMayChange() {
        rule = RevoteRule.CHANGEABLE;
        annAndBobVote();
        told(ANN, "b", Told.CHANGED, "b", 200);
        counts = new Counts(3, 2, 1, 0, 0);
        assertThat(violations()).singleElement().asString().contains("is no last choice");
        ballots.set(0, new StoredBallot(ANN, "b"));
        assertThat(violations()).isEmpty();
    }

    @Test
    void aChangeWithNoAnswerMayBeTheLastOne() {
        rule = RevoteRule.CHANGEABLE;
        annAndBobVote();
        nothing(ANN, "b");
        assertThat(violations()).isEmpty();
        ballots.set(0, new StoredBallot(ANN, "b"));
        counts = new Counts(3, 2, 1, 0, 0);
        assertThat(violations()).isEmpty();
    }

    @Test
    void ofTwoChangesAtTheSameMomentEitherMayBeTheLastOne() {
        rule = RevoteRule.CHANGEABLE;
        annAndBobVote();
        history.add(new Attempt(Optional.of(ANN), "c", Told.CHANGED, Optional.of("c"), 200, clock, clock + 10));
        history.add(new Attempt(Optional.of(ANN), "b", Told.CHANGED, Optional.of("b"), 200, clock + 5, clock + 15));
        counts = new Counts(4, 2, 2, 0, 0);
        ballots.set(0, new StoredBallot(ANN, "c"));
        assertThat(violations()).isEmpty();
        ballots.set(0, new StoredBallot(ANN, "b"));
        assertThat(violations()).isEmpty();
    }

    private void annAndBobVote() {
        told(ANN, "a", Told.RECORDED, "a", 201);
        told(BOB, "b", Told.RECORDED, "b", 201);
        store(ANN, "a");
        store(BOB, "b");
    }

    private void told(UUID voter, String asked, Told told, String onRecord, int status) {
        Optional<String> choice = Optional.of(onRecord).filter(key -> !key.isEmpty());
        history.add(new Attempt(Optional.of(voter), asked, told, choice, status, clock++, clock++));
    }

    private void nothing(UUID voter, String asked) {
        told(voter, asked, Told.NOTHING, "", 503);
    }

    private void store(UUID voter, String choice) {
        ballots.add(new StoredBallot(voter, choice));
    }

    private List<String> violations() {
        return violations(history);
    }

    private List<String> violations(History attempts) {
        Stored recounted = new Stored(ballots, Map.of(), Map.of(), Map.of());
        Map<String, Long> shown = new HashMap<>(recounted.recount());
        shown.putAll(page);
        Map<String, Long> kept = new HashMap<>(recounted.recount());
        kept.putAll(tally);
        return Checker.violations(rule, attempts, new Stored(ballots, kept, Map.of("page", shown), counts()));
    }

    private Map<String, Counts> counts() {
        Map<String, Counts> all = new TreeMap<>(Map.of("metrics", counts));
        otherCounts.ifPresent(others -> all.put("others", others));
        return all;
    }
}
