package org.votingapp.stack;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the person at the terminal what goes on: a line a change, with the seconds since the start before it. */
final class Console implements Progress {

    private static final int NAME_WIDTH = 9;

    private final PrintStream out;
    private final long begun = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public void report(String part, String line) {
        say(String.format(Locale.ROOT, "%7.1f s  %-" + NAME_WIDTH + "s %s", seconds(), part, line));
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Prints a line as it is. */
    synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints the addresses. */
    void ready(LocalStack stack) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%nReady after %.1f s.%n%n", seconds()));
        for (ServerKind kind : ServerKind.values()) {
            for (LibertyPart server : stack.servers(kind)) {
                text.append(String.format("  %-" + NAME_WIDTH + "s %s%n", server.name(), server.address()));
            }
        }
        say(text.append(String.format("%nCtrl-C ends everything.")).toString());
    }
}
