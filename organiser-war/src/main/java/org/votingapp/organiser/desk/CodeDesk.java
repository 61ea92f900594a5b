package org.votingapp.organiser.desk;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.form.CodesForm;
import org.votingapp.organiser.store.PollRow;
import org.votingapp.poll.VoterCode;

/**
 * The voter codes of polls: made, counted, revoked. Postgres has their hashes alone, and the organiser server reads none of them
 * (docs/decisions/0042).
 */
@ApplicationScoped
@Transactional
public class CodeDesk {

    /** The most codes of a poll, revoked ones included. */
    static final int MOST = 100_000;

    private static final String ADD_BATCH = """
            WITH made AS (
                INSERT INTO voter_code_batch (poll_id, codes) VALUES (?1, ?2) RETURNING id
            )
            SELECT id FROM made
            """;

    private static final String ADD_CODES = """
            INSERT INTO voter_code (batch, code_hash)
            SELECT CAST(?1 AS text), decode(hash, 'hex') FROM unnest(string_to_array(?2, ',')) AS hash
            """;

    private static final String REVOKE =
            "UPDATE voter_code_batch SET revoked_at = now() WHERE id = ?1 AND poll_id = ?2 AND revoked_at IS NULL";

    private final SecureRandom random = new SecureRandom();
    private DeskRows rows;
    private AuditLog audit;

    /** For CDI. */
    protected CodeDesk() {}

    /** Works on these rows, and notes what it does. */
    @Inject
    CodeDesk(DeskRows rows, AuditLog audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * The codes of a poll, as numbers.
     *
     * @throws UnknownHereException where there is no such poll for this organiser
     */
    public CodesView codes(Organiser organiser, String id) {
        PollRow poll = rows.poll(organiser, id);
        return new CodesView(
                rows.view(poll),
                rows.codeBatches(id).stream()
                        .map(batch -> new CodeBatchView(batch.id(), batch.codes(), batch.madeAt(), batch.isRevoked()))
                        .toList());
    }

    /**
     * Makes codes, which count once the poll is in effect.
     *
     * @return the codes, which nobody can be told again
     * @throws RefusedException where the poll takes votes without codes, takes none any more, or has as many as one may have
     */
    public MadeCodes make(Organiser organiser, String id, CodesForm form) {
        PollRow poll = rows.lockedPoll(organiser, id, OptionalLong.empty());
        refuse(!poll.needsCode(), Refusal.WITHOUT_CODES);
        refuse(poll.isArchived(), Refusal.ARCHIVED);
        refuse(poll.hasLostItsBallots(), Refusal.BALLOTS_DELETED);
        int count = form.getCodes();
        refuse(codes(organiser, id).made() + count > MOST, Refusal.TOO_MANY_CODES);
        List<VoterCode> made =
                Stream.generate(() -> VoterCode.random(random)).limit(count).toList();
        String batch = (String) rows.entities()
                .createNativeQuery(ADD_BATCH)
                .setParameter(1, id)
                .setParameter(2, count)
                .getSingleResult();
        rows.entities()
                .createNativeQuery(ADD_CODES)
                .setParameter(1, batch)
                .setParameter(
                        2,
                        made.stream()
                                .map(code -> HexFormat.of().formatHex(code.hash(id)))
                                .collect(joining(",")))
                .executeUpdate();
        audit.add(organiser, "codes.made", rows.view(poll), "", String.valueOf(count));
        return new MadeCodes(batch, made);
    }

    /**
     * Revokes the codes of a batch that have not voted. The votes of the others stand.
     *
     * @throws UnknownHereException where the poll has no such batch, or it is revoked
     */
    public void revoke(Organiser organiser, String id, String batch) {
        PollRow poll = rows.lockedPoll(organiser, id, OptionalLong.empty());
        int codes = rows.codeBatches(id).stream()
                .filter(one -> one.id().equals(batch) && !one.isRevoked())
                .findFirst()
                .orElseThrow(() -> new UnknownHereException("batch " + batch))
                .codes();
        rows.entities()
                .createNativeQuery(REVOKE)
                .setParameter(1, batch)
                .setParameter(2, id)
                .executeUpdate();
        audit.add(organiser, "codes.revoked", rows.view(poll), String.valueOf(codes), "");
    }

    private static void refuse(boolean wrong, Refusal why) {
        if (wrong) {
            throw new RefusedException(why);
        }
    }
}
