package org.votingapp.organiser.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.form.RoomForm;
import org.votingapp.organiser.store.PollRow;
import org.votingapp.organiser.store.RoomRow;
import org.votingapp.poll.RoomCode;

/** The rooms of an organiser. */
@ApplicationScoped
@Transactional
public class RoomDesk {

    /** The most rooms of an organiser. */
    static final int MOST_ROOMS = 200;
    /** The most rooms that a list shows an administrator. */
    private static final int MOST_SHOWN = 500;
    /** The most polls of a room that are read. */
    private static final int MOST_POLLS_READ = 1_000;

    private static final String LINES = """
            SELECT r, (SELECT COUNT(p) FROM PollRow p WHERE p.room = r.code AND p.position IS NOT NULL),
                (SELECT COUNT(q) FROM PollRow q WHERE q.room = r.code AND q.position IS NOT NULL
                    AND (q.opens IS NULL OR q.opens <= :now) AND (q.closes IS NULL OR q.closes > :now))
            FROM RoomRow r WHERE r.deletedAt IS NULL AND (:all = TRUE OR r.owner = :name)
                AND (CASE WHEN r.archivedAt IS NULL THEN FALSE ELSE TRUE END) = :archived
            ORDER BY r.createdAt DESC, r.code
            """;

    private final SecureRandom random = new SecureRandom();
    private DeskRows rows;
    private AuditLog audit;

    /** For CDI. */
    protected RoomDesk() {}

    /** Works on these rows, and notes what it does. */
    @Inject
    RoomDesk(DeskRows rows, AuditLog audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /** The rooms that an organiser may know, the newest first; for administrators the house room before them. */
    public List<RoomLine> rooms(Organiser organiser) {
        List<RoomLine> lines = new ArrayList<>();
        if (organiser.administrator()) {
            List<PollView> polls = house().polls();
            long open =
                    polls.stream().filter(poll -> poll.step() == PollStep.OPEN).count();
            lines.add(new RoomLine(RoomCode.HOUSE, "", polls.size(), open));
        }
        lines.addAll(lines(organiser, false));
        return lines;
    }

    /** The rooms that have left the list, the newest first. */
    public List<RoomLine> archived(Organiser organiser) {
        return lines(organiser, true);
    }

    private List<RoomLine> lines(Organiser organiser, boolean archived) {
        List<RoomLine> lines = new ArrayList<>();
        TypedQuery<Object[]> query = rows.entities()
                .createQuery(LINES, Object[].class)
                .setParameter("now", rows.now().atOffset(ZoneOffset.UTC))
                .setParameter("archived", archived)
                .setParameter("all", organiser.administrator())
                .setParameter("name", organiser.name())
                .setMaxResults(MOST_SHOWN);
        for (Object[] row : query.getResultList()) {
            RoomRow room = (RoomRow) row[0];
            lines.add(new RoomLine(
                    room.code(), room.title(), ((Number) row[1]).longValue(), ((Number) row[2]).longValue()));
        }
        return lines;
    }

    /**
     * A room with its polls.
     *
     * @throws UnknownHereException where there is none for this organiser
     */
    public RoomView room(Organiser organiser, RoomCode code) {
        if (code.equals(RoomCode.HOUSE)) {
            if (!organiser.administrator()) {
                throw new UnknownHereException("room " + code);
            }
            return house();
        }
        return view(rows.room(organiser, code));
    }

    private RoomView house() {
        List<PollRow> polls = rows.entities()
                .createQuery(
                        "SELECT p FROM PollRow p WHERE p.room IS NULL AND p.archivedAt IS NULL ORDER BY p.id",
                        PollRow.class)
                .setMaxResults(MOST_POLLS_READ)
                .getResultList();
        List<PollView> views = rows.views(polls).stream()
                .sorted(Comparator.comparing(PollView::onStage).reversed())
                .toList();
        return new RoomView(RoomCode.HOUSE, "", Optional.empty(), 0, false, views, List.of());
    }

    private RoomView view(RoomRow room) {
        List<PollRow> polls = polls(room.code());
        List<PollRow> archived = rows.entities()
                .createQuery(
                        "SELECT p FROM PollRow p WHERE p.room = ?1 AND p.archivedAt IS NOT NULL ORDER BY p.archivedAt DESC",
                        PollRow.class)
                .setParameter(1, room.code().value())
                .setMaxResults(MOST_POLLS_READ)
                .getResultList();
        return new RoomView(
                room.code(),
                room.title(),
                room.owner(),
                room.version(),
                room.isArchived(),
                rows.views(polls),
                rows.views(archived));
    }

    private List<PollRow> polls(RoomCode room) {
        return rows.entities()
                .createQuery(
                        "SELECT p FROM PollRow p WHERE p.room = ?1 AND p.position IS NOT NULL ORDER BY p.position, p.id",
                        PollRow.class)
                .setParameter(1, room.value())
                .setMaxResults(MOST_POLLS_READ)
                .getResultList();
    }

    /**
     * Makes a room with a code that nobody can guess, and that no room has ever had.
     *
     * @throws RefusedException where the organiser has as many as one may have
     */
    public RoomView create(Organiser organiser, RoomForm form) {
        long has = rows.entities()
                .createQuery("SELECT COUNT(r) FROM RoomRow r WHERE r.owner = ?1 AND r.deletedAt IS NULL", Long.class)
                .setParameter(1, organiser.name())
                .getSingleResult();
        if (has >= MOST_ROOMS) {
            throw new RefusedException(Refusal.TOO_MANY_ROOMS);
        }
        RoomCode code = RoomCode.random(random);
        while (rows.entities().find(RoomRow.class, code.value()) != null) {
            code = RoomCode.random(random);
        }
        RoomRow room = new RoomRow(code, form.getTitle(), organiser.name());
        rows.entities().persist(room);
        audit.add(organiser, "room.created", Optional.of(code), Optional.empty(), "", form.getTitle());
        return refreshed(room);
    }

    private RoomView refreshed(RoomRow room) {
        rows.entities().flush();
        rows.entities().refresh(room);
        return view(room);
    }

    /**
     * Gives a room another title.
     *
     * @param version what the organiser saw, if they say
     * @throws ChangedMeanwhileException where it has another one by now
     */
    public RoomView rename(Organiser organiser, RoomCode code, OptionalLong version, RoomForm form) {
        RoomRow room = rows.lockedRoom(organiser, code, version);
        if (!room.title().equals(form.getTitle())) {
            audit.add(organiser, "room.renamed", Optional.of(code), Optional.empty(), room.title(), form.getTitle());
            room.call(form.getTitle());
        }
        return refreshed(room);
    }

    /**
     * Takes a room out of the list of rooms. Its address stays, and so do its results.
     *
     * @param version what the organiser saw, if they say
     * @throws ChangedMeanwhileException where it has another one by now
     * @throws RefusedException where one of its polls takes votes
     */
    public RoomView archive(Organiser organiser, RoomCode code, OptionalLong version) {
        RoomRow room = rows.lockedRoom(organiser, code, version);
        if (room.isArchived()) {
            throw new RefusedException(Refusal.ROOM_ARCHIVED);
        }
        if (view(room).polls().stream().anyMatch(poll -> poll.step() == PollStep.OPEN)) {
            throw new RefusedException(Refusal.OPEN_STILL);
        }
        room.archive(rows.now());
        audit.add(organiser, "room.putAway", Optional.of(code), Optional.empty(), "", "");
        return refreshed(room);
    }

    /**
     * Puts an archived room back into the list of rooms.
     *
     * @param version what the organiser saw, if they say
     * @throws ChangedMeanwhileException where it has another one by now
     * @throws RefusedException where it is in it
     */
    public RoomView restore(Organiser organiser, RoomCode code, OptionalLong version) {
        RoomRow room = rows.lockedRoom(organiser, code, version);
        if (!room.isArchived()) {
            throw new RefusedException(Refusal.ROOM_NOT_ARCHIVED);
        }
        room.restore();
        audit.add(organiser, "room.restored", Optional.of(code), Optional.empty(), "", "");
        return refreshed(room);
    }

    /**
     * Moves a poll of a room by one place.
     *
     * @param earlier towards the beginning
     */
    public RoomView move(Organiser organiser, String pollId, boolean earlier) {
        PollRow moved = rows.lockedPoll(organiser, pollId, OptionalLong.empty());
        RoomCode code = moved.room().orElseThrow(() -> new RefusedException(Refusal.HOUSE));
        List<PollRow> order = new ArrayList<>(polls(code));
        int from = order.indexOf(moved);
        int to = from + (earlier ? -1 : 1);
        if (from >= 0 && to >= 0 && to < order.size()) {
            order.remove(moved);
            order.add(to, moved);
            for (int position = 0; position < order.size(); position++) {
                order.get(position).move(position);
            }
            audit.add(
                    organiser,
                    "poll.moved",
                    Optional.of(code),
                    Optional.of(pollId),
                    Integer.toString(from + 1),
                    Integer.toString(to + 1));
        }
        return refreshed(rows.room(organiser, code));
    }

    /**
     * Deletes a room with all its polls. Whoever opens its address reads that it was deleted; the workers delete its ballots.
     *
     * @param version what the organiser saw, if they say
     * @param typed its code as the organiser typed it, in any case
     * @throws ChangedMeanwhileException where it has another version by now
     * @throws RefusedException where another code was typed
     */
    public void delete(Organiser organiser, RoomCode code, OptionalLong version, String typed) {
        RoomRow room = rows.lockedRoom(organiser, code, version);
        if (RoomCode.parse(typed.strip()).filter(code::equals).isEmpty()) {
            throw new RefusedException(Refusal.OTHER_CODE);
        }
        Instant now = rows.now();
        audit.add(organiser, "room.deleted", Optional.of(code), Optional.empty(), room.title(), "");
        List<PollRow> polls = rows.entities()
                .createQuery("SELECT p FROM PollRow p WHERE p.room = ?1", PollRow.class)
                .setParameter(1, code.value())
                .getResultList();
        for (PollRow poll : polls) {
            poll.end(now);
            poll.archive(now);
        }
        room.delete(now);
        rows.entities().flush();
    }
}
