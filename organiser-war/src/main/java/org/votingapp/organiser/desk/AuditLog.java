package org.votingapp.organiser.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.store.AuditRow;
import org.votingapp.poll.RoomCode;

/** What organisers did: one row an act, in the transaction of the act. */
@ApplicationScoped
@Transactional
public class AuditLog {

    /** Longer than any poll as JSON, so that none is cut. */
    private static final int LONGEST_TEXT = 10_000;

    private static final String ADD =
            "INSERT INTO audit (organiser, action, room_code, poll_id, before, after, known_as)"
                    + " VALUES (?1, ?2, CAST(?3 AS text), CAST(?4 AS text), CAST(?5 AS text), CAST(?6 AS text), ?7)";

    private static final String MINE =
            "(a.organiser = ?1 OR a.room IN (SELECT r.code FROM RoomRow r WHERE r.owner = ?1))";

    @PersistenceContext(unitName = "organiser")
    private EntityManager entities;

    /** For CDI. */
    public AuditLog() {}

    /** Adds a row about a poll. */
    void add(Organiser who, String action, PollView poll, String before, String after) {
        add(who, action, Optional.of(poll.room()), Optional.of(poll.id()), before, after);
    }

    /** Adds a row. */
    void add(
            Organiser who, String action, Optional<RoomCode> room, Optional<String> poll, String before, String after) {
        entities.createNativeQuery(ADD)
                .setParameter(1, who.name())
                .setParameter(2, action)
                .setParameter(3, room.map(RoomCode::value).orElse(null))
                .setParameter(4, poll.orElse(null))
                .setParameter(5, excerpt(before))
                .setParameter(6, excerpt(after))
                .setParameter(7, who.displayName())
                .executeUpdate();
    }

    private static String excerpt(String text) {
        return text.isEmpty() ? null : text.substring(0, Math.min(LONGEST_TEXT, text.length()));
    }

    /**
     * What was done in the rooms that an organiser may know, and by them; the newest first.
     *
     * @param room what was done in this room alone
     * @param most how many rows at most
     */
    public List<AuditRow> entries(Organiser organiser, Optional<RoomCode> room, int most) {
        return entriesBefore(Long.MAX_VALUE, organiser, room, most);
    }

    /**
     * The same of what was done before.
     *
     * @param id the number of the first row that is left out; all that are greater are left out, too
     */
    public List<AuditRow> entriesBefore(long id, Organiser organiser, Optional<RoomCode> room, int most) {
        String where = organiser.administrator() ? "1 = 1" : MINE;
        TypedQuery<AuditRow> query = entities.createQuery(
                "SELECT a FROM AuditRow a WHERE a.id < ?3 AND " + where + (room.isPresent() ? " AND a.room = ?2" : "")
                        + " ORDER BY a.id DESC",
                AuditRow.class);
        query.setParameter(3, id);
        if (!organiser.administrator()) {
            query.setParameter(1, organiser.name());
        }
        room.ifPresent(code -> query.setParameter(2, code.value()));
        return query.setMaxResults(most).getResultList();
    }

    /** Who changed a poll last; empty where no organiser did. */
    public Optional<AuditRow> latest(String pollId) {
        return entities.createQuery("SELECT a FROM AuditRow a WHERE a.poll = ?1 ORDER BY a.id DESC", AuditRow.class)
                .setParameter(1, pollId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
