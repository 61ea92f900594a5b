package org.votingapp.systemtests.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

    @TempDir
    private Path folder;

    @Test
    void anInstalledBrowserIsFoundOnThePath() throws IOException {
        Path chromium = Files.createFile(folder.resolve("chromium"));
        assertThat(chromium.toFile().setExecutable(true)).isTrue();

        assertThat(Chromium.installed("/nowhere" + File.pathSeparator + folder))
                .contains(new Chromium(java.util.Optional.of(chromium)));
    }

    @Test
    void aFileThatCannotBeRunIsNoBrowser() throws IOException {
        Path notARun = Files.createFile(folder.resolve("chromium"));

        assertThat(Chromium.installed(folder.toString()))
                .isNotEqualTo(java.util.Optional.of(new Chromium(java.util.Optional.of(notARun))));
    }
}
