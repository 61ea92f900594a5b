package org.votingapp.result.follow;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.runtime.store.Reason;

/**
 * Says once in the log that something goes well, and once that it does not, however often it is tried; and again, at most
 * once a minute, where it fails for another reason than the one that was told last. Not thread-safe.
 */
final class StateLog {

    private static final Duration TELL_AGAIN_AFTER = Duration.ofMinutes(1);

    private enum State {
        UNKNOWN,
        WELL,
        FAILING
    }

    private final Logger log;
    private final String what;
    private final LongSupplier nanos;
    private State state = State.UNKNOWN;
    private String told = "";
    private long toldNanos;

    /**
     * @param what a noun phrase to begin a sentence with
     * @param nanos measures time, as {@link System#nanoTime}
     */
    StateLog(Logger log, String what, LongSupplier nanos) {
        this.log = log;
        this.what = what;
        this.nanos = nanos;
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
        String line = Reason.line(reason);
        long now = nanos.getAsLong();
        boolean another = !line.equals(told) && now - toldNanos >= TELL_AGAIN_AFTER.toNanos();
        if (state != State.FAILING || another) {
            log.log(Level.WARNING, "{0} fails, and is tried again until it works: {1}", new Object[] {what, line});
            state = State.FAILING;
            told = line;
            toldNanos = now;
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
