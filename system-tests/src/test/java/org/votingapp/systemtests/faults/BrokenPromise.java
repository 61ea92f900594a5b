package org.votingapp.systemtests.faults;

import java.util.List;

/**
 * What clients were told, what is stored and what was shown contradict each other. Slowness does not bring this about, and
 * so no second try takes it back.
 */
final class BrokenPromise extends AssertionError {

    private static final long serialVersionUID = 1L;

    /** @param violations each of them in words, at least one */
    BrokenPromise(List<String> violations) {
        super("%d violations of the promise:%n%s".formatted(violations.size(), String.join("\n", violations)));
    }
}
