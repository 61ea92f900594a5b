package org.votingapp.result.follow;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Says once in the log that something goes well, and once that it does not, however often it is tried. */
final class StateLog {

    private enum State {
        UNKNOWN,
        WELL,
        FAILING
    }

    private final Logger log;
    private final String what;
    private State state = State.UNKNOWN;

    /** @param what a noun phrase to begin a sentence with */
    StateLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    void well() {
        if (state != State.WELL) {
            log.log(Level.INFO, "{0} works", what);
            state = State.WELL;
        }
    }

    void failed(Throwable cause) {
        failed(rootOf(cause).toString());
    }

    void failed(String reason) {
        if (state != State.FAILING) {
            log.log(Level.WARNING, "{0} fails, and is tried again until it works: {1}", new Object[] {
                what, reason.lines().findFirst().orElse("")
            });
            state = State.FAILING;
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
