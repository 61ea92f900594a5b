package org.votingapp.stack.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.votingapp.stack.terminal.StackException;

/**
 * Programs of an earlier stack of which no record is left.
 *
 * <p>They are found by their working folder in {@code /proc}; on a system without it, none is found.
 */
public final class StrayProcesses {

    /** A killed Postgres' children end by themselves within this time. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The programs of a stack; a shell may well be in its folder. */
    private static final Predicate<String> OURS =
            Pattern.compile("/(redis-server|postgres|java)( \\(deleted\\))?$").asPredicate();

    private StrayProcesses() {}

    /**
     * Checks that none works in a folder: two Redis would write one file.
     *
     * @throws StackException where one still does after ten seconds
     */
    public static void checkNoneWorksIn(Path folder) {
        ProcessFamily strays = new ProcessFamily(ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info().command().filter(OURS).isPresent())
                .filter(process -> worksIn(folder, process))
                .toList());
        if (strays.awaitEnd(LIMIT) || Thread.currentThread().isInterrupted()) {
            return;
        }
        String pids = strays.members().stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining(" "));
        throw new StackException(
                "Programs of an earlier stack still work in %s, and it has no record of them. End them (kill %s), and start again."
                        .formatted(folder, pids));
    }

    private static boolean worksIn(Path folder, ProcessHandle process) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd")
                    .toRealPath()
                    .startsWith(folder);
        } catch (IOException goneOrOfSomebodyElse) {
            return false;
        }
    }
}
