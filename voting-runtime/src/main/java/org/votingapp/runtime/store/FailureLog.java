package org.votingapp.runtime.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * Logs once that something fails, and once that it works again, however often it is tried.
 *
 * <p>The lines are {@code <failure>: <reason>; <consequence>} as a warning, and {@code <recovery> after <n> s}. Another reason
 * is logged too, at most once a minute. Thread-safe; {@link #works} costs no lock while nothing fails.
 */
public final class FailureLog {

    private static final long REPEAT_AFTER_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final String failure;
    private final String consequence;
    private final String recovery;
    private final LongSupplier nanoTime;
    private volatile Optional<Failing> state = Optional.empty();

    /**
     * Since when something fails, and what was logged about it last.
     *
     * @param sinceNanos time of the first failure, as {@link System#nanoTime} tells it
     * @param logged the reason that was logged last
     * @param loggedNanos when
     */
    private record Failing(long sinceNanos, String logged, long loggedNanos) {}

    /**
     * Everything counts as working until the first failure.
     *
     * @param log where to
     * @param failure what fails, a sentence such as {@code Postgres failed}
     * @param consequence what follows from it, such as {@code ballots wait in Redis}
     * @param recovery that it works, such as {@code Postgres works again}
     */
    public FailureLog(Logger log, String failure, String consequence, String recovery) {
        this(log, failure, consequence, recovery, System::nanoTime);
    }

    /** The same, by another clock, which never goes back. */
    public FailureLog(Logger log, String failure, String consequence, String recovery, LongSupplier nanoTime) {
        this.log = log;
        this.failure = failure;
        this.consequence = consequence;
        this.recovery = recovery;
        this.nanoTime = nanoTime;
    }

    /** It failed, for this reason; of a reason of several lines the first one is logged. */
    public synchronized void failed(String reason) {
        long now = nanoTime.getAsLong();
        String line = Reason.line(reason);
        Optional<Failing> before = state;
        boolean report = before.filter(
                        failing -> line.equals(failing.logged) || now - failing.loggedNanos < REPEAT_AFTER_NANOS)
                .isEmpty();
        if (report) {
            log.warning(() -> failure + ": " + line + "; " + consequence);
            state = Optional.of(new Failing(before.map(Failing::sinceNanos).orElse(now), line, now));
        }
    }

    /** It worked. */
    public void works() {
        if (state.isPresent()) {
            reportRecovery();
        }
    }

    private synchronized void reportRecovery() {
        if (state.isPresent()) {
            long seconds = Duration.ofNanos(nanoTime.getAsLong() - state.get().sinceNanos)
                    .toSeconds();
            log.info(() -> "%s after %d s".formatted(recovery, seconds));
            state = Optional.empty();
        }
    }
}
