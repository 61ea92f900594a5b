package org.votingapp.stack.liberty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.stack.files.Damage;

class StartCacheTest {

    private static final String WORKED_OUT = "workarea/platform/feature.bundles.cache";
    private static final String SETTINGS = "workarea/org.eclipse.osgi/8/data/configs.data";

    @TempDir
    private Path folder;

    private Path classFile;

    @BeforeEach
    void aServerThatHasRunAndEnded() throws IOException {
        classFile = write(folder.resolve("classes/a/B.class"), "class");
        write(output("first").resolve(WORKED_OUT), "bundles");
        write(output("first").resolve(SETTINGS), "a password");
        of("first").keep();
    }

    @Test
    void aServerThatNeverRanGetsWhatAnotherWorkedOut() throws IOException {
        of("second").fetch();

        assertThat(output("second").resolve(WORKED_OUT)).hasContent("bundles");
    }

    @Test
    void settingsAreNeitherKeptNorHandedOn() throws IOException {
        of("second").fetch();

        assertThat(output("second").resolve(SETTINGS)).doesNotExist();
        try (var kept = Files.walk(folder.resolve("store"))) {
            assertThat(kept.filter(Files::isRegularFile))
                    .noneSatisfy(file -> assertThat(file).content().contains("password"));
        }
    }

    @Test
    void aServerThatRanBeforeKeepsItsOwn() throws IOException {
        write(output("second").resolve(WORKED_OUT), "its own");

        of("second").fetch();

        assertThat(output("second").resolve(WORKED_OUT)).hasContent("its own");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void whatWasDamagedIsNotHandedOnAndMadeAnew(Damage damage) throws IOException {
        try (var kept = Files.walk(folder.resolve("store"))) {
            damage.doTo(kept.filter(file -> file.endsWith("feature.bundles.cache"))
                    .findFirst()
                    .orElseThrow());
        }

        of("second").fetch();

        assertThat(output("second").resolve("workarea")).doesNotExist();
        of("first").keep();
        of("second").fetch();
        assertThat(output("second").resolve(WORKED_OUT)).hasContent("bundles");
    }

    @Test
    void aServerOfAnotherBuildGetsNothing() throws IOException {
        Files.setLastModifiedTime(classFile, FileTime.fromMillis(1));

        of("second").fetch();

        assertThat(output("second").resolve("workarea")).doesNotExist();
    }

    @Test
    void whatIsOfAnotherBuildIsReplaced() throws IOException {
        Files.setLastModifiedTime(classFile, FileTime.fromMillis(1));
        write(output("first").resolve(WORKED_OUT), "other bundles");

        of("first").keep();
        of("second").fetch();

        assertThat(output("second").resolve(WORKED_OUT)).hasContent("other bundles");
        try (var kept = Files.newDirectoryStream(folder.resolve("store"), "of-*")) {
            assertThat(kept).hasSize(1);
        }
    }

    @Test
    void serversThatEndTogetherDoNotGetInEachOthersWay() throws Exception {
        Files.setLastModifiedTime(classFile, FileTime.fromMillis(1));
        List<Callable<Void>> ends = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            String server = "server-" + number;
            for (int file = 0; file < 100; file++) {
                write(output(server).resolve("workarea/platform/" + file), "bundles");
            }
            ends.add(() -> {
                of(server).keep();
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(ends.size());
        try {
            for (Future<Void> end : threads.invokeAll(ends)) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }

        of("second").fetch();

        assertThat(output("second").resolve("workarea/platform")).isDirectoryContaining("glob:**/99");
    }

    private StartCache of(String server) {
        return new StartCache(folder.resolve("store"), output(server), List.of(folder.resolve("classes")));
    }

    private Path output(String server) {
        return folder.resolve("servers").resolve(server);
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
