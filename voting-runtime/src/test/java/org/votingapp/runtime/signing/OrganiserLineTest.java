package org.votingapp.runtime.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrganiserLineTest {

    private static final Path SOURCE = Path.of("src/main/java/org/votingapp/runtime/signing/OrganiserLine.java");

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        assertThat(OrganiserLine.make("anna", "organiser", "correct horse battery"))
                .matches("anna:organiser:PBKDF2WithHmacSHA512:210000:[A-Za-z0-9+/]{22}==:[A-Za-z0-9+/]{86}==")
                .isNotEqualTo(OrganiserLine.make("anna", "organiser", "correct horse battery"));
    }

    /** As README.md says: with nothing but a JDK. */
    @Test
    void theProgramReadsThePasswordFromItsInputAndPrintsTheLine() throws Exception {
        Run run = run("correct horse battery\n", "anna", "administrator");
        assertThat(run.output()).matches("anna:administrator:PBKDF2WithHmacSHA512:210000:\\S+\\s*");
        assertThat(run.exit()).isZero();
    }

    @Test
    void aShortPasswordAWrongNameAndAWrongRoleAreRefusedInWords() throws Exception {
        Run run = run("elf letters\n", "anna", "organiser");
        assertThat(run.output()).contains("12 to 128 characters; this one has 11.");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run("x".repeat(129) + "\n", "anna", "organiser").output()).contains("this one has 129.");
        assertThat(run("x".repeat(128) + "\n", "anna", "organiser").exit()).isZero();
        assertThat(run("correct horse battery\n", "Anna", "organiser").output()).contains("Usage:");
        assertThat(run("correct horse battery\n", "anna", "boss").output()).contains("Usage:");
    }

    private record Run(int exit, String output) {}

    private static Run run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                SOURCE.toString()),
                        Arrays.stream(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
