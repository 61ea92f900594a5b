package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollChangeTest {

    private static final Instant NOW = Instant.parse("2027-03-01T10:00:00Z");
    private static final Optional<Instant> BEFORE = Optional.of(NOW.minusSeconds(60));
    private static final Optional<Instant> LATER = Optional.of(NOW.plusSeconds(60));
    private static final Map<String, Long> VOTES = Map.of("a", 12L, "b", 3L, "c", 0L);

    @Test
    void theSameConfigurationChangesNothing() {
        assertThat(change(VOTES, "Cats", "Dogs", "Fish").line()).isEmpty();
    }

    @Test
    void reorderedOptionsAreRefusedWithTheCountsAndTheWaysOut() {
        assertThatThrownBy(() -> check(registered(VOTES), poll("Dogs", "Cats", "Fish")))
                .isInstanceOf(PollRefusedException.class)
                .hasMessage(
                        "Poll pets is not started, since its votes (15 votes) would no longer mean what voters chose: "
                                + "option a (12 votes) \"Cats\" → \"Dogs\"; option b (3 votes) \"Dogs\" → \"Cats\". "
                                + "Restore POLL_OPTIONS=Cats,Dogs,Fish, or set another POLL_ID for a new poll, or set "
                                + "POLL_ACCEPT_CHANGES=true for vote servers and workers, and the votes count as they would then read.");
    }

    @Test
    void whatTheOperatorAcceptsIsDone() throws PollRefusedException {
        PollChange accepted = new PollChangeRule(true).check(registered(VOTES), poll("Dogs", "Cats", "Fish"), NOW);
        assertThat(accepted.line())
                .hasValueSatisfying(line -> assertThat(line)
                        .isEqualTo("Poll pets (15 votes) changes: option a (12 votes) \"Cats\" → \"Dogs\";"
                                + " option b (3 votes) \"Dogs\" → \"Cats\""));
    }

    /** Registered: Cats (12 votes), Dogs (3), Fish (none). */
    @ParameterizedTest
    @CsvSource({
        "'Dogs,Cats,Fish', 2",
        "'Fish,Dogs,Cats', 2",
        "'Cats,Fish,Dogs', 2",
        "'Dogs,Fish', 2",
        "'Elephants,Dogs,Fish', 1",
        "'Katzen,Hunde,Fish', 2",
        "'Cats,Fish', 1",
        "'Birds,Cats,Dogs,Fish', 3",
    })
    void aLabelAtAKeyThatPeopleVotedForAsAnotherIsABetrayal(String labels, int betrayals) {
        assertThat(change(VOTES, labels.split(",")).betrayals()).hasSize(betrayals);
        assertThatCode(() -> check(registered(Map.of()), poll(labels.split(","))))
                .as("nobody has voted")
                .doesNotThrowAnyException();
    }

    @Test
    void aLabelThatLeavesAKeyWithVotesIsABetrayalWhereverItGoes() {
        PollChange change = change(Map.of("a", 12L, "c", 3L), "Cats", "Fish");
        assertThat(change.betrayals()).containsExactly("\"Fish\" from option c (3 votes) → option b");
    }

    @ParameterizedTest
    @CsvSource({
        "'Cats,Dogs,Fish,Birds', 'option d new → \"Birds\"'",
        "'Cats,Dogs,Birds', 'option c \"Fish\" → \"Birds\"'",
        "'Cats,Dogs', 'option c \"Fish\" → gone'",
        "'Cats,Doggs,Fish', 'option b \"Dogs\" → \"Doggs\"'",
        "'cats!,Dogs,Fish', 'option a \"Cats\" → \"cats!\"'",
    })
    void whatTakesNoVoteAnotherMeaningIsHarmlessAndTold(String labels, String told) {
        PollChange change = change(VOTES, labels.split(","));
        assertThat(change.betrayals()).isEmpty();
        assertThat(change.harmless()).containsExactly(told);
    }

    /** An older server in a roll looks the same as one whose operator took the option away: neither loses its votes. */
    @Test
    void theVotesOfAnOptionThatIsOfferedNoMoreStay() {
        assertThat(change(Map.of("a", 12L, "c", 3L), "Cats", "Dogs").harmless())
                .containsExactly("option c \"Fish\" → offered no more, its 3 votes stay");
    }

    /** Servers are rolled in any order, and one with the older configuration may come back after votes by the newer one. */
    @Test
    void aServerWithTheOlderConfigurationIsNotRefusedInARoll() {
        Poll newer = new Poll(
                "pets",
                "Which pet?",
                "en",
                options("Cats", "Dogs", "Fisch", "Birds"),
                RevoteRule.FINAL,
                Optional.empty(),
                LATER);
        RegisteredPoll registered = new RegisteredPoll(newer, Map.of("a", 12L, "b", 3L, "c", 2L, "d", 1L), 4);
        assertThatCode(() -> check(registered, poll(Optional.of(NOW.plusSeconds(5)), "Cats", "Dogs", "Fish")))
                .doesNotThrowAnyException();
    }

    @Test
    void votesThatAreNotRecordedYetMayBeForAnyOption() {
        RegisteredPoll waiting = registered(Map.of()).withUnrecorded(2);
        assertThatThrownBy(() -> check(waiting, poll("Dogs", "Cats", "Fish")))
                .hasMessageContaining("(0 votes and 2 not recorded)")
                .hasMessageContaining("option a (votes that are not recorded) \"Cats\" → \"Dogs\"");
        assertThatCode(() -> check(waiting, poll("Cats", "Dogs", "Fish", "Birds")))
                .doesNotThrowAnyException();
    }

    @Test
    void aClosedPollThatHasVotesStaysClosed() {
        Poll closed = poll(BEFORE, "Cats", "Dogs");
        RegisteredPoll withVotes = new RegisteredPoll(closed, VOTES, 0);
        for (Optional<Instant> closes : List.of(LATER, Optional.<Instant>empty())) {
            assertThatThrownBy(() -> check(withVotes, poll(closes, "Cats", "Dogs")))
                    .isInstanceOf(PollRefusedException.class)
                    .hasMessageContaining("POLL_CLOSES 2027-03-01T09:59:00Z → %s, though it has closed"
                            .formatted(closes.map(Instant::toString).orElse("not set")))
                    .hasMessageContaining("Restore POLL_CLOSES=2027-03-01T09:59:00Z, or");
            assertThatCode(() -> check(new RegisteredPoll(closed, Map.of(), 0), poll(closes, "Cats", "Dogs")))
                    .as("nobody has voted")
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> check(withVotes, poll(Optional.of(NOW.minusSeconds(1)), "Cats", "Dogs")))
                .as("closed as well")
                .doesNotThrowAnyException();
    }

    @Test
    void anOpenPollMayCloseLaterOrEarlier() {
        for (Optional<Instant> closes : List.of(BEFORE, Optional.<Instant>empty(), Optional.of(NOW.plusSeconds(999)))) {
            PollChange change = PollChange.of(
                    new RegisteredPoll(poll(LATER, "Cats", "Dogs"), VOTES, 0), poll(closes, "Cats", "Dogs"), NOW);
            assertThat(change.betrayals()).isEmpty();
            assertThat(change.harmless()).singleElement().asString().startsWith("POLL_CLOSES 2027-03-01T10:01:00Z → ");
        }
    }

    @Test
    void whetherAVoteMayBeChangedStaysOnceSomebodyVoted() {
        for (RevoteRule rule : RevoteRule.values()) {
            RevoteRule other = rule == RevoteRule.FINAL ? RevoteRule.CHANGEABLE : RevoteRule.FINAL;
            RegisteredPoll before = new RegisteredPoll(poll(rule, "Who?"), Map.of("a", 1L), 0);
            assertThatThrownBy(() -> check(before, poll(other, "Who?")))
                    .isInstanceOf(PollRefusedException.class)
                    .hasMessageContaining("(1 vote)")
                    .hasMessageContaining("Restore POLL_REVOTE=" + rule.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void anotherQuestionIsToldBeforeAndAfter() {
        PollChange change = PollChange.of(
                new RegisteredPoll(poll(RevoteRule.FINAL, "Who?"), VOTES, 0), poll(RevoteRule.FINAL, "Which?"), NOW);
        assertThat(change.betrayals()).isEmpty();
        assertThat(change.line()).contains("Poll pets (15 votes) changes: question \"Who?\" → \"Which?\"");
    }

    @Test
    void aCommaInALabelIsRestoredAsItIsWritten() {
        RegisteredPoll before = new RegisteredPoll(poll("Salad, mixed", "Soup"), Map.of("a", 1L), 0);
        assertThatThrownBy(() -> check(before, poll("Soup", "Salad, mixed")))
                .hasMessageContaining("Restore POLL_OPTIONS=Salad\\, mixed,Soup, or");
    }

    @Test
    void aFileIsRefusedInItsOwnWords() {
        Poll registered =
                new Poll("pets", "Who?", "en", options("Cats", "Dogs"), RevoteRule.FINAL, Optional.empty(), BEFORE);
        Poll written =
                new Poll("pets", "Who?", "en", options("Dogs", "Cats"), RevoteRule.CHANGEABLE, LATER, Optional.empty());
        assertThatThrownBy(() -> new PollChangeRule(false)
                        .check(new RegisteredPoll(registered, VOTES, 0), written, PollSource.FILE, NOW))
                .isInstanceOf(PollRefusedException.class)
                .hasMessage(
                        "Poll pets is not started, since its votes (15 votes) would no longer mean what voters chose: "
                                + "option a (12 votes) \"Cats\" → \"Dogs\"; option b (3 votes) \"Dogs\" → \"Cats\"; "
                                + "revote final → changeable; closes 2027-03-01T09:59:00Z → not set, though it has closed. "
                                + "Restore options: [\"Cats\", \"Dogs\"] and revote: final and closes: 2027-03-01T09:59:00Z, or "
                                + "give it another id for a new poll, or set POLL_ACCEPT_CHANGES=true for the worker, "
                                + "and the votes count as they would then read.");
    }

    @Test
    void anOptionWithVotesIsNotRemovedFromAFile() {
        RegisteredPoll before = new RegisteredPoll(poll("Cats", "Dogs", "Fish"), Map.of("a", 12L, "c", 3L), 0);
        assertThat(PollChange.of(before, poll("Cats", "Dogs"), PollSource.FILE, NOW)
                        .betrayals())
                .containsExactly("option c (3 votes) \"Fish\" → gone");
        assertThat(PollChange.of(registered(VOTES), poll("Cats", "Dogs"), PollSource.FILE, NOW)
                        .betrayals())
                .as("nobody has voted for it")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Dgos, Dogs, true",
        "Doggos, Dogs, true",
        "Café, Cafe, true",
        "Ice cream, ice-cream, true",
        "Spaguetti Bolonese, Spaghetti Bolognese, true",
        "Cats, Dogs, false",
        "Yes, No, false",
        "Plan A, Plan B, false",
        "Option 1, Option 2, false",
        "2026, 2027, false",
        "A, B, false",
        "猫, 犬, false",
        "Pizza, 'Pizza, vegetarian', false",
        "🫶, 🩷, false",
        "👍, 👎, false",
    })
    void aSlipIsToldFromAnotherOption(String old, String mended, boolean corrects) {
        assertThat(Label.corrects(old, mended)).isEqualTo(corrects);
        assertThat(Label.corrects(mended, old)).isEqualTo(corrects);
    }

    @Test
    void aPollWhoseBallotsAreDeletedStaysClosedWhateverTheOperatorAccepts() throws PollRefusedException {
        PollChangeRule accepting = new PollChangeRule(true);
        Poll closed = closing(BEFORE);
        RegisteredPoll before = new RegisteredPoll(closed, VOTES, 0);
        accepting.checkReopening(before, closed, Optional.of(NOW), NOW);
        accepting.checkReopening(before, closing(LATER), Optional.empty(), NOW);
        assertThatThrownBy(() -> accepting.checkReopening(before, closing(LATER), Optional.of(NOW), NOW))
                .isInstanceOf(PollRefusedException.class)
                .hasMessageContaining("its ballots have been deleted since 2027-03-01T10:00:00Z")
                .hasMessageContaining("Restore its end, 2027-03-01T09:59:00Z");
    }

    private static Poll closing(Optional<Instant> closes) {
        return poll(closes, "Cats", "Dogs", "Fish");
    }

    @Test
    void aResultThatWouldShowSoonerThanVotersWereToldIsRefused() {
        assertThatThrownBy(() -> checkResults(VOTES, ResultsRule.CLOSED, ResultsRule.LIVE))
                .isInstanceOf(PollRefusedException.class)
                .hasMessage(
                        "Poll pets is not started, since its voters (15) would see their result shown sooner than they were told: "
                                + "results closed → live. Restore POLL_RESULTS=closed, or set another POLL_ID for a new poll, or set "
                                + "POLL_ACCEPT_CHANGES=true for vote servers and workers, and the result shows as it then reads.");
    }

    @Test
    void aResultMayShowLaterAndWithoutVotesSoonerToo() throws PollRefusedException {
        assertThat(checkResults(VOTES, ResultsRule.VOTED, ResultsRule.ORGANISER))
                .contains("Poll pets changes: results voted → organiser");
        assertThat(checkResults(Map.of(), ResultsRule.ORGANISER, ResultsRule.LIVE))
                .contains("Poll pets changes: results organiser → live");
        assertThat(checkResults(VOTES, ResultsRule.VOTED, ResultsRule.VOTED)).isEmpty();
        assertThat(new PollChangeRule(true)
                        .checkResults(registered(VOTES), ResultsRule.CLOSED, ResultsRule.VOTED, PollSource.SETTINGS))
                .as("accepted")
                .isPresent();
    }

    private static Optional<String> checkResults(Map<String, Long> votes, ResultsRule before, ResultsRule after)
            throws PollRefusedException {
        return new PollChangeRule(false).checkResults(registered(votes), before, after, PollSource.SETTINGS);
    }

    private static PollChange change(Map<String, Long> votes, String... labels) {
        return PollChange.of(registered(votes), poll(labels), NOW);
    }

    private static void check(RegisteredPoll before, Poll after) throws PollRefusedException {
        new PollChangeRule(false).check(before, after, NOW);
    }

    private static RegisteredPoll registered(Map<String, Long> votes) {
        return new RegisteredPoll(poll("Cats", "Dogs", "Fish"), votes, 0);
    }

    private static Poll poll(String... labels) {
        return poll(Optional.empty(), labels);
    }

    private static Poll poll(Optional<Instant> closes, String... labels) {
        return new Poll("pets", "Who?", "en", options(labels), RevoteRule.FINAL, Optional.empty(), closes);
    }

    private static Poll poll(RevoteRule rule, String question) {
        return new Poll("pets", question, "en", options("Cats", "Dogs"), rule, Optional.empty(), Optional.empty());
    }

    private static List<PollOption> options(String... labels) {
        List<PollOption> options = new ArrayList<>();
        for (String label : labels) {
            options.add(new PollOption(Poll.keyAt(options.size()), label));
        }
        return options;
    }
}
