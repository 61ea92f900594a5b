package org.votingapp.stack.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.votingapp.stack.terminal.StackException;

/** Sends POSIX signals; the JDK sends SIGTERM and SIGKILL alone. */
final class Signals {

    private Signals() {}

    /** Sends a signal, such as {@code STOP}; skips processes that are gone. */
    static void send(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null || :", signal));
        processes.stream().filter(ProcessHandle::isAlive).forEach(process -> command.add(Long.toString(process.pid())));
        if (command.size() == 4) {
            return;
        }
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException noShell) {
            throw new StackException("no signal can be sent: " + noShell.getMessage(), noShell);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
