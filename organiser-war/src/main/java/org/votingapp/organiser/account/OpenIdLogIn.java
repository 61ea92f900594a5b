package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.organiser.openid.OpenIdPerson;
import org.votingapp.organiser.openid.OpenIdProvider;
import org.votingapp.organiser.openid.ProviderUnavailableException;
import org.votingapp.organiser.openid.UnprovedException;
import org.votingapp.organiser.store.AttemptLimit;
import org.votingapp.organiser.store.LoginFailures;
import org.votingapp.organiser.store.OrganiserIdentities;
import org.votingapp.organiser.store.StoredSessions;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.runtime.store.Reason;

/**
 * Logs organisers in by an OpenID provider (decision 0043). It ends in the same sessions as {@link LogIn}, and an address has as
 * many tries. Thread-safe.
 */
@Singleton
public class OpenIdLogIn {

    private static final Logger LOG = Logger.getLogger(OpenIdLogIn.class.getName());

    private final FailureLog provided = new FailureLog(
            LOG,
            "The OpenID provider cannot be used",
            "organisers can log in by name and password alone",
            "The OpenID provider works again");

    private final Optional<OpenIdProvider> provider;
    private final OrganiserIdentities identities;
    private final LoginFailures failures;
    private final StoredSessions sessions;
    private final SessionTimes times;

    /** Logs in by these. */
    @Inject
    public OpenIdLogIn(
            Optional<OpenIdProvider> provider,
            OrganiserIdentities identities,
            LoginFailures failures,
            StoredSessions sessions,
            SessionTimes times) {
        this.provider = provider;
        this.identities = identities;
        this.failures = failures;
        this.sessions = sessions;
        this.times = times;
    }

    /** What the provider sent back by way of the browser. */
    record Answer(String code, Optional<String> issuer, URI callback, String address) {}

    /** Whether there is a provider. */
    boolean isOffered() {
        return provider.isPresent();
    }

    /** Where the browser goes to log in; empty while the provider does not answer. */
    Optional<URI> begin(BegunLogIn begun, URI callback) {
        try {
            URI address = provider.orElseThrow().logIn(begun.flow(), callback);
            provided.works();
            return Optional.of(address);
        } catch (ProviderUnavailableException down) {
            provided.failed(down.getMessage());
            return Optional.empty();
        }
    }

    /** Finds out who came back, and begins their session. */
    LogInOutcome finish(BegunLogIn begun, Answer answer) {
        AttemptLimit limit = LogIn.ofAddress(answer.address());
        try {
            Duration wait = failures.begin(List.of(limit));
            if (!wait.isZero()) {
                return LogInOutcome.tooMany(wait);
            }
            Optional<OpenIdPerson> person = person(begun, answer);
            // Nobody has guessed anything where the provider does not answer.
            failures.succeeded(limit, List.of());
            return person.isPresent()
                    ? enter(person.get(), answer.address())
                    : LogInOutcome.refused(LogInOutcome.Kind.NO_PROVIDER);
        } catch (UnprovedException wrong) {
            LOG.warning("A log-in by the OpenID provider from %s failed: %s"
                    .formatted(answer.address(), Reason.line(wrong.getMessage())));
            return LogInOutcome.refused(LogInOutcome.Kind.UNPROVED);
        } catch (RuntimeException noStore) {
            LOG.warning(
                    "A log-in by the OpenID provider could not be finished (503): " + Reason.line(noStore.toString()));
            return LogInOutcome.unavailable();
        }
    }

    /** Empty while the provider does not answer. */
    private Optional<OpenIdPerson> person(BegunLogIn begun, Answer answer) throws UnprovedException {
        try {
            OpenIdPerson person =
                    provider.orElseThrow().person(begun.flow(), answer.code(), answer.issuer(), answer.callback());
            provided.works();
            return Optional.of(person);
        } catch (ProviderUnavailableException down) {
            provided.failed(down.getMessage());
            return Optional.empty();
        }
    }

    private LogInOutcome enter(OpenIdPerson person, String address) {
        String name = Organisers.nameOf(person);
        if (!provider.orElseThrow().settings().mayOrganise(person.groups())) {
            identities.refused(name);
            LOG.warning(
                    "A log-in as %s (%s) from %s failed: in neither group of OIDC_ORGANISERS and OIDC_ADMINISTRATORS"
                            .formatted(name, person.displayName(), address));
            return LogInOutcome.refused(LogInOutcome.Kind.NO_GROUP);
        }
        boolean administrator = provider.orElseThrow().settings().isAdministrator(person.groups());
        identities.loggedIn(name, person.issuer(), person.subject(), person.displayName(), administrator);
        SessionToken token = SessionToken.random();
        sessions.begin(token.hash(), name, administrator, times.idle(), times.longest());
        LOG.info("%s (%s) has logged in from %s by the OpenID provider".formatted(name, person.displayName(), address));
        return LogInOutcome.loggedIn(token, HeldIdToken.of(person.idToken()));
    }

    /** Where the browser goes to end the log-in at the provider, too; empty where that offers no such address, or does not answer. */
    Optional<URI> end(HeldIdToken held, URI back) {
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        try {
            return provider.get().logOut(held.text(), back);
        } catch (ProviderUnavailableException down) {
            provided.failed(down.getMessage());
            return Optional.empty();
        }
    }
}
