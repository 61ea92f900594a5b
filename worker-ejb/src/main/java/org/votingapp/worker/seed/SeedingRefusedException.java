package org.votingapp.worker.seed;

import java.util.List;

/** A file would make votes mean something else, or take what organisers made; the message has a line for each such poll or room. */
public final class SeedingRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    SeedingRefusedException(List<String> refusals) {
        super(String.join("\n", refusals));
    }
}
