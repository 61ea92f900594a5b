package org.votingapp.organiser.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.signing.OrganiserLine;

class AccountsTest {

    private static final String HASH = "PBKDF2WithHmacSHA512:210000:" + "A".repeat(22) + "==:" + "B".repeat(86) + "==";
    private static final String ANNA = "anna:organiser:" + HASH;

    @TempDir
    private Path folder;

    private static Accounts read(Map<String, String> variables) {
        return Accounts.read(Settings.from(property -> Optional.ofNullable(variables.get(property))));
    }

    private static Accounts of(String lines) {
        return read(Map.of("organisers", lines));
    }

    @Test
    void linesAndCommasBothEndALine() {
        Accounts accounts =
                of("# who\n\n" + ANNA + "\r\nroot:administrator:" + HASH + ",ben@example.org:organiser:" + HASH);
        assertThat(accounts.named("anna").orElseThrow().organiser()).isEqualTo(new Organiser("anna", false));
        assertThat(accounts.named("root").orElseThrow().organiser()).isEqualTo(new Organiser("root", true));
        assertThat(accounts.named("ben@example.org")).isPresent();
        assertThat(accounts.named("Anna")).isEmpty();
    }

    @Test
    void aFileHasLinesAndItsCommentsMayHaveCommas() throws IOException {
        Path file = Files.writeString(folder.resolve("organisers"), "# anna, and no other\n" + ANNA + "\n");
        assertThat(read(Map.of("organisers.file", file.toString())).named("anna"))
                .isPresent();
    }

    @Test
    void theLineThatTheProgramMakesIsOne() {
        assertThat(of(OrganiserLine.make("anna", OrganiserLine.ADMINISTRATOR, "correct horse battery"))
                        .named("anna")
                        .orElseThrow()
                        .organiser()
                        .administrator())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anna|line 2: 1 of 3 fields|name:role:hash",
                "Anna:organiser:x|line 2: name \"Anna\"|a letter or digit first",
                ":organiser:x|line 2: name \"\"|1 to 64 characters",
                "anna:boss:x|line 2: role \"boss\"|organiser or administrator",
                "anna:organiser:secret|line 2: hash of 6 characters|210,000 to 5,000,000 iterations",
                "root:organiser:{hash}|line 2: name \"root\"|that no line before has",
            })
    void aWrongLineIsToldByItsNumberItsFieldAndWhatWouldBeRight(String line, String found, String expected) {
        String lines = "root:administrator:" + HASH + "\n" + line.replace("{hash}", HASH);
        assertThatThrownBy(() -> of(lines))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("ORGANISERS is \"" + found)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PBKDF2WithHmacSHA256:600000:AAAAAAAAAAAAAAAAAAAAAA==:",
                "PBKDF2WithHmacSHA512:209999:AAAAAAAAAAAAAAAAAAAAAA==:",
                "PBKDF2WithHmacSHA512:5000001:AAAAAAAAAAAAAAAAAAAAAA==:",
                "PBKDF2WithHmacSHA512:999999999:AAAAAAAAAAAAAAAAAAAAAA==:",
                "PBKDF2WithHmacSHA512:210000:AAAAAAAAAAAAAAAAAAAA:",
                "PBKDF2WithHmacSHA512:210000:A:",
            })
    void aHashThatIsWeakerOrWouldTakeTooLongIsRefused(String beginning) {
        assertThatThrownBy(() -> of("anna:organiser:" + beginning + "B".repeat(86) + "=="))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("line 1: hash");
    }

    @Test
    void withoutOrganisersNothingStarts() {
        for (Map<String, String> variables : List.of(
                Map.<String, String>of(), Map.of("organisers", "# nobody"), Map.of("organisers.file", "/nowhere"))) {
            assertThatThrownBy(() -> read(variables))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("name:role:hash");
        }
        assertThatThrownBy(() -> read(Map.of("organisers", ANNA, "organisers.file", "/organisers")))
                .hasMessageContaining("ORGANISERS_FILE is \"/organisers\"; it must be absent where ORGANISERS is set");
    }
}
