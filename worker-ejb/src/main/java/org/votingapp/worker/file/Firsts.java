package org.votingapp.worker.file;

import java.util.HashMap;
import java.util.Map;

/** Finds what stands in a file twice and must not. */
final class Firsts {

    private final String expected;
    private final Mistakes mistakes;
    private final Map<Object, Place> firsts = new HashMap<>();

    /** @param expected what would be right */
    Firsts(String expected, Mistakes mistakes) {
        this.expected = expected;
        this.mistakes = mistakes;
    }

    /** Reports a value that stood there before, as other fields may have written it, too. */
    void add(Found<?> found, Object comparable) throws PollsFileException {
        Place first = firsts.putIfAbsent(comparable, found.place());
        if (first != null) {
            mistakes.add(
                    found.place(),
                    "is \"%s\", as %s in line %d; it must be %s"
                            .formatted(
                                    Mistakes.shown(String.valueOf(found.value())),
                                    first.field(),
                                    first.line(),
                                    expected));
        }
    }
}
