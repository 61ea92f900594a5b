package org.votingapp.runtime.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewOrganiserTest {

    private static final String LINE = "anna:administrator:PBKDF2WithHmacSHA512:210000:\\S+";

    @TempDir
    private Path folder;

    @Test
    void thePasswordIsReadFromTheInputAndTheLineIsPrinted() throws Exception {
        Run run = run("correct horse battery\n", "anna", "administrator");
        assertThat(run.output()).matches(LINE + "\\R");
        assertThat(run.exit()).isZero();
    }

    @Test
    void theLineIsAddedToAFileBelowThoseThatAreThere() throws Exception {
        Path file = folder.resolve("organisers.txt");
        Files.writeString(file, "ben:organiser:hash without a line end");
        Run run = run("correct horse battery\n", "anna", "administrator", file.toString());
        assertThat(run.exit()).isZero();
        assertThat(run.output()).doesNotContain("PBKDF2");
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().matches(LINE);
    }

    @Test
    void aShortPasswordAWrongNameAndAWrongRoleAreRefusedInWords() throws Exception {
        Run run = run("elf letters\n", "anna", "organiser");
        assertThat(run.output()).contains("12 to 128 characters; this one has 11. Four words");
        assertThat(run.exit()).isEqualTo(1);
        String longest = "nine blue tractors sing, ".repeat(6).substring(0, 128);
        assertThat(new PasswordRule().fault("anna", longest)).isEmpty();
        assertThat(new PasswordRule().fault("anna", longest + "x"))
                .get()
                .asString()
                .contains("this one has 129.");
        assertThat(run("correct horse battery\n", "Anna", "organiser").output()).contains("Usage:");
        assertThat(run("correct horse battery\n", "anna", "boss").output()).contains("Usage:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "qwertyuiop12",
                "123456789012",
                "iloveyou1234",
                "trustno1trustno1",
                "aaaaaaaaaaaa",
                "Passw0rd!2026",
                "friedafrieda",
                "organiser2026"
            })
    void aPasswordThatAttackersTryFirstIsRefused(String password) {
        assertThat(new PasswordRule().fault("frieda", password))
                .get()
                .asString()
                .contains("This password is among the first that attackers try.", "Four words that have nothing to do")
                .doesNotContain(password);
    }

    @Test
    void aRefusedPasswordMakesNoLine() throws Exception {
        Path file = folder.resolve("organisers.txt");
        Run run = run("password1234\n", "frieda", "organiser", file.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).contains("This is a very common password.", "Four words that have nothing to do");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "nine blue tractors sing", "jX9#kq2LmPz7", "Käse, Brot & 1 Ei"})
    void aPasswordThatNobodyGuessesIsTakenWhateverItConsistsOf(String password) {
        assertThat(new PasswordRule().fault("frieda", password)).isEmpty();
    }

    private record Run(int exit, String output) {}

    private static Run run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                NewOrganiser.class.getName()),
                        Arrays.stream(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
