package org.votingapp.worker.seed;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollText;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.worker.file.PollPlan;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.file.RoomPlan;

/**
 * Finds out what a file of rooms and polls changes, and makes the codes and ids that it leaves out.
 *
 * <p>A room without a code is the registered one of its title, a poll without an id the registered one of its question in that
 * room, unless the file names that one elsewhere. So what is made once is kept, and seeding again changes nothing. Used once, by
 * one thread.
 */
public final class Seeding {

    private final PollsFile file;
    private final RegisteredRooms registered;
    private final RandomGenerator random;
    private final PollSeeds polls;

    private final Map<RoomCode, Room> rooms;
    /** Rooms that the file does not name by their code. */
    private final Map<String, Room> unnamed = new HashMap<>();

    private final Set<RoomCode> taken;

    private Seeding(
            PollsFile file, RegisteredRooms registered, PollChangeRule rule, Instant now, RandomGenerator random) {
        this.file = file;
        this.registered = registered;
        this.random = random;
        this.polls = new PollSeeds(file, registered, rule, now, random);
        this.rooms = registered.rooms().stream().collect(toMap(Room::code, Function.identity()));
        Set<RoomCode> named =
                file.rooms().stream().flatMap(plan -> plan.code().stream()).collect(Collectors.toSet());
        for (Room room : registered.rooms()) {
            if (!named.contains(room.code()) && !isOwned(room) && !room.deleted()) {
                unnamed.putIfAbsent(PollText.composed(room.title()), room);
            }
        }
        this.taken = new HashSet<>(rooms.keySet());
        taken.addAll(named);
    }

    /**
     * What must be registered.
     *
     * @param file what the file says
     * @param registered what is registered, read in the transaction that writes the changes
     * @param rule whether changes may give votes another meaning
     * @param random secure, since codes should not be guessed
     * @throws SeedingRefusedException where the rule does not allow the change of a poll; then nothing may be registered
     */
    public static Seeds of(
            PollsFile file, RegisteredRooms registered, PollChangeRule rule, Instant now, RandomGenerator random)
            throws SeedingRefusedException {
        return new Seeding(file, registered, rule, now, random).seeds();
    }

    private Seeds seeds() throws SeedingRefusedException {
        List<RoomSeed> seeds = new ArrayList<>();
        List<RoomCode> deleted = new ArrayList<>();
        for (RoomPlan plan : file.rooms()) {
            Optional<Room> before = plan.code().isPresent()
                    ? plan.code().map(rooms::get)
                    : Optional.ofNullable(unnamed.get(PollText.composed(plan.title())));
            if (before.filter(this::isOwned).isPresent()) {
                polls.refuse("Room %s belongs to an organiser. Give the file's room another code."
                        .formatted(before.get().code()));
            } else if (before.filter(Room::deleted).isPresent()) {
                deleted.add(before.get().code());
                continue;
            }
            seeds.add(room(plan, before, seeds.size()));
        }
        return new Seeds(seeds, polls.all(), deleted, left(seeds));
    }

    private boolean isOwned(Room room) {
        return registered.owned().contains(room.code());
    }

    private RoomSeed room(RoomPlan plan, Optional<Room> before, int position) {
        RoomCode code = plan.code().or(() -> before.map(Room::code)).orElseGet(this::newCode);
        List<String> ids = new ArrayList<>();
        for (PollPlan poll : plan.polls()) {
            ids.add(polls.add(poll, code, ids.size()));
        }
        ids.removeIf(polls::isArchived);
        List<String> all = withOrganisers(ids, before.map(Room::polls).orElse(List.of()));
        // What the file leaves open stays as it is, as long as it can.
        Optional<String> stage = plan.stage()
                .filter(all::contains)
                .or(() -> before.flatMap(Room::stage).filter(all::contains))
                .or(() -> ids.stream().findFirst());
        Room room = new Room(code, plan.title(), all, stage);
        return new RoomSeed(room, position, change(before, room));
    }

    /** The file's polls and those that organisers added: where these were, or last where the file's order changes. */
    private List<String> withOrganisers(List<String> ids, List<String> before) {
        List<String> old = before.stream()
                .filter(id -> ids.contains(id) || polls.isOrganisers(id))
                .toList();
        return old.stream().filter(ids::contains).toList().equals(ids)
                ? old
                : Stream.concat(ids.stream(), old.stream().filter(id -> !ids.contains(id)))
                        .toList();
    }

    private RoomCode newCode() {
        RoomCode code;
        do {
            code = RoomCode.random(random);
        } while (!taken.add(code));
        return code;
    }

    private static Optional<String> change(Optional<Room> before, Room after) {
        if (before.isEmpty()) {
            return Optional.of("Room %s \"%s\" is new".formatted(after.code(), after.title()));
        }
        List<String> changes = new ArrayList<>();
        Room old = before.get();
        if (!old.title().equals(after.title())) {
            changes.add("title \"%s\" → \"%s\"".formatted(old.title(), after.title()));
        }
        if (!old.polls().equals(after.polls())) {
            changes.add("polls %s → %s".formatted(String.join(", ", old.polls()), String.join(", ", after.polls())));
        }
        if (!old.stage().equals(after.stage())) {
            changes.add("on stage %s → %s"
                    .formatted(old.stage().orElse("none"), after.stage().orElse("none")));
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of("Room %s changes: %s".formatted(after.code(), String.join("; ", changes)));
    }

    /** The polls of the file's rooms that are in none of them now; those of rooms that left the file stay in their order. */
    private List<String> left(List<RoomSeed> seeds) {
        Set<String> kept =
                seeds.stream().flatMap(seed -> seed.room().polls().stream()).collect(Collectors.toSet());
        return seeds.stream()
                .flatMap(seed -> Optional.ofNullable(rooms.get(seed.room().code())).stream())
                .flatMap(room -> room.polls().stream())
                .filter(id -> !kept.contains(id))
                .toList();
    }
}
