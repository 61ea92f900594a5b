package org.votingapp.stack.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stacks of one tree may unpack the same programs at the same time. */
class SealedFolderTest {

    @TempDir
    private Path cache;

    @Test
    void programsThatAnotherStackUnpackedMeanwhileStay() throws IOException {
        Path place = cache.resolve("programs");
        SealedFolder.put(unpacked("first"), place);

        Path second = unpacked("second");
        SealedFolder.put(second, place);

        assertThat(place.resolve("program")).hasContent("first");
        assertThat(second).doesNotExist();
    }

    @Test
    void damagedProgramsAreReplaced() throws IOException {
        Path place = cache.resolve("programs");
        SealedFolder.put(unpacked("first"), place);
        Files.writeString(place.resolve("program"), "damage");

        SealedFolder.put(unpacked("second"), place);

        assertThat(place.resolve("program")).hasContent("second");
        assertThat(Checksum.isWhole(place)).isTrue();
    }

    private Path unpacked(String content) throws IOException {
        Path folder = Files.createDirectory(cache.resolve(content));
        Files.writeString(folder.resolve("program"), content);
        return folder;
    }
}
