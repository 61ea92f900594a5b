package org.votingapp.organiser.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.store.PollRow;

/**
 * Counts the ballots of a poll anew, step by step, and compares them with its tally. A recount stands in Postgres: any organiser
 * server takes the next step, and none is lost with a server. Functions count (V7, V10); this server reads no ballot.
 *
 * <p>Each method is one transaction, a step included.
 */
@ApplicationScoped
@Transactional
public class RecountDesk {

    private static final String LAST = """
            SELECT r.organiser, r.state, r.begun_at, r.ended_at, r.counted, r.final_at, coalesce(i.display_name, r.organiser)
            FROM recount AS r LEFT JOIN organiser_identity AS i ON i.name = r.organiser
            WHERE r.poll_id = ?1
            """;
    private static final String END =
            "UPDATE recount SET state = ?2, ended_at = clock_timestamp() WHERE poll_id = ?1 AND state = 'running'";

    private DeskRows rows;
    private AuditLog audit;

    /** For CDI. */
    protected RecountDesk() {}

    /** Works on these rows, and notes what it does. */
    @Inject
    RecountDesk(DeskRows rows, AuditLog audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * Begins a recount; servers take its steps.
     *
     * @throws UnknownHereException where there is no such poll for this organiser
     * @throws RefusedException where one runs, or the ballots are deleted
     */
    public RecountView begin(Organiser organiser, String id) {
        PollView poll = rows.view(rows.poll(organiser, id));
        if (poll.lostBallots()) {
            throw new RefusedException(Refusal.BALLOTS_GONE);
        }
        boolean begun = (boolean) query("SELECT begin_recount(?1, ?2)", id)
                .setParameter(2, organiser.name())
                .getSingleResult();
        if (!begun) {
            throw new RefusedException(Refusal.RECOUNT_RUNNING);
        }
        return last(poll).orElseThrow();
    }

    /**
     * Ends a recount that runs; one that has ended stays as it is.
     *
     * @throws UnknownHereException where there is no such poll for this organiser, or it was never counted anew
     */
    public RecountView cancel(Organiser organiser, String id) {
        PollView poll = rows.view(rows.poll(organiser, id));
        if (query(END, id).setParameter(2, RecountState.CANCELLED.word()).executeUpdate() > 0) {
            audit.add(organiser, "poll.recountCancelled", poll, "", "");
        }
        return last(poll).orElseThrow(UnknownHereException::address);
    }

    /** The polls whose ballots are being counted. */
    public List<String> running() {
        return ((List<?>) rows.entities()
                        .createNativeQuery("SELECT poll_id FROM recount WHERE state = 'running' ORDER BY begun_at")
                        .getResultList())
                .stream().map(String.class::cast).toList();
    }

    /** Counts the next ballots of a poll; after the last ones, compares and notes the result. Nothing while it rests, or where another server is at it. */
    public void step(String id) {
        if (Boolean.FALSE.equals(query("SELECT step_recount(?1)", id).getSingleResult())) {
            end(rows.view(rows.entities().find(PollRow.class, id)));
        }
    }

    private void end(PollView poll) {
        Object[] row = (Object[]) query(LAST, poll.id()).getSingleResult();
        List<RecountView.Choice> choices = choices(poll);
        RecountState found = compare(poll, instant(row[5]), choices);
        query(END, poll.id()).setParameter(2, found.word()).executeUpdate();
        audit.add(
                new Organiser((String) row[0], false, (String) row[6]),
                RecountSummary.ACTION,
                poll,
                "",
                RecountSummary.of(found, poll, choices).json());
    }

    private static RecountState compare(PollView poll, Optional<Instant> finalAt, List<RecountView.Choice> choices) {
        if (poll.lostBallots()) {
            return RecountState.DELETED;
        }
        // Final when it began, and not opened again since.
        if (finalAt.isEmpty() || !finalAt.equals(poll.finalAt())) {
            return RecountState.UNSETTLED;
        }
        return choices.stream().anyMatch(RecountView.Choice::differs) ? RecountState.DIFFERENT : RecountState.EQUAL;
    }

    /** The last recount of a poll that an organiser may know, if there was one. */
    public Optional<RecountView> last(PollView poll) {
        List<?> found = query(LAST, poll.id()).getResultList();
        return found.stream().map(Object[].class::cast).findFirst().map(row -> {
            RecountState state = RecountState.of((String) row[1]);
            return new RecountView(
                    (String) row[0],
                    (String) row[6],
                    state,
                    instant(row[2]).orElseThrow(),
                    instant(row[3]),
                    ((Number) row[4]).longValue(),
                    poll.total(),
                    state == RecountState.RUNNING ? List.of() : choices(poll));
        });
    }

    private List<RecountView.Choice> choices(PollView poll) {
        Map<String, Long> ballots = new HashMap<>();
        List<?> counted = query("SELECT choice, ballots FROM recounted_choice WHERE poll_id = ?1", poll.id())
                .getResultList();
        counted.stream()
                .map(Object[].class::cast)
                .forEach(row -> ballots.put((String) row[0], ((Number) row[1]).longValue()));
        return poll.options().stream()
                .map(option -> new RecountView.Choice(option, ballots.getOrDefault(option.key(), 0L)))
                .toList();
    }

    private Query query(String sql, String id) {
        EntityManager entities = rows.entities();
        return entities.createNativeQuery(sql).setParameter(1, id);
    }

    /** EclipseLink gives a Timestamp or an OffsetDateTime, by the version of the driver. */
    private static Optional<Instant> instant(Object time) {
        if (time instanceof Timestamp timestamp) {
            return Optional.of(timestamp.toInstant());
        }
        return Optional.ofNullable((OffsetDateTime) time).map(OffsetDateTime::toInstant);
    }
}
