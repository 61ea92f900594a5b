package org.votingapp.runtime.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Logs once that something fails, and once that it works again, however often it is tried.
 *
 * <p>The lines are {@code <failure>: <reason>; <consequence>} as a warning, and {@code <recovery> after <n> s}. Another reason
 * is logged too, at most once a minute. Thread-safe; {@link #works} costs no lock while nothing fails.
 */
public final class FailureLog {

    private static final long REPEAT_AFTER_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Logger log;
    private final String failure;
    private final String consequence;
    private final String recovery;
    private final InstantSource clock;
    private volatile Optional<Failing> state = Optional.empty();

    /**
     * Since when something fails, and what was logged about it last.
     *
     * @param sinceMillis time of the first failure, in milliseconds since 1970
     * @param logged the reason that was logged last
     * @param loggedMillis when
     */
    private record Failing(long sinceMillis, String logged, long loggedMillis) {}

    /**
     * Everything counts as working until the first failure.
     *
     * @param log where to
     * @param failure what fails, a sentence such as {@code Postgres failed}
     * @param consequence what follows from it, such as {@code ballots wait in Redis}
     * @param recovery that it works, such as {@code Postgres works again}
     */
    public FailureLog(Logger log, String failure, String consequence, String recovery) {
        this(log, failure, consequence, recovery, InstantSource.system());
    }

    /** The same, by another clock. */
    public FailureLog(Logger log, String failure, String consequence, String recovery, InstantSource clock) {
        this.log = log;
        this.failure = failure;
        this.consequence = consequence;
        this.recovery = recovery;
        this.clock = clock;
    }

    /** It failed, for this reason; of a reason of several lines the first one is logged. */
    public synchronized void failed(String reason) {
        long now = clock.millis();
        String line = Reason.line(reason);
        Optional<Failing> before = state;
        boolean report = before.filter(
                        failing -> line.equals(failing.logged) || now - failing.loggedMillis < REPEAT_AFTER_MILLIS)
                .isEmpty();
        if (report) {
            log.warning(() -> failure + ": " + line + "; " + consequence);
            state = Optional.of(new Failing(before.map(Failing::sinceMillis).orElse(now), line, now));
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
            long seconds =
                    Duration.ofMillis(clock.millis() - state.get().sinceMillis).toSeconds();
            log.info(() -> "%s after %d s".formatted(recovery, seconds));
            state = Optional.empty();
        }
    }
}
