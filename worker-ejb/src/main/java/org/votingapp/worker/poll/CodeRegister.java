package org.votingapp.worker.poll;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.HexFormat;
import java.util.List;
import org.votingapp.worker.store.StoreAwayException;

/** Reads the voter codes of polls from Postgres, in one transaction a call. */
@Stateless
public class CodeRegister {

    private static final String BATCHES =
            "SELECT id, revoked_at IS NOT NULL FROM voter_code_batch WHERE poll_id = ?1 ORDER BY made_at, id";

    private static final String HASHES = "SELECT encode(code_hash, 'hex') FROM voter_code"
            + " WHERE batch = ?1 AND code_hash > decode(?2, 'hex') ORDER BY code_hash LIMIT ?3";

    private static final String PUBLISHED =
            "UPDATE poll SET code_published = true WHERE id = ?1 AND NOT code_published";

    @PersistenceContext
    private EntityManager entities;

    /** The batches of a poll, the oldest first. */
    public List<CodeBatch> batches(String pollId) throws StoreAwayException {
        try {
            return ((List<?>) entities.createNativeQuery(BATCHES)
                            .setParameter(1, pollId)
                            .getResultList())
                    .stream()
                            .map(row -> (Object[]) row)
                            .map(row -> new CodeBatch((String) row[0], (Boolean) row[1]))
                            .toList();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Some hashes of a batch, in order.
     *
     * @param after the last one of those before; none for the first ones
     * @param most how many at most
     */
    public List<byte[]> hashes(String batch, byte[] after, int most) throws StoreAwayException {
        try {
            return ((List<?>) entities.createNativeQuery(HASHES)
                            .setParameter(1, batch)
                            .setParameter(2, HexFormat.of().formatHex(after))
                            .setParameter(3, most)
                            .getResultList())
                    .stream()
                            .map(hash -> HexFormat.of().parseHex((String) hash))
                            .toList();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** Notes that Redis knows that a poll needs codes. */
    public void published(String pollId) throws StoreAwayException {
        try {
            entities.createNativeQuery(PUBLISHED).setParameter(1, pollId).executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }
}
