package org.votingapp.stack;

/** Is told what each part does, a line a change; called from several threads at once. */
@FunctionalInterface
public interface Progress {

    /**
     * Something changed.
     *
     * @param part the name of the part
     * @param line what it does now, to follow its name, such as {@code starts}
     */
    void report(String part, String line);
}
