package org.votingapp.stack.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.stack.terminal.StackException;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    void oneStackAtATimeHasItOpen() {
        try (DataFolder first = DataFolder.open(folder)) {
            assertThatThrownBy(() -> DataFolder.open(folder))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(first.folder().toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("DATA_DIR");
        }
        DataFolder.open(folder).close();
    }

    @Test
    void aFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("is not a folder")
                .hasMessageContaining("DATA_DIR");
    }

    @Test
    void onlyItsOwnerMayLookIntoIt() throws IOException {
        try (DataFolder data = DataFolder.open(folder.resolve("new"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.folder())))
                    .isEqualTo("rwx------");
        }
    }

    /** A slip such as DATA_DIR=/tmp must not shut everybody else out. */
    @Test
    void aFolderOfOthersIsRefusedAndStaysAsItWas() throws IOException {
        Files.createFile(folder.resolve("of somebody else"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> DataFolder.open(folder))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("DATA_DIR");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwxr-xr-x");
        assertThat(folder).isDirectoryNotContaining("glob:**/lock");
    }

    @Test
    void aFolderOfAStackThatEndedIsOpenedAgain() throws IOException {
        try (DataFolder first = DataFolder.open(folder)) {
            Files.createDirectory(first.folder().resolve("postgres"));
        }

        DataFolder.open(folder).close();
    }

    @Test
    void theLastLogsAreKept() throws IOException {
        try (DataFolder data = DataFolder.open(folder)) {
            for (int start = 1; start <= 5; start++) {
                data.rotateLog("vote");
                Files.writeString(data.log("vote"), "start " + start);
            }

            assertThat(data.log("vote")).hasContent("start 5");
            assertThat(data.log("vote.1")).hasContent("start 4");
            assertThat(data.log("vote.3")).hasContent("start 2");
            assertThat(data.log("vote.4")).doesNotExist();
        }
    }

    @Test
    void secretsAreMadeOnceAndForTheOwnerAlone() throws IOException {
        String made = new Secrets(folder).get("redis");

        assertThat(made).matches("[A-Za-z0-9_-]{43}");
        assertThat(new Secrets(folder).get("redis")).isEqualTo(made);
        assertThat(new Secrets(folder).get("postgres")).isNotEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aPortIsKeptWhileItIsFree() throws IOException {
        int port = new Ports(folder).keep("redis");

        assertThat(new Ports(folder).keep("redis")).isEqualTo(port);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new Ports(folder).keep("redis")).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void chosenPortsLieBelowThoseOfOutgoingConnections() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ports.add(Ports.free());
        }

        assertThat(ports).allMatch(port -> port > 1_024 && port < 32_768);
        assertThat(ports).as("none is given to two parts, which listen later").hasSize(1_000);
    }
}
