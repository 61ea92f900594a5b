package org.votingapp.worker.file;

import java.util.List;

/** A file of polls has mistakes; the message has one on each line. */
public final class PollsFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final List<String> mistakes;

    PollsFileException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Each with its line, its column, the field, what is wrong and what would be right; in the file's order. */
    public List<String> mistakes() {
        return mistakes;
    }
}
