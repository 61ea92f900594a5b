package org.votingapp.stack.liberty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassArchiveTest {

    private static final String WRITE = "-XX:ArchiveClassesAtExit=";
    private static final String USE = "-XX:SharedArchiveFile=";

    @TempDir
    private Path folder;

    private Path runtime;

    @BeforeEach
    void aRuntime() throws IOException {
        runtime = folder.resolve("versions");
        Files.createDirectories(runtime);
        Files.writeString(runtime.resolve("openliberty.properties"), "26");
    }

    @Test
    void aServerWithoutOneWritesOneAndTheNextUsesIt() throws IOException {
        write("first", of("first").fetch(), "classes");
        of("first").keep();

        assertThat(used("second", of("second").fetch())).hasContent("classes");
    }

    @Test
    void aServerThatRanBeforeUsesWhatItWrote() throws IOException {
        write("first", of("first").fetch(), "classes");
        of("first").keep();

        assertThat(used("first", of("first").fetch())).hasContent("classes");
        assertThat(used("first", of("first").fetch())).hasContent("classes");
    }

    @Test
    void whatAServerLeftThatWasKilledIsNotKept() throws IOException {
        write("first", of("first").fetch(), "half of the cla");

        assertThat(of("first").fetch()).startsWith(WRITE);
        of("first").keep();

        assertThat(of("second").fetch()).startsWith(WRITE);
    }

    @Test
    void ofTwoThatWriteOneAtTheSameTimeTheFirstIsKept() throws IOException {
        String first = of("first").fetch();
        String second = of("second").fetch();
        write("first", first, "classes");
        write("second", second, "the same classes");

        of("first").keep();
        of("second").keep();

        assertThat(used("third", of("third").fetch())).hasContent("classes");
        assertThat(output("second")).isEmptyDirectory();
    }

    @Test
    void anotherRuntimeWritesAnotherOneInPlaceOfIt() throws IOException {
        write("first", of("first").fetch(), "classes");
        of("first").keep();
        Files.writeString(runtime.resolve("openliberty.properties"), "26.0.1");

        String option = of("first").fetch();
        assertThat(option).startsWith(WRITE);
        write("first", option, "newer classes");
        of("first").keep();

        assertThat(used("second", of("second").fetch())).hasContent("newer classes");
        try (var kept = Files.list(folder.resolve("store"))) {
            assertThat(kept).hasSize(1);
        }
    }

    /** The JVM would die of it at each start. */
    @ParameterizedTest
    @ValueSource(strings = {"clXsses", "class", "classes and more", ""})
    void oneThatWasDamagedIsNotUsedAndWrittenAnew(String damaged) throws IOException {
        write("first", of("first").fetch(), "classes");
        of("first").keep();
        try (var kept = Files.newDirectoryStream(folder.resolve("store"))) {
            for (Path archive : kept) {
                Files.writeString(archive, damaged);
            }
        }

        write("second", of("second").fetch(), "classes");
        of("second").keep();

        assertThat(used("third", of("third").fetch())).hasContent("classes");
    }

    @Test
    void aServerThatWroteNoneIsNoReasonToFail() throws IOException {
        of("first").fetch();
        of("first").keep();

        assertThat(of("first").fetch()).startsWith(WRITE);
    }

    private ClassArchive of(String server) {
        return new ClassArchive(folder.resolve("store"), output(server), runtime);
    }

    private Path output(String server) {
        return folder.resolve(server);
    }

    /** As the JVM does when it ends: it takes the path from its working folder. */
    private void write(String server, String option, String content) throws IOException {
        assertThat(option).startsWith(WRITE);
        Files.createDirectories(output(server));
        Files.writeString(output(server).resolve(option.substring(WRITE.length())), content);
    }

    private Path used(String server, String option) {
        assertThat(option).startsWith(USE).doesNotContain(" ");
        return output(server).resolve(option.substring(USE.length()));
    }
}
