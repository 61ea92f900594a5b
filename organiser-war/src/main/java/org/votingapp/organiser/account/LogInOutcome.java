package org.votingapp.organiser.account;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a try to log in.
 *
 * @param kind what
 * @param pause how long the next try has to wait; zero where it need not
 * @param token of the new session, where there is one
 */
record LogInOutcome(Kind kind, Duration pause, Optional<SessionToken> token) {

    enum Kind {
        /** There is a session. */
        LOGGED_IN,
        /** No account has this name and password. */
        WRONG,
        /** There were too many tries. */
        TOO_MANY,
        /** Postgres does not answer, or many log in at the same time. */
        UNAVAILABLE
    }

    static LogInOutcome loggedIn(SessionToken token) {
        return new LogInOutcome(Kind.LOGGED_IN, Duration.ZERO, Optional.of(token));
    }

    static LogInOutcome wrong() {
        return new LogInOutcome(Kind.WRONG, Duration.ZERO, Optional.empty());
    }

    static LogInOutcome tooMany(Duration wait) {
        return new LogInOutcome(Kind.TOO_MANY, wait, Optional.empty());
    }

    static LogInOutcome unavailable() {
        return new LogInOutcome(Kind.UNAVAILABLE, Duration.ZERO, Optional.empty());
    }
}
