package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VotingCodeTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "http://localhost:8080/", "http://127.0.0.1:8080/", "http://[::1]:8080/"})
    void anAddressOfThisDeviceAloneIsNoUseToATelephone(String address) {
        assertThat(VotingCode.isUseful(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://[::::]:8080/", "http://a..b:8080/", "http://-:8080/", "http://{HOST}:8080/", "http://"})
    void anAddressThatLeadsNowhereIsNoUseEither(String address) {
        assertThat(VotingCode.isUseful(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://vote.example.org/", "http://192.168.1.7:8080/", "http://[2001:db8::1]/"})
    void anAddressOfTheNetworkIs(String address) {
        assertThat(VotingCode.isUseful(address)).isTrue();
    }

    @Test
    void thePictureIsTheSameWhateverTheLocaleOfTheMachine() {
        Locale before = Locale.getDefault();
        String picture = VotingCode.svg("https://vote.example.org/");
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(VotingCode.svg("https://vote.example.org/")).isEqualTo(picture);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void peopleDoNotReadOutTheScheme() {
        assertThat(VotingCode.spoken("https://vote.example.org/")).isEqualTo("vote.example.org");
        assertThat(VotingCode.spoken("http://192.168.1.7:8080/")).isEqualTo("192.168.1.7:8080");
    }

    @Test
    void theyReadOutTheSlashAfterAPath() {
        assertThat(VotingCode.spoken("https://example.org/vote/")).isEqualTo("example.org/vote/");
    }

    @Test
    void aLineDoesNotBreakARoomsCode() {
        assertThat(VotingCode.parts("localhost:8080/G9QNP7")).containsExactly("localhost:8080", "/G9QNP7");
        assertThat(VotingCode.parts("example.org/vote/G9QNP7")).containsExactly("example.org/vote", "/G9QNP7");
        assertThat(VotingCode.parts("vote.example.org")).containsExactly("vote.example.org");
    }

    @Test
    void theCodeHasItsQuietZone() {
        // A code of version 2 has 25 modules a side (ISO/IEC 18004), and four of quiet around it.
        assertThat(VotingCode.svg("https://vote.example.org/"))
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 33 33\"")
                .contains("M4 4h7v1h-7z")
                .doesNotContain("M3 ")
                .doesNotContain("M29 ");
    }

    @Test
    void theImageForPrintHasTheSameModules() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(VotingCode.png("https://vote.example.org/", 3)));
        assertThat(image.getWidth()).isEqualTo(33 * 3);
        assertThat(image.getHeight()).isEqualTo(33 * 3);
        assertThat(image.getRGB(4 * 3 - 1, 4 * 3)).as("the quiet zone").isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(4 * 3, 4 * 3)).as("the first module").isEqualTo(0xFF000000);
        assertThat(image.getRGB(29 * 3, 28 * 3)).as("the quiet zone behind").isEqualTo(0xFFFFFFFF);
    }
}
