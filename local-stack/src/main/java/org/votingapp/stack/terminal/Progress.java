package org.votingapp.stack.terminal;

/** Hears what each part does; called from several threads at once. */
@FunctionalInterface
public interface Progress {

    /**
     * Something changed.
     *
     * @param part the name of the part
     * @param line what it does, to follow its name, such as {@code starts}
     */
    void report(String part, String line);
}
