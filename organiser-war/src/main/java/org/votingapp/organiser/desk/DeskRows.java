package org.votingapp.organiser.desk;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.Config;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.store.CodeBatchRow;
import org.votingapp.organiser.store.OptionRow;
import org.votingapp.organiser.store.PollRow;
import org.votingapp.organiser.store.PostgresClock;
import org.votingapp.organiser.store.RoomRow;
import org.votingapp.organiser.store.TallyRow;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.Settings;

/**
 * Finds rows of which an organiser may know, within the caller's transaction. Another organiser's room is not there for them.
 *
 * <p>Whoever changes something locks the room first and the poll then, so that no two wait for each other.
 */
@ApplicationScoped
class DeskRows {

    @PersistenceContext(unitName = "organiser")
    private EntityManager entities;

    private PostgresClock clock;
    private String housePoll;

    /** For CDI. */
    protected DeskRows() {}

    @Inject
    DeskRows(PostgresClock clock, Config config) {
        this.clock = clock;
        this.housePoll = PollSettings.id(Settings.from(config));
    }

    EntityManager entities() {
        return entities;
    }

    /** The batches of a poll's voter codes, the newest first. */
    List<CodeBatchRow> codeBatches(String pollId) {
        return entities.createQuery(
                        "SELECT b FROM CodeBatchRow b WHERE b.pollId = ?1 ORDER BY b.madeAt DESC, b.id",
                        CodeBatchRow.class)
                .setParameter(1, pollId)
                .getResultList();
    }

    Instant now() {
        return clock.now();
    }

    /** @throws UnknownHereException where there is none for this organiser */
    RoomRow room(Organiser organiser, RoomCode code) {
        return known(organiser, code, LockModeType.NONE);
    }

    RoomRow lockedRoom(Organiser organiser, RoomCode code) {
        return known(organiser, code, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The same. {@code version} is what the organiser saw, if they say. */
    RoomRow lockedRoom(Organiser organiser, RoomCode code, OptionalLong version) {
        RoomRow room = lockedRoom(organiser, code);
        if (version.isPresent() && version.getAsLong() != room.version()) {
            throw new ChangedMeanwhileException("room " + code, room.version());
        }
        return room;
    }

    private RoomRow known(Organiser organiser, RoomCode code, LockModeType lock) {
        RoomRow room = entities.find(RoomRow.class, code.value(), lock);
        if (room == null || room.isDeleted() || !mayKnow(organiser, room.owner())) {
            throw new UnknownHereException("room " + code);
        }
        return room;
    }

    private static boolean mayKnow(Organiser organiser, Optional<String> owner) {
        return organiser.administrator()
                || owner.filter(organiser.name()::equals).isPresent();
    }

    /** @throws UnknownHereException where there is none for this organiser */
    PollRow poll(Organiser organiser, String id) {
        return known(organiser, id, LockModeType.NONE);
    }

    /** The same, locked with its room. */
    PollRow lockedPoll(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = known(organiser, id, LockModeType.PESSIMISTIC_WRITE);
        if (version.isPresent() && version.getAsLong() != poll.version()) {
            throw new ChangedMeanwhileException("poll " + id, poll.version());
        }
        return poll;
    }

    private PollRow known(Organiser organiser, String id, LockModeType lock) {
        List<String> rooms = entities.createQuery(
                        "SELECT COALESCE(p.room, ?2) FROM PollRow p WHERE p.id = ?1", String.class)
                .setParameter(1, id)
                .setParameter(2, RoomCode.HOUSE.value())
                .getResultList();
        if (rooms.isEmpty()) {
            throw new UnknownHereException("poll " + id);
        }
        RoomCode room = new RoomCode(rooms.get(0));
        if (!room.equals(RoomCode.HOUSE)) {
            known(organiser, room, lock);
        } else if (!organiser.administrator()) {
            throw new UnknownHereException("poll " + id);
        }
        return entities.find(PollRow.class, id, lock);
    }

    /** The poll as its organiser sees it, with all that this transaction has written. */
    PollView view(PollRow poll) {
        entities.flush();
        // Triggers have counted its version.
        entities.refresh(poll);
        return views(List.of(poll)).get(0);
    }

    /** Polls of one room. */
    List<PollView> views(Collection<PollRow> polls) {
        if (polls.isEmpty()) {
            return List.of();
        }
        List<String> ids = polls.stream().map(PollRow::id).toList();
        Map<String, List<OptionRow>> options = entities.createQuery(
                        "SELECT o FROM OptionRow o WHERE o.id.pollId IN ?1 ORDER BY o.position, o.id.key",
                        OptionRow.class)
                .setParameter(1, ids)
                .getResultStream()
                .collect(groupingBy(OptionRow::pollId));
        Map<String, Map<String, Long>> votes = entities.createQuery(
                        "SELECT t FROM TallyRow t WHERE t.id.pollId IN ?1", TallyRow.class)
                .setParameter(1, ids)
                .getResultStream()
                .collect(groupingBy(TallyRow::pollId, toMap(TallyRow::key, TallyRow::votes)));
        Optional<String> stage = polls.iterator()
                .next()
                .room()
                .map(code -> entities.find(RoomRow.class, code.value()).stage())
                .orElse(Optional.of(housePoll));
        Instant now = now();
        return polls.stream()
                .map(poll -> view(
                        poll,
                        options.getOrDefault(poll.id(), List.of()),
                        votes.getOrDefault(poll.id(), Map.of()),
                        stage.filter(poll.id()::equals).isPresent(),
                        now))
                .toList();
    }

    private static PollView view(
            PollRow poll, List<OptionRow> options, Map<String, Long> votes, boolean onStage, Instant now) {
        PollStep step = PollStep.of(poll, now);
        return new PollView(
                poll.id(),
                poll.room().orElse(RoomCode.HOUSE),
                poll.question(),
                poll.language(),
                options.stream()
                        .map(option -> new OptionView(
                                option.key(),
                                option.label(),
                                option.firstLabel().orElse(""),
                                votes.getOrDefault(option.key(), 0L)))
                        .toList(),
                poll.revote(),
                poll.results(),
                poll.waits() ? Optional.empty() : poll.opens(),
                poll.closes(),
                step,
                onStage,
                poll.isArchived(),
                poll.hasLostItsBallots(),
                poll.round(),
                poll.askedBefore(),
                poll.version(),
                poll.publishedVersion(),
                poll.publishedAt(),
                step == PollStep.FINAL ? poll.finalAt() : Optional.empty(),
                now,
                poll.needsCode(),
                poll.isCodePublished());
    }
}
