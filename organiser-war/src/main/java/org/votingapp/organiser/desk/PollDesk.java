package org.votingapp.organiser.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.form.PollForm;
import org.votingapp.organiser.store.OptionRow;
import org.votingapp.organiser.store.PollRow;
import org.votingapp.organiser.store.RoomRow;
import org.votingapp.organiser.store.TallyRow;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollIds;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RoomCode;

/**
 * The polls of a room: written, worded, copied, archived and brought back. A form has been validated before.
 *
 * <p>A method that changes or copies a poll takes the version that the organiser saw, if they say, and throws
 * {@link ChangedMeanwhileException} where the poll has another one by now.
 */
@ApplicationScoped
@Transactional
public class PollDesk {

    /** The most polls in the list of a room. */
    static final int MOST_POLLS = 100;
    /** The most polls of a room, archived ones included. */
    static final int MOST_EVER = 1_000;

    /** How long before it opens a poll must be written that takes votes with codes alone. */
    private static final Duration CODES_AHEAD = Duration.ofMinutes(1);

    private final SecureRandom random = new SecureRandom();
    private DeskRows rows;
    private AuditLog audit;

    /** For CDI. */
    protected PollDesk() {}

    /** Works on these rows, and notes what it does. */
    @Inject
    PollDesk(DeskRows rows, AuditLog audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * A poll.
     *
     * @throws UnknownHereException where there is none for this organiser
     */
    public PollView poll(Organiser organiser, String id) {
        return rows.view(rows.poll(organiser, id));
    }

    /**
     * Writes a poll at the end of a room. The first one of a room is on stage.
     *
     * @throws RefusedException where the room has as many as one may have
     */
    public PollView create(Organiser organiser, RoomCode code, PollForm form) {
        RoomRow room = rows.lockedRoom(organiser, code);
        checkCloses(form.poll("").closes());
        checkCodesFirst(form, false);
        PollRow made = add(
                room,
                form.poll(newId(form.getQuestion())),
                form.rule(),
                form.isNeedsCode(),
                end(code),
                1,
                Optional.empty());
        return noted(organiser, "poll.created", made, "");
    }

    /** Copies a poll, which waits at the end of its room. */
    public PollView duplicate(Organiser organiser, String id, OptionalLong version) {
        PollRow original = rows.lockedPoll(organiser, id, version);
        RoomRow room = roomOf(organiser, original);
        PollView view = rows.view(original);
        PollRow made =
                add(room, copy(view), view.results().rule(), view.needsCode(), end(room.code()), 1, Optional.empty());
        return noted(organiser, "poll.duplicated", made, id);
    }

    /** Asks a poll again: a new one of the next round, which waits behind the old one, which takes no more votes. */
    public PollView askAgain(Organiser organiser, String id, OptionalLong version) {
        PollRow old = rows.lockedPoll(organiser, id, version);
        RoomRow room = roomOf(organiser, old);
        PollView view = rows.view(old);
        if (view.step() == PollStep.OPEN) {
            old.close(rows.now());
            audit.add(organiser, "poll.closed", view, view.step().word(), PollStep.COUNTING.word());
        }
        int place = old.position().map(position -> position + 1).orElseGet(() -> end(room.code()));
        rows.entities()
                .createQuery("SELECT p FROM PollRow p WHERE p.room = ?1 AND p.position >= ?2", PollRow.class)
                .setParameter(1, room.code().value())
                .setParameter(2, place)
                .getResultList()
                .forEach(behind -> behind.move(behind.position().orElseThrow() + 1));
        PollRow made = add(
                room,
                copy(view),
                view.results().rule(),
                view.needsCode(),
                place,
                old.round() + 1,
                Optional.of(old.id()));
        return noted(organiser, "poll.askedAgain", made, id);
    }

    /**
     * Words a poll anew. Once people may have voted, it takes what betrays nobody.
     *
     * @throws RefusedException where it would betray voters
     */
    public PollView change(Organiser organiser, String id, OptionalLong version, PollForm form) {
        PollRow row = rows.lockedPoll(organiser, id, version);
        roomOf(organiser, row);
        PollView before = rows.view(row);
        if (before.archived()) {
            throw new RefusedException(Refusal.ARCHIVED);
        }
        Poll after = form.poll(id);
        if (before.free()) {
            checkCloses(after.closes());
            checkCodesFirst(form, before.needsCode() && before.codePublished());
            row.take(after, form.rule(), form.isNeedsCode());
            writeOptions(before, after);
        } else {
            if (before.needsCode() != form.isNeedsCode()) {
                throw new RefusedException(Refusal.FIXED_CODES);
            }
            WordingRule.check(before, after, form.rule());
            row.follow(form.rule());
            if (!before.step().isClosed() && !before.closes().equals(after.closes())) {
                checkCloses(after.closes());
                row.closeAt(after.closes());
            }
            correctLabels(before, after);
        }
        return noted(organiser, "poll.changed", row, PollSummary.of(before).json());
    }

    /**
     * Takes a poll out of the list and off the stage. Its result keeps its address.
     *
     * @throws RefusedException where it takes votes
     */
    public PollView archive(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        RoomRow room = roomOf(organiser, poll);
        PollView before = rows.view(poll);
        if (before.step() == PollStep.OPEN) {
            throw new RefusedException(Refusal.OPEN_STILL);
        }
        if (before.archived()) {
            throw new RefusedException(Refusal.ARCHIVED);
        }
        poll.archive(rows.now());
        if (before.onStage()) {
            room.putOnStage(next(room.code(), id));
        }
        PollView after = rows.view(poll);
        audit.add(organiser, "poll.archived", after, "", "");
        return after;
    }

    /**
     * Puts an archived poll back at the end of the list of its room, and on stage where that is empty.
     *
     * @throws RefusedException where it is not archived, or the room's list is full
     */
    public PollView restore(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        RoomRow room = roomOf(organiser, poll);
        if (!poll.isArchived()) {
            throw new RefusedException(Refusal.NOT_ARCHIVED);
        }
        if (listed(room.code()) >= MOST_POLLS) {
            throw new RefusedException(Refusal.TOO_MANY_POLLS);
        }
        poll.restore(end(room.code()));
        if (room.stage().isEmpty()) {
            room.putOnStage(Optional.of(id));
        }
        PollView after = rows.view(poll);
        audit.add(organiser, "poll.restored", after, "", "");
        return after;
    }

    private long listed(RoomCode room) {
        return rows.entities()
                .createQuery("SELECT COUNT(p.position) FROM PollRow p WHERE p.room = ?1", Long.class)
                .setParameter(1, room.value())
                .getSingleResult();
    }

    private Optional<String> next(RoomCode room, String without) {
        return rows.entities()
                .createQuery(
                        "SELECT p.id FROM PollRow p WHERE p.room = ?1 AND p.position IS NOT NULL AND p.id <> ?2 ORDER BY p.position, p.id",
                        String.class)
                .setParameter(1, room.value())
                .setParameter(2, without)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private PollView noted(Organiser organiser, String action, PollRow poll, String before) {
        PollView after = rows.view(poll);
        audit.add(organiser, action, after, before, PollSummary.of(after).json());
        return after;
    }

    private RoomRow roomOf(Organiser organiser, PollRow poll) {
        return rows.room(organiser, poll.room().orElseThrow(() -> new RefusedException(Refusal.HOUSE)));
    }

    private void checkCloses(Optional<Instant> closes) {
        if (closes.filter(time -> !time.isAfter(rows.now())).isPresent()) {
            throw new RefusedException(Refusal.CLOSES_IN_PAST);
        }
    }

    /**
     * A worker of an earlier release publishes a poll without its codes. So one opens with codes only once a worker has published
     * that it needs them, which takes a second where all workers are of this release.
     */
    private void checkCodesFirst(PollForm form, boolean published) {
        Optional<Instant> opens = form.poll("").opens();
        if (form.isNeedsCode()
                && !published
                && opens.filter(time -> time.isBefore(rows.now().plus(CODES_AHEAD)))
                        .isPresent()) {
            throw new RefusedException(Refusal.CODES_FIRST);
        }
    }

    private String newId(String question) {
        String id = PollIds.random(question, random);
        while (rows.entities().find(PollRow.class, id) != null) {
            id = PollIds.random(question, random);
        }
        return id;
    }

    /** The same question, which waits. */
    private Poll copy(PollView poll) {
        return new Poll(
                newId(poll.question()),
                poll.question(),
                poll.language(),
                poll.options().stream()
                        .map(option -> new PollOption(option.key(), option.label()))
                        .toList(),
                poll.revote(),
                Optional.of(Poll.WAITING),
                Optional.empty());
    }

    private int end(RoomCode room) {
        Integer last = rows.entities()
                .createQuery("SELECT MAX(p.position) FROM PollRow p WHERE p.room = ?1", Integer.class)
                .setParameter(1, room.value())
                .getSingleResult();
        return last == null ? 0 : last + 1;
    }

    private PollRow add(
            RoomRow room,
            Poll poll,
            ResultsRule rule,
            boolean needsCode,
            int position,
            int round,
            Optional<String> askedBefore) {
        EntityManager entities = rows.entities();
        Object[] counts = entities.createQuery(
                        "SELECT COUNT(p.id), COUNT(p.position) FROM PollRow p WHERE p.room = ?1", Object[].class)
                .setParameter(1, room.code().value())
                .getSingleResult();
        if (((Number) counts[0]).intValue() >= MOST_EVER || ((Number) counts[1]).intValue() >= MOST_POLLS) {
            throw new RefusedException(Refusal.TOO_MANY_POLLS);
        }
        PollRow row = new PollRow(poll.id(), room.code(), position, round, askedBefore);
        row.take(poll, rule, needsCode);
        entities.persist(row);
        // Each row before those that refer to it.
        entities.flush();
        for (PollOption option : poll.options()) {
            addOption(poll.id(), option, poll.options().indexOf(option));
        }
        if (room.stage().isEmpty()) {
            room.putOnStage(Optional.of(poll.id()));
        }
        entities.flush();
        return row;
    }

    private void addOption(String pollId, PollOption option, int position) {
        rows.entities().persist(new OptionRow(pollId, option.key(), option.label(), position));
        rows.entities().flush();
        rows.entities().persist(new TallyRow(pollId, option.key()));
    }

    private List<OptionRow> options(String pollId) {
        return rows.entities()
                .createQuery(
                        "SELECT o FROM OptionRow o WHERE o.id.pollId = ?1 ORDER BY o.position, o.id.key",
                        OptionRow.class)
                .setParameter(1, pollId)
                .getResultList();
    }

    /** Writes the options of a poll for which nobody can have voted. */
    private void writeOptions(PollView before, Poll after) {
        EntityManager entities = rows.entities();
        List<OptionRow> old = options(before.id());
        for (int at = 0; at < Math.max(old.size(), after.options().size()); at++) {
            if (at >= after.options().size()) {
                OptionRow left = old.get(at);
                entities.createQuery("DELETE FROM TallyRow t WHERE t.id.pollId = ?1 AND t.id.key = ?2")
                        .setParameter(1, left.pollId())
                        .setParameter(2, left.key())
                        .executeUpdate();
                entities.remove(left);
            } else if (at >= old.size()) {
                addOption(after.id(), after.options().get(at), at);
            } else {
                old.get(at).word(after.options().get(at).label());
            }
        }
    }

    private void correctLabels(PollView before, Poll after) {
        for (OptionRow option : options(before.id())) {
            String label = after.option(option.key()).orElseThrow().label();
            if (!option.label().equals(label)) {
                option.correct(label);
            }
        }
    }
}
