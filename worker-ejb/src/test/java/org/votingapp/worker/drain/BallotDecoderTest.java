package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.worker.drain.BallotDecoder.Malformed;
import org.votingapp.worker.drain.BallotDecoder.Wellformed;
import org.votingapp.worker.poll.KnownPoll;
import org.votingapp.worker.record.ReceivedBallot;
import org.votingapp.worker.stream.EntryId;
import org.votingapp.worker.stream.StreamEntry;

class BallotDecoderTest {

    private static final EntryId ID = new EntryId(7, 0);
    private static final VoterId VOTER = new VoterId(1, 2);
    private static final KnownPolls CATS =
            new KnownPolls(Map.of("cats", new KnownPoll("cats", RevoteRule.FINAL, new TreeSet<>(Set.of("a", "b")))));

    private static StreamEntry entry(String... namesAndValues) {
        List<StreamEntry.Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new StreamEntry.Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new StreamEntry(ID, fields);
    }

    @Test
    void aBallotIsReadWhateverTheOrderOfItsFields() {
        assertThat(BallotDecoder.decode(entry("choice", "b", "voter", VOTER.toString(), "poll", "cats")))
                .isEqualTo(new Wellformed(new ReceivedBallot(ID, new Ballot("cats", VOTER, "b"))));
    }

    @Test
    void aBallotTellsWhichChoiceItReplaces() {
        assertThat(BallotDecoder.decode(
                        entry("poll", "cats", "voter", VOTER.toString(), "choice", "b", "replaces", "a")))
                .isEqualTo(new Wellformed(new ReceivedBallot(ID, new Ballot("cats", VOTER, "b"), Optional.of("a"))));
    }

    @Test
    void furtherFieldsAreIgnored() {
        assertThat(BallotDecoder.decode(entry("poll", "cats", "voter", VOTER.toString(), "choice", "a", "later", "x")))
                .isInstanceOf(Wellformed.class);
    }

    static Stream<Arguments> malformed() {
        String voter = VOTER.toString();
        return Stream.of(
                Arguments.of(entry(), "it has no field poll"),
                Arguments.of(entry("poll", "cats", "choice", "a"), "it has no field voter"),
                Arguments.of(entry("poll", "cats", "voter", voter), "it has no field choice"),
                Arguments.of(
                        entry("poll", "cats", "voter", voter, "choice", "a", "choice", "b"),
                        "it has 2 fields choice; it must have one"),
                Arguments.of(
                        entry("poll", "cats", "voter", voter, "choice", "a", "replaces", "b", "replaces", "c"),
                        "it has 2 fields replaces; it must have one"),
                Arguments.of(
                        entry("poll", "cats", "voter", "x".repeat(300), "choice", "a"),
                        "voter is 300 characters long; it must be 22 of base64url"),
                Arguments.of(
                        entry("poll", "cats", "voter", "", "choice", "a"),
                        "voter is 0 characters long; it must be 22 of base64url"),
                Arguments.of(
                        entry("poll", "cats", "voter", "AAAAAAAAAAAAAAAAAAAAAB", "choice", "a"),
                        "voter is \"AAAAAAAAAAAAAAAAAAAAAB\"; it must be 16 bytes in base64url"),
                Arguments.of(
                        entry("poll", "cats", "voter", "AAAAAAAAAA\nAAAAAAAAA\u0000A", "choice", "a"),
                        "voter is \"AAAAAAAAAA\uFFFDAAAAAAAAA\uFFFDA\"; it must be 16 bytes in base64url"));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(StreamEntry entry, String reason) {
        assertThat(BallotDecoder.decode(entry))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.rejection().reason()).isEqualTo(reason));
    }

    static Stream<Arguments> unknown() {
        return Stream.of(
                Arguments.of("dogs", "a", "there is no poll \"dogs\""),
                Arguments.of("cats", "c", "poll cats has no option \"c\"; its options are a, b"),
                Arguments.of("cats", "", "poll cats has no option \"\"; its options are a, b"),
                Arguments.of("cats", "A", "poll cats has no option \"A\"; its options are a, b"),
                Arguments.of("p".repeat(500), "a", "there is no poll \"" + "p".repeat(40) + "…\" (500 characters)"));
    }

    @ParameterizedTest
    @MethodSource
    void unknown(String poll, String choice, String reason) {
        Ballot ballot = new Ballot(poll, VOTER, choice);
        assertThat(CATS.have(ballot)).isFalse();
        assertThat(CATS.missing(ballot)).isEqualTo(reason);
    }

    @Test
    void aBallotForAnOptionOfAPollIsKnown() {
        assertThat(CATS.have(new Ballot("cats", VOTER, "b"))).isTrue();
    }

    @Property
    void whateverCameTheReasonIsOneShortLine(
            @ForAll @StringLength(max = 400) String poll,
            @ForAll @StringLength(max = 400) String voter,
            @ForAll @StringLength(max = 400) String choice) {
        for (StreamEntry entry : List.of(
                entry("poll", poll, "voter", VOTER.toString(), "choice", choice),
                entry("poll", "cats", "voter", VOTER.toString(), "choice", choice + "x"),
                entry("poll", poll, "voter", voter, "choice", choice),
                entry("poll", poll, "voter", voter.repeat(30), "choice", choice, voter, choice))) {
            BallotDecoder.Decoded decoded = BallotDecoder.decode(entry);
            String reason = decoded instanceof Malformed malformed
                    ? malformed.rejection().reason()
                    : CATS.missing(((Wellformed) decoded).ballot().ballot());
            assertThat(reason).isNotBlank().hasSizeLessThan(200).doesNotMatch("(?s).*\\p{C}.*");
        }
    }
}
