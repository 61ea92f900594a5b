package org.votingapp.stack.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.votingapp.stack.files.PrivateFile;
import org.votingapp.stack.files.SmallFile;
import org.votingapp.stack.process.StrayProcesses;
import org.votingapp.stack.terminal.StackException;

/** Postgres' data directory: created once, and checked before each start for what a crash or a new release left. */
final class PostgresFolder {

    private final Path folder;
    private final PostgresPrograms programs;
    private final String majorVersion;

    /**
     * @param folder the data directory; it need not exist
     * @param majorVersion that of the programs, such as {@code 18}
     */
    PostgresFolder(Path folder, PostgresPrograms programs, String majorVersion) {
        this.folder = folder;
        this.programs = programs;
        this.majorVersion = majorVersion;
    }

    Path path() {
        return folder;
    }

    /** Whether there is no data yet; an empty folder holds none. */
    boolean isNew() throws IOException {
        if (!Files.isDirectory(folder)) {
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    /** Creates the data: beside its place, and moved there when complete, so that no start finds half of it. */
    void initialise(String superuser, String password) throws IOException {
        Path next = folder.resolveSibling("postgres.new");
        PathUtils.delete(next);
        Files.createDirectory(next);
        Path passwordFile = folder.resolveSibling("postgres.password");
        PrivateFile.write(passwordFile, password);
        try {
            programs.run(
                    "",
                    "initdb",
                    List.of(
                            "--pgdata=" + next,
                            "--username=" + superuser,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C",
                            "--data-checksums"));
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Changes a role's password while no server runs. */
    void resetPassword(String role, String password) throws IOException {
        programs.run(
                "ALTER ROLE %s PASSWORD '%s'".formatted(role, password),
                "postgres",
                List.of("--single", "-D", folder.toString(), "postgres"));
    }

    /**
     * Checks that these programs can read the data.
     *
     * @throws StackException where the data are of another major version, or say no version
     */
    void checkVersion() {
        Path version = folder.resolve("PG_VERSION");
        String remedy =
                "Where the data in %s are of Postgres %s, make it hold %2$s: echo %2$s > %s. Else put the folder back from a copy."
                        .formatted(folder, majorVersion, version);
        String found = SmallFile.read(version, remedy).orElse("").strip();
        if (!found.matches("\\d{1,2}")) {
            throw new StackException("%s is not there, empty or damaged. %s".formatted(version, remedy));
        }
        if (!found.equals(majorVersion)) {
            throw new StackException(
                    "The data in %s were written by Postgres %s, as its PG_VERSION says, and this is Postgres %s: dump them with the old one, or set DATA_DIR to another folder"
                            .formatted(folder, found, majorVersion));
        }
    }

    /**
     * Deletes a lock file that Postgres would not overcome: after a crash its process id may belong to another program,
     * and after a power loss it may be damaged. Postgres itself checks every other one.
     *
     * @throws StackException where the file is damaged and a program of a stack works in the folder
     */
    void removeStaleLock() throws IOException {
        Path lock = folder.resolve("postmaster.pid");
        Optional<String> content = SmallFile.read(lock, "Delete it, unless a Postgres works in " + folder + ".");
        if (content.isEmpty()) {
            return;
        }
        String pid = content.get().lines().findFirst().orElse("").strip();
        boolean damaged = !pid.matches("\\d{1,18}");
        if (damaged) {
            StrayProcesses.checkNoneWorksIn(folder);
        }
        if (damaged || isOfAnotherProgram(Long.parseLong(pid))) {
            Files.delete(lock);
        }
    }

    private static boolean isOfAnotherProgram(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> !command.endsWith("/postgres"))
                .isPresent();
    }
}
