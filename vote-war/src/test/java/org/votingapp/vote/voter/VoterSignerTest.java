package org.votingapp.vote.voter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class VoterSignerTest {

    private static final String KEY = "k".repeat(32);
    private static final String OTHER_KEY = "o".repeat(32);

    private final VoterSigner signer = signer(KEY);

    @Property(tries = 200)
    void whatWasSignedIsKnownAgain(@ForAll long high, @ForAll long low) {
        VoterId voter = new VoterId(high, low);
        assertThat(signer.verify(signer.sign(voter))).contains(voter);
    }

    @Property(tries = 500)
    void aChangedCharacterAnywhereIsNoticed(
            @ForAll long high, @ForAll long low, @ForAll @IntRange(min = 0, max = 65) int at, @ForAll char other) {
        String signed = signer.sign(new VoterId(high, low));
        Assume.that(signed.charAt(at) != other);
        String forged = signed.substring(0, at) + other + signed.substring(at + 1);
        assertThat(signer.verify(forged)).isEmpty();
    }

    /** As the release before gave it. */
    @Test
    void aFormerReceiptHoldsForItsVoterPollAndChoiceAlone() {
        VoterId voter = new VoterId(1, 2);
        String[] parts = signer.sign(Receipts.none(voter).with(new Receipt("cats-vs-dogs", "a")))
                .split("\\.");
        String former = parts[0] + "." + parts[3];
        assertThat(signer.verifyFormerReceipt(voter, "cats-vs-dogs", former)).contains("a");
        assertThat(signer.verifyFormerReceipt(new VoterId(1, 3), "cats-vs-dogs", former))
                .isEmpty();
        assertThat(signer.verifyFormerReceipt(voter, "tea-vs-coffee", former)).isEmpty();
        assertThat(signer.verifyFormerReceipt(voter, "cats-vs-dogs", "b" + former.substring(1)))
                .isEmpty();
        assertThat(signer.verifyFormerReceipt(voter, "cats-vs-dogs", signer.sign(voter)))
                .isEmpty();
    }

    @Property(tries = 200)
    void rubbishIsNeverTrusted(@ForAll String rubbish) {
        assertThat(signer.verify(rubbish)).isEmpty();
        assertThat(signer.verifyReceipts(rubbish)).isEmpty();
        assertThat(signer.verifyFormerReceipt(new VoterId(1, 2), "cats-vs-dogs", rubbish))
                .isEmpty();
    }

    @Test
    void aMarkNamesItsKey() {
        assertThat(signer(KEY + "," + OTHER_KEY).marks())
                .containsExactly(
                        signer.marks().get(0), signer(OTHER_KEY).marks().get(0))
                .doesNotHaveDuplicates()
                .allSatisfy(mark -> assertThat(mark).matches("[A-Za-z0-9_-]{8}"));
    }

    @Test
    void aSignatureByAnotherKeyIsNotTrusted() {
        VoterId voter = new VoterId(1, 2);
        assertThat(signer.verify(signer(OTHER_KEY).sign(voter))).isEmpty();
    }

    @Test
    void aCutCookieIsNotTrusted() {
        String signed = signer.sign(new VoterId(1, 2));
        for (int length = 0; length < signed.length(); length++) {
            assertThat(signer.verify(signed.substring(0, length))).isEmpty();
        }
    }

    @Test
    void afterAChangeOfKeysOldCookiesStillCountAndNewOnesUseTheNewKey() {
        VoterId voter = new VoterId(1, 2);
        VoterSigner both = signer(OTHER_KEY + ", " + KEY);
        assertThat(both.verify(signer.sign(voter))).contains(voter);
        assertThat(both.sign(voter)).isEqualTo(signer(OTHER_KEY).sign(voter));
    }

    /** So that servers which have the new key in front may be rolled out beside them. */
    @Test
    void aKeyThatStandsBehindIsKnownBeforeItSigns() {
        VoterId voter = new VoterId(1, 2);
        VoterSigner prepared = signer(KEY + "," + OTHER_KEY);
        assertThat(prepared.verify(signer(OTHER_KEY + "," + KEY).sign(voter))).contains(voter);
        assertThat(prepared.sign(voter)).isEqualTo(signer.sign(voter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,",
                "too-short-secret",
                "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,short-secret"
            })
    void aMissingOrShortKeyIsRefusedAndNotRepeated(String keys) {
        assertThatThrownBy(() -> signer(keys))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("VOTER_KEY is")
                .hasMessageContaining("at least 32 characters")
                .hasMessageNotContaining("short-secret");
    }

    static VoterSigner signer(String keys) {
        Map<String, String> settings = Map.of("voter.key", keys);
        return VoterSigner.read(Settings.from(name -> Optional.ofNullable(settings.get(name))));
    }
}
