package org.votingapp.stack.liberty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.stack.files.Damage;

class AnnotationCacheTest {

    @TempDir
    private Path folder;

    private Path classFile;
    private Path cached;
    private AnnotationCache cache;

    @BeforeEach
    void aServerThatHasRunOnce() throws IOException {
        classFile = Files.writeString(
                Files.createDirectories(folder.resolve("classes/a")).resolve("B.class"), "old");
        cache = new AnnotationCache(folder.resolve("vote"), folder.resolve("seen"), List.of(folder.resolve("classes")));
        cache.dropIfStale();
        Path annotations = folder.resolve("vote/workarea/org.eclipse.osgi/43/data/anno");
        cached = Files.createFile(Files.createDirectories(annotations).resolve("C.data"));
    }

    @Test
    void itIsKeptWhileTheClassesAreTheSame() throws IOException {
        cache.dropIfStale();

        assertThat(cached).exists();
    }

    @Test
    void itIsDroppedWhenAClassWasCompiledAnew() throws IOException {
        Files.setLastModifiedTime(classFile, FileTime.fromMillis(1));

        cache.dropIfStale();

        assertThat(cached).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void itIsDroppedWhenNobodyKnowsAnyMoreWhatItIsOf(Damage damage) throws IOException {
        damage.doTo(folder.resolve("seen"));

        cache.dropIfStale();

        assertThat(cached).doesNotExist();
        assertThat(folder.resolve("seen")).isRegularFile();
    }

    @Test
    void itIsDroppedWhenAClassIsGone() throws IOException {
        Files.delete(classFile);

        cache.dropIfStale();

        assertThat(cached).doesNotExist();
    }
}
