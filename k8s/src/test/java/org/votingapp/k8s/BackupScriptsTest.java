package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of components/backup, with programs in place of Postgres' own that write down how they are called. */
class BackupScriptsTest {

    @TempDir
    private Path root;

    private Path calls;

    @BeforeEach
    void programs() throws IOException {
        calls = root.resolve("calls");
        Files.createDirectories(root.resolve("backups"));
        Files.writeString(root.resolve("backups/voting-20270301T091700Z.dump"), "a dump");
        program("pg_restore", "");
        program("pg_dump", "for last; do :; done; echo \"a dump\" > \"${last#--file=}\"");
    }

    @Test
    void aDumpIsRestoredWhereNoWorkerIsConnected() throws Exception {
        program("psql", "echo 0");
        Outcome outcome = run("restore.sh", "secret");
        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
        assertThat(Files.readString(calls)).contains("pg_restore").contains("voting-20270301T091700Z.dump");
    }

    @Test
    void nothingIsRestoredWhileAWorkerIsConnected() throws Exception {
        program("psql", "echo 2");
        Outcome outcome = run("restore.sh", "secret");
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.text()).contains("a worker is connected");
        assertThat(Files.readString(calls)).doesNotContain("pg_restore");
    }

    @Test
    void aNewlineAtTheEndOfTheSecretIsNoPartOfThePassword() throws Exception {
        program("psql", "echo 0");
        for (String script : new String[] {"backup.sh", "restore.sh"}) {
            Outcome outcome = run(script, "secret\n");
            assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
        }
        assertThat(Files.readAllLines(calls))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call).startsWith("[secret] "));
    }

    private void program(String name, String does) throws IOException {
        Path file = root.resolve(name);
        Files.writeString(file, """
                #!/bin/sh
                echo "[$PGPASSWORD] %s $(echo "$*" | tr "\\n" " ")" >> %s
                %s
                """.formatted(name, calls, does));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Outcome run(String name, String password) throws IOException, InterruptedException {
        String script = Files.readString(
                        Renderings.FOLDER.resolve("components/backup").resolve(name))
                .replace("/backups", root + "/backups");
        Path here = Files.writeString(root.resolve(name), script);
        return Program.outcome(
                root,
                "env PATH={root}:{path} PGDATABASE=voting PGPASSWORD={password} sh {script}",
                Map.of(
                        "root",
                        root.toString(),
                        "path",
                        System.getenv("PATH"),
                        "password",
                        password,
                        "script",
                        here.toString()));
    }
}
