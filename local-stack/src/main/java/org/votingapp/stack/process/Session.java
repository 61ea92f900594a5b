package org.votingapp.stack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a command into a session of its own, where the system has {@code setsid}: a Ctrl-C at the terminal then reaches
 * the stack alone, which shuts its parts down in order.
 */
final class Session {

    private static final Optional<String> SETSID = find("setsid");

    private Session() {}

    static List<String> own(List<String> command) {
        List<String> full = new ArrayList<>();
        SETSID.ifPresent(full::add);
        full.addAll(command);
        return full;
    }

    private static Optional<String> find(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }
}
