package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The three images are made of one file, without what the build's own servers read from theirs. */
class ContainerfileTest {

    private static final Path LIBERTY = Renderings.FOLDER.resolve("../liberty-config");

    @ParameterizedTest
    @ValueSource(strings = {"vote", "worker", "result"})
    void whatServerEnvSetsIsSetInTheImage(String server) throws IOException {
        List<String> settings = Files.readAllLines(LIBERTY.resolve(server).resolve("server.env")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map("ENV "::concat)
                .toList();
        assertThat(settings).isNotEmpty();
        assertThat(Files.readAllLines(LIBERTY.resolve("Containerfile"))).containsAll(settings);
    }
}
