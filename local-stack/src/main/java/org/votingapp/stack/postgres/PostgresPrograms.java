package org.votingapp.stack.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.votingapp.stack.terminal.StackException;

/**
 * How Postgres' programs are run, as root too.
 *
 * <p>Postgres refuses to run as root. In a user namespace of its own it does not see that it is root, and its files
 * belong to root all the same.
 */
public final class PostgresPrograms {

    private final PostgresBinaries binaries;

    PostgresPrograms(PostgresBinaries binaries) {
        this.binaries = binaries;
    }

    /**
     * Checks that they can run as this user.
     *
     * @throws StackException where they cannot
     */
    public static void checkUser() {
        if (new UnixSystem().getUid() == 0 && !LinuxUtils.isUnshareAvailable()) {
            throw new StackException(
                    "As root it needs user namespaces for Postgres, and these are off here: run it as another user.");
        }
    }

    /** The command line that runs a program which refuses to run as root; unchanged for other users. */
    public static List<String> notAsRoot(List<String> command) {
        List<String> full = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            full.addAll(List.of("unshare", "-U"));
        }
        full.addAll(command);
        return full;
    }

    /** The command line of a program. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(binaries.program(program).toString()));
        command.addAll(arguments);
        return notAsRoot(command);
    }

    /**
     * Runs a program to its end.
     *
     * @param input what it reads from its standard input
     * @throws StackException where it fails
     */
    void run(String input, String program, List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(command(program, arguments))
                .redirectErrorStream(true)
                .start();
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0 || output.contains("ERROR:")) {
                String last = output.strip().lines().reduce("no output", (former, line) -> line);
                throw new StackException("Postgres' %s failed: %s".formatted(program, last));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            throw new IOException("interrupted", interrupted);
        }
    }
}
