package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.votingapp.organiser.store.AttemptLimit;
import org.votingapp.organiser.store.LoginFailures;
import org.votingapp.organiser.store.StoredSessions;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.runtime.store.Reason;

/**
 * Logs organisers in, and limits their tries:
 *
 * <ul>
 *   <li>a name from one address: five failures are free, then up to a minute between two;
 *   <li>an address: 30, then up to a minute; many may share one;
 *   <li>a name from all addresses: 50, then 5 s, so that nobody can lock an organiser out.
 * </ul>
 *
 * <p>Thread-safe.
 */
@Singleton
public class LogIn {

    private static final Logger LOG = Logger.getLogger(LogIn.class.getName());

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT_OF_A_NAME = Duration.ofSeconds(5);

    /** A hash keeps a processor for a fifth of a second; so many at once leave one to the pages. */
    private static final int HASHES_AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore hashes = new Semaphore(HASHES_AT_ONCE, true);
    private final IdentityStoreHandler identities;
    private final LoginFailures failures;
    private final StoredSessions sessions;
    private final Accounts accounts;
    private final SessionTimes times;

    /** Logs in by these stores. */
    @Inject
    public LogIn(
            IdentityStoreHandler identities,
            LoginFailures failures,
            StoredSessions sessions,
            Accounts accounts,
            SessionTimes times) {
        this.identities = identities;
        this.failures = failures;
        this.sessions = sessions;
        this.accounts = accounts;
        this.times = times;
    }

    /**
     * A try to log in.
     *
     * @param name as somebody wrote it
     * @param password likewise
     * @param address where the request comes from (ClientAddress)
     */
    LogInOutcome attempt(String name, String password, String address) {
        String known = known(name);
        try {
            Limits limits = new Limits(known, address);
            Duration wait = failures.begin(limits.all());
            return wait.isZero() ? check(known, password, limits) : LogInOutcome.tooMany(wait);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return LogInOutcome.unavailable();
        } catch (RuntimeException noStore) {
            LOG.warning("A log-in could not be checked (503): " + Reason.line(noStore.toString()));
            return LogInOutcome.unavailable();
        }
    }

    private LogInOutcome check(String name, String password, Limits limits) throws InterruptedException {
        if (!hashes.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return LogInOutcome.unavailable();
        }
        CredentialValidationResult result;
        try {
            result = identities.validate(new UsernamePasswordCredential(name, password));
        } finally {
            hashes.release();
        }
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            LOG.warning("A log-in as %s from %s failed: wrong name or password".formatted(name, limits.address()));
            return LogInOutcome.wrong();
        }
        failures.succeeded(ofAddress(limits.address()), List.of(limits.ofPair(), limits.ofName()));
        SessionToken token = SessionToken.random();
        Organiser organiser = accounts.named(name).orElseThrow().organiser();
        sessions.begin(token.hash(), name, organiser.administrator(), times.idle(), times.longest());
        LOG.info("%s has logged in from %s".formatted(name, limits.address()));
        return LogInOutcome.loggedIn(token);
    }

    /** What no account can be called has one name, so that it fills neither the log nor the table. */
    private static String known(String name) {
        String small = name.strip().toLowerCase(Locale.ROOT);
        return OrganiserLine.NAME.matcher(small).matches() ? small : "-";
    }

    /** The limit of all tries from an address. */
    static AttemptLimit ofAddress(String address) {
        return new AttemptLimit("address " + address, 30, LONGEST_WAIT);
    }

    /** The limits of a try. */
    private record Limits(String name, String address) {

        AttemptLimit ofPair() {
            return new AttemptLimit("name %s from %s".formatted(name, address), 5, LONGEST_WAIT);
        }

        AttemptLimit ofName() {
            return new AttemptLimit("name " + name, 50, LONGEST_WAIT_OF_A_NAME);
        }

        /** In the order in which their rows are locked. */
        List<AttemptLimit> all() {
            return List.of(LogIn.ofAddress(address), ofPair(), ofName());
        }
    }
}
