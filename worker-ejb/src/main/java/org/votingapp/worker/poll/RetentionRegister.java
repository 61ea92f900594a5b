package org.votingapp.worker.poll;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.List;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.VotersOnRecord;

/** Deletes ballots in Postgres and the record of who has voted in Redis. Each method is one transaction. */
@Stateless
public class RetentionRegister {

    /** Locks them: an organiser who opens one of them waits, and is refused then. Leaves those that somebody is changing. */
    private static final String OVER = """
            SELECT id FROM poll
            WHERE final_at >= closes AND final_at < now() - CAST(?1 AS interval) AND ballots_deleted_at IS NULL
            ORDER BY final_at LIMIT 100
            FOR UPDATE SKIP LOCKED
            """;

    private static final String DELETED = """
            SELECT p.id FROM poll p JOIN room r ON r.code = p.room_code
            WHERE r.deleted_at IS NOT NULL AND p.final_at >= p.closes AND p.ballots_deleted_at IS NULL
            ORDER BY p.final_at LIMIT 100
            FOR UPDATE OF p SKIP LOCKED
            """;

    private static final String BEGIN =
            "UPDATE poll SET ballots_deleted_at = now() WHERE id = ?1 AND ballots_deleted_at IS NULL";

    private static final String BEGUN = """
            SELECT id FROM poll p
            WHERE ballots_deleted_at IS NOT NULL AND EXISTS (SELECT FROM ballot WHERE poll_id = p.id)
            ORDER BY id LIMIT 1
            """;

    private static final String DELETE = """
            DELETE FROM ballot WHERE poll_id = ?1 AND voter_id IN (
                SELECT voter_id FROM ballot WHERE poll_id = ?1 LIMIT ?2
            )
            """;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private VotersOnRecord voters;

    /**
     * Forgets who has voted in polls that have been final for so long, at most a hundred, and notes that their ballots go. They
     * cannot be opened again: nobody knows any more who has voted.
     *
     * @return their ids
     */
    public List<String> begin(Duration kept) throws StoreAwayException {
        return begin(OVER, kept.toString());
    }

    /** The same for final polls of deleted rooms, however long they have been final. */
    public List<String> beginDeleted() throws StoreAwayException {
        return begin(DELETED);
    }

    private List<String> begin(String query, Object... parameters) throws StoreAwayException {
        try {
            // Keeps workers from opening one of them meanwhile.
            RegistrationLock.take(entities);
            List<String> over = ids(query, parameters);
            for (String poll : over) {
                entities.createNativeQuery(BEGIN).setParameter(1, poll).executeUpdate();
            }
            // Right before the commit: in between, these polls have votes and no voters (PollBalance).
            for (String poll : over) {
                voters.forget(poll);
            }
            return over;
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** A poll whose ballots are being deleted; none where that is done. */
    public List<String> begun() throws StoreAwayException {
        try {
            return ids(BEGUN);
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Deletes some ballots of a poll.
     *
     * @param most so many
     * @return how many were deleted
     */
    public int delete(String pollId, int most) throws StoreAwayException {
        try {
            return entities.createNativeQuery(DELETE)
                    .setParameter(1, pollId)
                    .setParameter(2, most)
                    .executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    private List<String> ids(String query, Object... parameters) {
        var asked = entities.createNativeQuery(query);
        for (int i = 0; i < parameters.length; i++) {
            asked.setParameter(i + 1, parameters[i]);
        }
        return ((List<?>) asked.getResultList())
                .stream().map(String.class::cast).toList();
    }
}
