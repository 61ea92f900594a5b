package org.votingapp.systemtests.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.postgres.PostgresPrograms;

/** A PgBouncer in front of the stack's Postgres, which can be restarted in another pool mode. */
final class PgBouncer implements AutoCloseable {

    private static final String PROGRAM = "pgbouncer";

    private final String program;
    private final Path folder;
    private final int port = Ports.free();
    private Optional<Process> running = Optional.empty();

    /** Not yet started; its files go into a folder. */
    PgBouncer(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** The installed program. Debian puts it into {@code /usr/sbin}, which is not in every {@code PATH}. */
    static Optional<String> find() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    int port() {
        return port;
    }

    /**
     * Starts it, after ending the one that runs.
     *
     * @param mode PgBouncer's {@code pool_mode}
     * @param passwords the passwords by role
     */
    void start(String mode, int postgres, Map<String, String> passwords) throws IOException {
        close();
        StringBuilder users = new StringBuilder();
        passwords.forEach((role, password) -> users.append("\"%s\" \"%s\"%n".formatted(role, password)));
        Files.writeString(folder.resolve("users.txt"), users.toString());
        // The last two lines as components/managed-stores has them.
        Path configuration = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                ignore_startup_parameters = extra_float_digits
                pool_mode = %s
                """.formatted(postgres, port, folder.resolve("users.txt"), mode));
        running = Optional.of(new ProcessBuilder(PostgresPrograms.notAsRoot(List.of(program, configuration.toString())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("pgbouncer.log").toFile()))
                .start());
    }

    @Override
    public void close() {
        running.ifPresent(process -> process.destroyForcibly().onExit().join());
        running = Optional.empty();
    }
}
