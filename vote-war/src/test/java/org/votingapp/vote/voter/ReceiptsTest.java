package org.votingapp.vote.voter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.VoterId;

/** Receipts of many polls in one signed value. */
class ReceiptsTest {

    private static final String KEY = "k".repeat(32);
    private static final VoterId VOTER = new VoterId(1, 2);

    private final VoterSigner signer = VoterSignerTest.signer(KEY);

    /** Votes in up to 40 polls. Their ids have up to 62 characters, so that a shorter one may fit where a longer one does not. */
    @Provide
    Arbitrary<List<Receipt>> votes() {
        return Arbitraries.integers()
                .between(0, 60)
                .flatMap(shortest -> Combinators.combine(
                                Arbitraries.integers()
                                        .between(10, 49)
                                        .map(poll -> poll + "x".repeat(shortest + 17 * poll % (61 - shortest))),
                                Arbitraries.of("a", "b", "j"))
                        .as(Receipt::new)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(90));
    }

    @Property(tries = 300)
    void theNewestAreKeptAsFarAsTheyFit(@ForAll("votes") List<Receipt> votes) {
        Receipts receipts = Receipts.none(VOTER);
        for (Receipt vote : votes) {
            List<Receipt> expected = new ArrayList<>(receipts.newestFirst());
            expected.removeIf(older -> older.pollId().equals(vote.pollId()));
            expected.add(0, vote);
            while (expected.size() > 32
                    || signer.sign(new Receipts(VOTER, expected)).length() > 2_000) {
                expected.remove(expected.size() - 1);
            }
            receipts = signer.verifyReceipts(signer.sign(receipts.with(vote))).orElseThrow();
            assertThat(receipts).isEqualTo(new Receipts(VOTER, expected));
        }
    }

    @Test
    void twentyNineReceiptsOfPollsWithTheLongestIdsFit() {
        Receipts receipts = Receipts.none(VOTER);
        for (int poll = 10; poll < 40; poll++) {
            receipts = receipts.with(new Receipt(poll + "x".repeat(61), "a"));
        }
        assertThat(receipts.newestFirst()).hasSize(29);
        assertThat(signer.sign(receipts)).hasSize(66 + 29 * 66);
    }

    @Property(tries = 500)
    void aChangedCharacterIsNoticed(
            @ForAll @IntRange(min = 1, max = 30) int polls, @ForAll @IntRange(min = 0) int at, @ForAll char other) {
        String signed = signed(VOTER, polls);
        int place = at % signed.length();
        String forged = signed.substring(0, place) + other + signed.substring(place + 1);
        assertThat(signer.verifyReceipts(forged).isPresent()).isEqualTo(signed.charAt(place) == other);
    }

    @Property(tries = 100)
    void aCutValueIsNotTrusted(@ForAll @IntRange(min = 1, max = 30) int polls) {
        String signed = signed(VOTER, polls);
        for (int length = 0; length < signed.length(); length++) {
            assertThat(signer.verifyReceipts(signed.substring(0, length))).isEmpty();
        }
    }

    /** Nor is one without some of them, so that nobody turns receipts of many polls into a value of one poll. */
    @Property(tries = 500)
    void receiptsInAnotherOrderAreNotTrusted(
            @ForAll @IntRange(min = 1, max = 30) int polls,
            @ForAll @IntRange(min = 0) int kept,
            @ForAll Random random) {
        String signed = signed(VOTER, polls);
        Receipts genuine = signer.verifyReceipts(signed).orElseThrow();
        List<Receipt> shuffled = new ArrayList<>(genuine.newestFirst());
        Collections.shuffle(shuffled, random);
        List<Receipt> some = shuffled.subList(0, 1 + kept % polls);
        String unsigned = signer.sign(new Receipts(VOTER, some));
        String forged = unsigned.substring(0, unsigned.lastIndexOf('.')) + signed.substring(signed.lastIndexOf('.'));
        assertThat(signer.verifyReceipts(forged).isPresent()).isEqualTo(some.equals(genuine.newestFirst()));
    }

    @Property(tries = 200)
    void receiptsOfOneVoterAreNotAnothers(
            @ForAll @IntRange(min = 1, max = 30) int polls, @ForAll long high, @ForAll long low) {
        VoterId other = new VoterId(high, low);
        String forged = signed(VOTER, polls).replace(VOTER.toString(), other.toString());
        assertThat(signer.verifyReceipts(forged).isPresent()).isEqualTo(other.equals(VOTER));
    }

    /** A separator of the signed text within a part must not make another genuine value of it. */
    @Test
    void severalReceiptsAreNotOneOfAnOddlyNamedPoll() {
        String signed = signed(VOTER, 2);
        String signature = signed.substring(signed.lastIndexOf('.'));
        for (String forged : List.of(
                "a." + VOTER + ".poll-1:a:poll-0" + signature,
                "a." + VOTER + ".poll-0:a:poll-1" + signature,
                "a:poll-0." + VOTER + ".poll-1" + signature)) {
            assertThat(signer.verifyReceipts(forged)).as(forged).isEmpty();
        }
    }

    @Test
    void aSignatureOfAnIdIsNoneOfReceiptsNorTheOtherWayRound() {
        for (int polls : List.of(1, 2)) {
            String signed = signed(VOTER, polls);
            assertThat(signer.verify(signed)).isEmpty();
            assertThat(signer.verify(VOTER + signed.substring(signed.lastIndexOf('.'))))
                    .isEmpty();
        }
        assertThat(signer.verifyReceipts(signer.sign(VOTER))).isEmpty();
    }

    /** By hand, since servers of the release before read it, and this one reads theirs. */
    @Test
    void oneReceiptIsWrittenAsInTheReleaseBefore() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(("receipt:" + VOTER + ":cats-vs-dogs:b").getBytes(StandardCharsets.UTF_8)));
        assertThat(signer.sign(Receipts.none(VOTER).with(new Receipt("cats-vs-dogs", "b"))))
                .isEqualTo("b." + VOTER + ".cats-vs-dogs." + signature);
    }

    @Test
    void eachPollHasItsOwnChoice() {
        Receipts receipts = Receipts.none(VOTER)
                .with(new Receipt("lunch", "a"))
                .with(new Receipt("dinner", "b"))
                .with(new Receipt("lunch", "c"));
        assertThat(receipts.choiceIn("lunch")).contains("c");
        assertThat(receipts.choiceIn("dinner")).contains("b");
        assertThat(receipts.choiceIn("tea")).isEqualTo(Optional.empty());
    }

    private String signed(VoterId voter, int polls) {
        Receipts receipts = IntStream.range(0, polls)
                .mapToObj(poll -> new Receipt("poll-" + poll, "a"))
                .reduce(Receipts.none(voter), Receipts::with, (first, second) -> second);
        return signer.sign(receipts);
    }
}
