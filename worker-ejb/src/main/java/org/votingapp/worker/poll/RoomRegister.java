package org.votingapp.worker.poll;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.RoomCode;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.seed.PollSeed;
import org.votingapp.worker.seed.RegisteredRooms;
import org.votingapp.worker.seed.RoomPoll;
import org.votingapp.worker.seed.RoomSeed;
import org.votingapp.worker.seed.Seeding;
import org.votingapp.worker.seed.SeedingRefusedException;
import org.votingapp.worker.seed.Seeds;
import org.votingapp.worker.store.StoreAwayException;

/** Writes the rooms and polls of a file into Postgres, and reads rooms. Each method is one transaction. */
@Stateless
public class RoomRegister {

    private static final SecureRandom RANDOM = new SecureRandom();

    @PersistenceContext
    private EntityManager entities;

    /**
     * What the file would change, without changing it. The codes and ids that it makes are others at each call.
     *
     * @throws SeedingRefusedException where the rule does not allow it
     */
    public Seeds plan(PollsFile file, PollChangeRule rule) throws StoreAwayException, SeedingRefusedException {
        try {
            return Seeding.of(file, registered(Map.of()), rule, Instant.now(), RANDOM);
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Makes rooms and polls as the file says; those that it does not have stay.
     *
     * @param unrecorded by poll, votes that wait to be recorded
     * @return what was written
     * @throws SeedingRefusedException where the rule does not allow it; then nothing changes
     */
    public Seeds seed(PollsFile file, PollChangeRule rule, Map<String, Long> unrecorded)
            throws StoreAwayException, SeedingRefusedException {
        try {
            RegistrationLock.take(entities);
            Seeds seeds = Seeding.of(file, registered(unrecorded), rule, Instant.now(), RANDOM);
            seeds.rooms().forEach(this::writeRoom);
            entities.flush();
            writePolls(seeds.polls());
            seeds.left().forEach(id -> entities.find(PollEntity.class, id).leave());
            for (RoomSeed seed : seeds.rooms()) {
                List<String> polls = seed.room().polls();
                polls.forEach(id -> entities.find(PollEntity.class, id).move(polls.indexOf(id)));
                room(seed).putOnStage(seed.room().stage());
            }
            return seeds;
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    private PollRows rows() {
        return new PollRows(entities);
    }

    private void writeRoom(RoomSeed seed) {
        RoomEntity room = room(seed);
        if (room == null) {
            room = new RoomEntity(seed.room().code());
            entities.persist(room);
        }
        room.place(seed.room().title(), seed.position());
    }

    private RoomEntity room(RoomSeed seed) {
        return entities.find(RoomEntity.class, seed.room().code().value());
    }

    private void writePolls(List<PollSeed> seeds) {
        List<Poll> changed = new ArrayList<>();
        for (PollSeed seed : seeds) {
            PollEntity before = entities.find(PollEntity.class, seed.poll().id());
            if (before != null && seed.change().isEmpty()) {
                before.configure(seed.configured());
                continue;
            }
            if (before != null && before.closesOtherwiseThan(seed.poll())) {
                rows().takeBackFinal(seed.poll().id());
            }
            entities.merge(new PollEntity(seed.poll(), seed.results(), seed.configured(), seed.room()));
            changed.add(seed.poll());
        }
        rows().writeOptions(changed);
    }

    private RegisteredRooms registered(Map<String, Long> unrecorded) {
        Map<PollEntity, RegisteredPoll> polls = rows().all();
        Map<RoomCode, List<String>> order = polls.keySet().stream()
                .filter(PollEntity::isInRoom)
                .sorted(PollEntity.IN_ORDER)
                .collect(groupingBy(poll -> poll.room().orElseThrow(), mapping(PollEntity::id, toList())));
        List<RoomEntity> rooms = entities.createQuery("SELECT r FROM RoomEntity r", RoomEntity.class)
                .getResultList();
        return new RegisteredRooms(
                rooms.stream()
                        .map(room -> room.withPolls(order.getOrDefault(room.code(), List.of())))
                        .toList(),
                rooms.stream().filter(RoomEntity::isOwned).map(RoomEntity::code).collect(toSet()),
                polls.entrySet().stream()
                        .map(poll -> new RoomPoll(
                                poll.getValue()
                                        .withUnrecorded(unrecorded.getOrDefault(
                                                poll.getKey().id(), 0L)),
                                poll.getKey().results(),
                                poll.getKey().room(),
                                poll.getKey().ballotsDeleted(),
                                poll.getKey().isArchived(),
                                poll.getKey().configured()))
                        .toList());
    }

    /** How far each room has come. */
    public List<RoomVersion> versions() throws StoreAwayException {
        try {
            return entities.createQuery("SELECT r FROM RoomEntity r", RoomEntity.class)
                    .getResultStream()
                    .map(RoomEntity::version)
                    .toList();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** A room with its version; empty where there is none. */
    public Optional<StoredRoom> stored(RoomCode code) throws StoreAwayException {
        try {
            // The room first: what changes meanwhile has a later version, and is published again.
            RoomEntity room = entities.find(RoomEntity.class, code.value());
            if (room == null) {
                return Optional.empty();
            }
            List<String> polls = entities.createQuery(
                            "SELECT p.id FROM PollEntity p WHERE p.room = ?1 AND p.position IS NOT NULL ORDER BY p.position, p.id",
                            String.class)
                    .setParameter(1, code.value())
                    .getResultList();
            return Optional.of(
                    new StoredRoom(room.withPolls(polls), room.version().version()));
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** Notes that Redis has this version of a room, or a later one; the time is that of the first such call. */
    public void published(RoomCode code, long version) throws StoreAwayException {
        try {
            entities.createNativeQuery("UPDATE room SET published_version = ?2, published_at = clock_timestamp()"
                            + " WHERE code = ?1 AND published_version < ?2")
                    .setParameter(1, code.value())
                    .setParameter(2, version)
                    .executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** Gives a room the version after this one, unless it has a later one. */
    public void overtake(RoomCode code, long version) throws StoreAwayException {
        try {
            entities.createNativeQuery("UPDATE room SET version = ?2 + 1 WHERE code = ?1 AND version <= ?2")
                    .setParameter(1, code.value())
                    .setParameter(2, version)
                    .executeUpdate();
        } catch (PersistenceException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }
}
