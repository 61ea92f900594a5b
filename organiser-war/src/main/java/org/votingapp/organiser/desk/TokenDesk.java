package org.votingapp.organiser.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.account.SessionToken;
import org.votingapp.organiser.form.TokenForm;
import org.votingapp.organiser.store.TokenRow;

/** The tokens by which an organiser's programs use the API. Postgres has their SHA-256 alone. */
@ApplicationScoped
@Transactional
public class TokenDesk {

    /** The most tokens of an organiser. */
    static final int MOST = 20;

    private static final String ADD = """
            INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at)
            VALUES (?1, ?2, ?3, ?4, now() + CAST(?5 AS integer) * interval '1 day')
            """;

    @PersistenceContext(unitName = "organiser")
    private EntityManager entities;

    private AuditLog audit;

    /** For CDI. */
    protected TokenDesk() {}

    /** Notes what it does. */
    @Inject
    TokenDesk(AuditLog audit) {
        this.audit = audit;
    }

    /** An organiser's tokens that have not expired, the newest first. */
    public List<TokenView> tokens(Organiser organiser) {
        return entities.createQuery(
                        "SELECT t FROM TokenRow t WHERE t.organiser = ?1 AND t.expiresAt > CURRENT_TIMESTAMP ORDER BY t.id DESC",
                        TokenRow.class)
                .setParameter(1, organiser.name())
                .getResultStream()
                .map(row -> new TokenView(row.id(), row.name(), row.createdAt(), row.expiresAt(), row.usedAt()))
                .toList();
    }

    /**
     * Makes a token with the organiser's own rights.
     *
     * @return the token, which nobody can be told again
     * @throws RefusedException where the organiser has as many as one may have
     */
    public String make(Organiser organiser, TokenForm form) {
        if (tokens(organiser).size() >= MOST) {
            throw new RefusedException(Refusal.TOO_MANY_TOKENS);
        }
        SessionToken token = SessionToken.random();
        entities.createNativeQuery("DELETE FROM api_token WHERE organiser = ?1 AND expires_at <= now()")
                .setParameter(1, organiser.name())
                .executeUpdate();
        entities.createNativeQuery(ADD)
                .setParameter(1, token.hash())
                .setParameter(2, organiser.name())
                .setParameter(3, organiser.administrator())
                .setParameter(4, form.getName())
                .setParameter(5, form.getDays())
                .executeUpdate();
        audit.add(organiser, "token.made", Optional.empty(), Optional.empty(), "", form.getName());
        return token.written();
    }

    /**
     * Makes a token prove nothing any more.
     *
     * @param id any text
     * @throws UnknownHereException where the organiser has none of this number
     */
    public void revoke(Organiser organiser, String id) {
        TokenView token = tokens(organiser).stream()
                .filter(one -> Long.toString(one.id()).equals(id))
                .findFirst()
                .orElseThrow(() -> new UnknownHereException("token " + id));
        entities.createNativeQuery("DELETE FROM api_token WHERE id = ?1")
                .setParameter(1, token.id())
                .executeUpdate();
        audit.add(organiser, "token.revoked", Optional.empty(), Optional.empty(), token.name(), "");
    }
}
