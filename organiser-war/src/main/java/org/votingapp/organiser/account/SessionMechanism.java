package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.votingapp.organiser.store.StoredSessions;
import org.votingapp.organiser.store.TokenOwner;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.Problem;
import org.votingapp.web.SecurityHeadersFilter;

/**
 * Says who sends a request (Jakarta Security 3.0, "Authentication Mechanism"): below {@code /api/} by the token in
 * {@code Authorization: Bearer}, elsewhere, and for what an API only reads, by the cookie of a session. What web.xml closes is
 * answered with the way to the log-in page (303) or, below {@code /api/}, with 401.
 *
 * <p>The container calls it before every filter.
 */
@Singleton
public class SessionMechanism implements HttpAuthenticationMechanism {

    private static final String API = "/api/";
    private static final String BEARER = "Bearer ";

    /** With SEND_CONTINUE, Liberty would put answers of its own in the place of 303 and 401. */
    private static final AuthenticationStatus ANSWERED = AuthenticationStatus.SEND_FAILURE;

    private final FailureLog failures = new FailureLog(
            Logger.getLogger(SessionMechanism.class.getName()),
            "Sessions cannot be read",
            "organisers are answered 503",
            "Sessions can be read again");

    private final StoredSessions sessions;
    private final Organisers organisers;
    private final SessionTimes times;
    private final ErrorAnswer errors;

    /** Knows sessions by these. */
    @Inject
    public SessionMechanism(StoredSessions sessions, Organisers organisers, SessionTimes times, ErrorAnswer errors) {
        this.sessions = sessions;
        this.organisers = organisers;
        this.times = times;
        this.errors = errors;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        try {
            Optional<Organiser> organiser = organiser(request, context.isProtected());
            if (organiser.isPresent()) {
                return context.notifyContainerAboutLogin(organiser.get().name(), AccountStore.groups(organiser.get()));
            }
            return context.isProtected() ? refuse(request, response) : context.doNothing();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (RuntimeException noStore) {
            failures.failed(noStore.toString());
            return unavailable(request, response);
        }
    }

    private Optional<Organiser> organiser(HttpServletRequest request, boolean closed) {
        if (isApi(request)) {
            Optional<String> given = Optional.ofNullable(request.getHeader("Authorization"));
            if (given.isPresent()) {
                return given.filter(SessionMechanism::isBearer)
                        .flatMap(text -> SessionToken.parse(text.substring(BEARER.length())))
                        .flatMap(token -> read(() -> sessions.useToken(token.hash())))
                        .flatMap(organisers::ofApiToken)
                        .map(found -> leave(request, found, Optional.empty()));
            }
            if (!isRead(request)) {
                return Optional.empty();
            }
        }
        // What is open, such as a style, is the same for everybody, but for the log-in page when it is opened.
        return SessionCookie.read(request)
                .filter(token ->
                        closed || isRead(request) && request.getRequestURI().equals(LoginPage.ADDRESS))
                .flatMap(token -> read(() -> sessions.use(token.hash(), times.idle(), times.longest()))
                        .flatMap(organisers::ofSession)
                        .map(organiser -> leave(request, organiser, Optional.of(token))));
    }

    /** The scheme is written in either case (RFC 9110, section 11.1). */
    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** What Postgres answers: only that shows that sessions can be read. */
    private Optional<TokenOwner> read(Supplier<Optional<TokenOwner>> question) {
        Optional<TokenOwner> owner = question.get();
        failures.works();
        return owner;
    }

    private static Organiser leave(HttpServletRequest request, Organiser organiser, Optional<SessionToken> session) {
        CurrentOrganiser.set(request, organiser, session);
        return organiser;
    }

    private static AuthenticationStatus refuse(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        SecurityHeadersFilter.setHeaders(request, response);
        response.setHeader("Cache-Control", "no-store");
        if (isApi(request)) {
            response.setHeader("WWW-Authenticate", BEARER.strip());
            Problem.of(
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "Send a token of the organiser's page as Authorization: Bearer")
                    .send(response);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(
                    "Location",
                    ErrorAnswer.rootFrom(request.getRequestURI())
                            + WantedPage.of(request).logIn());
        }
        return ANSWERED;
    }

    private AuthenticationStatus unavailable(HttpServletRequest request, HttpServletResponse response) {
        SecurityHeadersFilter.setHeaders(request, response);
        response.setHeader("Retry-After", "5");
        try {
            errors.send(request, HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return ANSWERED;
    }

    private static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith(API);
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }
}
