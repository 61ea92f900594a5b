package org.votingapp.organiser.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.store.PollRow;

/** Reads how a poll is going, from the tables in which workers keep it (V7): this server never talks to Redis. */
@ApplicationScoped
@Transactional
public class LiveDesk {

    /** How many minutes are shown. */
    public static final int MINUTES = 30;

    private static final int MOST_REASONS = 10;

    /**
     * The votes at the end of each minute, from the one before the first that is shown. Without a row a minute ends as the one before.
     */
    private static final String PACE = """
            SELECT (SELECT coalesce(max(p.votes), 0) FROM vote_pace p WHERE p.poll_id = ?1 AND p.minute <= m.minute)
            FROM generate_series(date_trunc('minute', now()) - make_interval(mins => ?2), date_trunc('minute', now()),
                interval '1 minute') AS m (minute)
            ORDER BY m.minute
            """;

    private static final String BOOKS = """
            SELECT p.voters, p.votes, b.pending, b.delay_millis,
                CAST(extract(epoch FROM greatest(p.changed_at, b.changed_at)) * 1000 AS bigint)
            FROM ballot_books b LEFT JOIN poll_books p ON p.poll_id = ?1
            """;

    private static final String REJECTED = """
            SELECT reason, count(*) FROM rejected_ballot WHERE poll_id = ?1 GROUP BY reason ORDER BY 2 DESC, 1 LIMIT ?2
            """;

    private DeskRows rows;

    /** For CDI. */
    protected LiveDesk() {}

    /** Finds polls among these rows. */
    @Inject
    LiveDesk(DeskRows rows) {
        this.rows = rows;
    }

    /**
     * How a poll is going.
     *
     * @throws UnknownHereException where there is none for this organiser
     */
    public LiveView live(Organiser organiser, String id) {
        PollRow poll = rows.poll(organiser, id);
        Optional<Object[]> books = rows(query(BOOKS, poll.id())).stream().findFirst();
        return new LiveView(
                pace(poll.id()),
                number(books, 0),
                number(books, 1),
                number(books, 2).orElse(0),
                number(books, 3),
                rows(query(REJECTED, poll.id()).setParameter(2, MOST_REASONS)).stream()
                        .map(row -> new LiveView.Rejected((String) row[0], ((Number) row[1]).longValue()))
                        .toList(),
                books.map(row -> Instant.ofEpochMilli(((Number) row[4]).longValue())));
    }

    private List<Long> pace(String id) {
        List<?> ends = query(PACE, id).setParameter(2, MINUTES).getResultList();
        List<Long> pace = new ArrayList<>();
        for (int minute = 1; minute < ends.size(); minute++) {
            pace.add(((Number) ends.get(minute)).longValue() - ((Number) ends.get(minute - 1)).longValue());
        }
        return pace;
    }

    private static OptionalLong number(Optional<Object[]> row, int column) {
        return row.map(found -> (Number) found[column]).stream()
                .mapToLong(Number::longValue)
                .findFirst();
    }

    private static List<Object[]> rows(Query query) {
        List<?> found = query.getResultList();
        return found.stream().map(Object[].class::cast).toList();
    }

    private Query query(String sql, String id) {
        return rows.entities().createNativeQuery(sql).setParameter(1, id);
    }
}
