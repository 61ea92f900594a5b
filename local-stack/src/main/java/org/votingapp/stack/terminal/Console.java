package org.votingapp.stack.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints what happens, a line a change, with the seconds since the start before it. */
public final class Console implements Progress {

    private static final int NAME_WIDTH = 9;

    private final PrintStream out;
    private final long begun = System.nanoTime();

    /** Begins to count the seconds. */
    public Console(PrintStream out) {
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
    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * Says that all is ready, and where.
     *
     * @param addresses by the name of the server, in the order to print
     */
    public void ready(Map<String, String> addresses) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%nReady after %.1f s.%n%n", seconds()));
        addresses.forEach(
                (server, address) -> text.append(String.format("  %-" + NAME_WIDTH + "s %s%n", server, address)));
        say(text.append(String.format("%nCtrl-C ends everything.")).toString());
    }
}
