package org.votingapp.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.poll.RevoteRule;

class PollSettingsTest {

    @Test
    void theClassicPollNeedsNoSetting() {
        Poll poll = read(Map.of());
        assertThat(poll.question()).isEqualTo("Cats vs Dogs!");
        assertThat(poll.options()).containsExactly(new PollOption("a", "Cats"), new PollOption("b", "Dogs"));
        assertThat(poll.language()).isEqualTo("en");
        assertThat(poll.revote()).isEqualTo(RevoteRule.FINAL);
        assertThat(poll.stateAt(Instant.now())).isEqualTo(PollState.OPEN);
    }

    @Test
    void optionsGetTheirKeysByPosition() {
        Poll poll = read(Map.of("poll.options", "Tea, Coffee ,Water\\, still,قهوة"));
        assertThat(poll.options())
                .containsExactly(
                        new PollOption("a", "Tea"),
                        new PollOption("b", "Coffee"),
                        new PollOption("c", "Water, still"),
                        new PollOption("d", "قهوة"));
        assertThat(poll.option("c")).map(PollOption::label).contains("Water, still");
        assertThat(poll.option("e")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"de,de", "PT-br,pt-BR", "zh-hant-tw,zh-Hant-TW", "ar,ar", "x-dragon,x-dragon"})
    void aLanguageIsKeptAsItsTagIsWritten(String setting, String tag) {
        assertThat(read(Map.of("poll.language", setting)).language()).isEqualTo(tag);
    }

    @Test
    void theClassicNamesOfTwoOptionsWork() {
        Poll poll = read(Map.of("option.a", "Spaces", "option.b", "Tabs"));
        assertThat(poll.options()).containsExactly(new PollOption("a", "Spaces"), new PollOption("b", "Tabs"));
        assertThat(read(Map.of("option.b", "Birds")).options())
                .containsExactly(new PollOption("a", "Cats"), new PollOption("b", "Birds"));
    }

    @Test
    void aPollOpensAndCloses() {
        Poll poll = read(Map.of("poll.opens", "2027-03-01T09:00:00+01:00", "poll.closes", "2027-03-02T00:00:00Z"));
        assertThat(poll.stateAt(Instant.parse("2027-03-01T07:59:59.999Z"))).isEqualTo(PollState.NOT_YET_OPEN);
        assertThat(poll.stateAt(Instant.parse("2027-03-01T08:00:00Z"))).isEqualTo(PollState.OPEN);
        assertThat(poll.stateAt(Instant.parse("2027-03-01T23:59:59.999Z"))).isEqualTo(PollState.OPEN);
        assertThat(poll.stateAt(Instant.parse("2027-03-02T00:00:00Z"))).isEqualTo(PollState.CLOSED);
    }

    /** As Postgres holds it: what is read from there equals what is configured. */
    @Test
    void aTimeIsKeptToTheMicrosecond() {
        assertThat(read(Map.of("poll.closes", "2027-03-01T09:00:00.123456789Z")).closes())
                .contains(Instant.parse("2027-03-01T09:00:00.123456Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "poll.id|Cats vs Dogs|1 to 63 lower-case letters",
                "poll.id|-cats|1 to 63 lower-case letters",
                "poll.id|''|1 to 63 lower-case letters",
                "poll.question|''|the question to ask",
                "poll.question|'   '|the question to ask",
                "poll.language|en_US|a language tag (BCP 47) of at most 35 characters",
                "poll.language|''|a language tag (BCP 47) of at most 35 characters",
                "poll.language|klingonese|a language tag (BCP 47) of at most 35 characters",
                "poll.language|de-x-abcdefgh-abcdefgh-abcdefgh-abcde|a language tag (BCP 47) of at most 35 characters",
                "poll.revote|sometimes|final (the first vote stands) or changeable",
                "poll.revote|''|final (the first vote stands) or changeable",
                "poll.options|Cats|2 to 10 labels",
                "poll.options|'1,2,3,4,5,6,7,8,9,10,11'|2 to 10 labels",
                "poll.options|'Cats,'|labels of 1 to 100 characters",
                "poll.options|',,'|labels of 1 to 100 characters",
                "poll.options|'Cats,Cats'|labels that differ",
                "option.a|Dogs|another label than that of OPTION_B",
                "option.b|Cats|another label than that of OPTION_A",
                "poll.opens|tomorrow|an ISO 8601 time with an offset",
                "poll.opens|2027-03-01T09:00:00|an ISO 8601 time with an offset",
                "poll.closes|2027-13-01T09:00:00Z|an ISO 8601 time with an offset",
                "poll.closes|+300000-01-01T00:00:00Z|from the year 0001 to 9999",
                "poll.closes|+10000-01-01T00:00:00Z|from the year 0001 to 9999",
                "poll.closes|9999-12-31T23:30:00-01:00|from the year 0001 to 9999",
                "poll.opens|-4800-01-01T00:00:00Z|from the year 0001 to 9999",
                "poll.opens|0000-12-31T00:00:00Z|from the year 0001 to 9999",
                "poll.options|'Café,Cafe\u0301'|labels that differ",
                "option.a|'Dogs\uFFFE'|1 to 100 characters of text on one line; it has U+FFFE",
            })
    void aBadValueIsRefusedWithItsNameItselfAndWhatWouldBeRight(String property, String value, String expected) {
        assertThatThrownBy(() -> read(Map.of(property, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(Settings.variable(property) + " is \"" + value.strip())
                .hasMessageContaining(expected);
    }

    /** In Unicode 14, 15 and 17, and one that no version has yet; Java 17 knows Unicode 13. */
    @ParameterizedTest
    @ValueSource(strings = {"🫶 Yes", "🩷", "🫪 No", "\uD83F\uDE00"})
    void aCharacterThatIsNewerThanTheJdkIsText(String label) {
        assertThat(read(Map.of("poll.options", label + ",other", "poll.question", label + "?"))
                        .options())
                .extracting(PollOption::label)
                .containsExactly(label, "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u00A0", "\u3164", "\u2800", "\uFE0F", "\u202E\u00A0"})
    void textThatShowsNothingIsRefused(String text) {
        assertThatThrownBy(() -> read(Map.of("poll.question", text)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageEndingWith("; it shows nothing");
        assertThatThrownBy(() -> read(Map.of("poll.options", "Cats," + text)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageEndingWith("; label 2 shows nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "nul\u0000", "lone\uD800", "sepa\u2028rator"})
    void textThatNobodyCouldReadIsRefused(String text) {
        assertThatThrownBy(() -> read(Map.of("poll.question", text)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageMatching("POLL_QUESTION is \"\\p{Print}+ U[+][0-9A-F]{4}");
        assertThatThrownBy(() -> read(Map.of("poll.options", "Cats," + text)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageMatching("POLL_OPTIONS is \"\\p{Print}+ U[+][0-9A-F]{4}");
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        assertThat(read(Map.of("poll.question", "🐈".repeat(200))).question()).hasSize(400);
        assertThatThrownBy(() -> read(Map.of("poll.question", "x".repeat(201))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("POLL_QUESTION")
                .hasMessageContaining("1 to 200 characters")
                .hasMessageEndingWith("it has 201 characters");
        assertThatThrownBy(() -> read(Map.of("option.a", "x".repeat(101))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("OPTION_A");
        assertThatThrownBy(() -> read(Map.of("poll.options", "Cats," + "🐈".repeat(101))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageEndingWith("labels of 1 to 100 characters each; label 2 has 101 characters");
    }

    @Test
    void aValueOfAnyLengthMakesAMessageThatCanBeRead() {
        assertThatThrownBy(() -> read(Map.of("poll.question", "x".repeat(1_000_000))))
                .hasMessageContaining("… (1000000 characters)")
                .message()
                .hasSizeLessThan(1_500);
    }

    @Test
    void closingBeforeOpeningIsRefused() {
        assertThatThrownBy(
                        () -> read(Map.of("poll.opens", "2027-03-02T00:00:00Z", "poll.closes", "2027-03-02T00:00:00Z")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("POLL_CLOSES")
                .hasMessageContaining("later than POLL_OPENS");
    }

    @Test
    void bothWaysToNameOptionsAtOnceAreRefused() {
        assertThatThrownBy(() -> read(Map.of("poll.options", "Cats,Dogs", "option.a", "Birds")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("OPTION_A");
    }

    @Property
    void everyListOfDifferentLabelsIsReadAsItWasWritten(@ForAll("labels") List<String> labels) {
        String list = String.join(
                ",", labels.stream().map(label -> label.replace(",", "\\,")).toList());
        assertThat(read(Map.of("poll.options", list)).options())
                .isEqualTo(IntStream.range(0, labels.size())
                        .mapToObj(i -> new PollOption(Poll.keyAt(i), labels.get(i)))
                        .toList());
    }

    @Provide
    Arbitrary<List<String>> labels() {
        // A backslash at the end of a label would escape the comma that follows; MicroProfile Config has the same
        // limit.
        return Arbitraries.strings()
                .withChars("abcXYZ ,.!é猫")
                .ofMinLength(1)
                .ofMaxLength(30)
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .list()
                .ofMinSize(2)
                .ofMaxSize(10)
                .uniqueElements();
    }

    /** As the servers read them: the defaults, and what goes before them. */
    private static Poll read(Map<String, String> changes) {
        Properties settings = new Properties();
        try (InputStream defaults =
                PollSettings.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(defaults);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        settings.putAll(changes);
        return PollSettings.read(Settings.from(name -> Optional.ofNullable(settings.getProperty(name))));
    }
}
