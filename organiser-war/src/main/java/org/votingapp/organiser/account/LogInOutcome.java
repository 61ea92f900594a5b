package org.votingapp.organiser.account;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.web.ErrorAnswer;

/**
 * What came of a try to log in.
 *
 * @param kind what
 * @param pause how long the next try has to wait; zero where it need not
 * @param token of the new session, where there is one
 * @param held the ID token, where it began at the provider
 */
record LogInOutcome(Kind kind, Duration pause, Optional<SessionToken> token, Optional<HeldIdToken> held) {

    enum Kind {
        /** There is a session. */
        LOGGED_IN(HttpServletResponse.SC_OK),
        /** No account has this name and password. */
        WRONG(HttpServletResponse.SC_UNAUTHORIZED),
        /** There were too many tries. */
        TOO_MANY(ErrorAnswer.TOO_MANY),
        /** Postgres does not answer, or many log in at the same time. */
        UNAVAILABLE(HttpServletResponse.SC_SERVICE_UNAVAILABLE),
        /** The provider does not answer. */
        NO_PROVIDER(HttpServletResponse.SC_SERVICE_UNAVAILABLE),
        /** This browser did not begin what the provider answers, or long ago. */
        NOT_BEGUN(HttpServletResponse.SC_BAD_REQUEST),
        /** The provider did not let them in. */
        DENIED(HttpServletResponse.SC_FORBIDDEN),
        /** What the provider sent does not prove who it is. */
        UNPROVED(HttpServletResponse.SC_UNAUTHORIZED),
        /** It is somebody who is in no group of organisers. */
        NO_GROUP(HttpServletResponse.SC_FORBIDDEN);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status of a page that says so. */
        int status() {
            return status;
        }
    }

    /** How long to wait, in whole seconds. */
    long seconds() {
        return pause.plusMillis(999).toSeconds();
    }

    static LogInOutcome loggedIn(SessionToken token) {
        return new LogInOutcome(Kind.LOGGED_IN, Duration.ZERO, Optional.of(token), Optional.empty());
    }

    static LogInOutcome loggedIn(SessionToken token, HeldIdToken held) {
        return new LogInOutcome(Kind.LOGGED_IN, Duration.ZERO, Optional.of(token), Optional.of(held));
    }

    static LogInOutcome wrong() {
        return refused(Kind.WRONG);
    }

    static LogInOutcome tooMany(Duration wait) {
        return new LogInOutcome(Kind.TOO_MANY, wait, Optional.empty(), Optional.empty());
    }

    static LogInOutcome unavailable() {
        return refused(Kind.UNAVAILABLE);
    }

    /** For a reason that needs no further word. */
    static LogInOutcome refused(Kind kind) {
        return new LogInOutcome(kind, Duration.ZERO, Optional.empty(), Optional.empty());
    }
}
