package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Optional;
import java.util.Set;
import org.votingapp.runtime.signing.OrganiserLine;

/**
 * Checks names and passwords by {@link Accounts}. A name that no account has costs a hash too, so an answer's time tells nothing.
 * Thread-safe.
 */
@Singleton
public class AccountStore implements IdentityStore {

    private final Accounts accounts;
    private final Pbkdf2PasswordHash hash;

    /** Checks these accounts. */
    @Inject
    public AccountStore(Accounts accounts, Pbkdf2PasswordHash hash) {
        this.accounts = accounts;
        this.hash = hash;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential given)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        Optional<Account> account = accounts.named(given.getCaller());
        Optional<Account> looked = account.or(accounts::any);
        char[] password = OrganiserLine.normal(given.getPasswordAsString()).toCharArray();
        boolean right = looked.filter(one -> hash.verify(password, one.hash())).isPresent();
        if (account.isEmpty() || !right) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        Organiser organiser = account.get().organiser();
        return new CredentialValidationResult(organiser.name(), groups(organiser));
    }

    /** The roles of an organiser in the container. */
    static Set<String> groups(Organiser organiser) {
        return organiser.administrator()
                ? Set.of(OrganiserLine.ORGANISER, OrganiserLine.ADMINISTRATOR)
                : Set.of(OrganiserLine.ORGANISER);
    }
}
