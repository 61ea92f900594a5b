package org.votingapp.systemtests.faults;

import java.util.List;

/**
 * Answers, stores and views contradict each other. A slow machine cannot cause this, so a second try of the test does not
 * clear it.
 */
final class BrokenPromise extends AssertionError {

    private static final long serialVersionUID = 1L;

    /** @param violations at least one, in words */
    BrokenPromise(List<String> violations) {
        super("%d violations of the promise:%n%s".formatted(violations.size(), String.join("\n", violations)));
    }
}
