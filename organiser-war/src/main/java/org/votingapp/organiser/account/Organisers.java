package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.votingapp.organiser.openid.OpenIdPerson;
import org.votingapp.organiser.openid.OpenIdProvider;
import org.votingapp.organiser.store.KnownIdentity;
import org.votingapp.organiser.store.TokenOwner;
import org.votingapp.web.Sha256;

/**
 * Who the owner of a session or of a token of the API is today: somebody of {@code ORGANISERS}, or somebody whom the provider knew at
 * their last log-in. Thread-safe.
 */
@Singleton
public class Organisers {

    /** No name of {@code ORGANISERS} has a colon. */
    private static final String PREFIX = "oidc:";

    private static final int NAME_BYTES = 18;

    private final Accounts accounts;
    private final Optional<OpenIdProvider> provider;

    /** Knows these. */
    @Inject
    public Organisers(Accounts accounts, Optional<OpenIdProvider> provider) {
        this.accounts = accounts;
        this.provider = provider;
    }

    /**
     * The name of a person whom the provider knows: 144 bits of a SHA-256 of issuer and subject. Another provider's person with
     * the same subject is somebody else.
     */
    static String nameOf(OpenIdPerson person) {
        // No issuer has a space: it is an address.
        byte[] hash = Sha256.of((person.issuer() + " " + person.subject()).getBytes(StandardCharsets.UTF_8));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, NAME_BYTES));
    }

    /** Whose session it is; empty for somebody who may not log in any more. */
    Optional<Organiser> ofSession(TokenOwner owner) {
        return owner.identity().isEmpty()
                ? accounts.named(owner.name()).map(Account::organiser)
                : ofProvider(owner, owner.identity().get());
    }

    /**
     * Whose token of the API it is. It gives no more rights than it was made with. The provider's people have to log in now and
     * then: only so it can tell that they are still there.
     */
    Optional<Organiser> ofApiToken(TokenOwner owner) {
        return ofSession(owner)
                .filter(organiser ->
                        owner.identity().map(KnownIdentity::seenLately).orElse(true))
                .map(organiser -> new Organiser(
                        organiser.name(), owner.administrator() && organiser.administrator(), organiser.displayName()));
    }

    private Optional<Organiser> ofProvider(TokenOwner owner, KnownIdentity identity) {
        return provider.filter(one -> one.settings().issuer().equals(identity.issuer()))
                .map(one -> new Organiser(
                        owner.name(), owner.administrator() && identity.administrator(), identity.displayName()));
    }
}
