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
import org.votingapp.poll.Hours;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollIds;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.PollSource;
import org.votingapp.poll.PollText;
import org.votingapp.poll.RoomCode;
import org.votingapp.worker.file.PollPlan;
import org.votingapp.worker.file.PollsFile;

/** Collects the polls of a file with the ids of registered ones or new ids. Used by one thread. */
final class PollSeeds {

    private final PollChangeRule rule;
    private final Instant now;
    private final RandomGenerator random;

    private final RegisteredRooms rooms;
    private final Map<String, RoomPoll> registered;
    /** Polls that the file does not name by their id, by room and question. */
    private final Map<Asked, String> unnamed = new HashMap<>();

    private final Set<String> taken;
    private final List<PollSeed> seeds = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private record Asked(RoomCode room, String question) {
        static Asked of(RoomCode room, String question) {
            return new Asked(room, PollText.composed(question));
        }
    }

    PollSeeds(PollsFile file, RegisteredRooms registered, PollChangeRule rule, Instant now, RandomGenerator random) {
        this.rule = rule;
        this.now = now;
        this.random = random;
        this.rooms = registered;
        this.registered = registered.polls().stream().collect(toMap(PollSeeds::id, Function.identity()));
        Set<String> named = file.rooms().stream()
                .flatMap(room -> room.polls().stream())
                .flatMap(poll -> poll.id().stream())
                .collect(Collectors.toSet());
        Set<String> inOrder = registered.rooms().stream()
                .flatMap(room -> room.polls().stream())
                .collect(Collectors.toSet());
        for (RoomPoll poll : registered.polls()) {
            if (poll.room().isPresent() && !named.contains(id(poll))) {
                Asked asked =
                        Asked.of(poll.room().get(), poll.registered().poll().question());
                // Of several rounds of one question, the file's one that the room still has.
                boolean isBetter = poll.configured().isPresent() && inOrder.contains(id(poll));
                unnamed.merge(asked, id(poll), (one, other) -> isBetter ? other : one);
            }
        }
        this.taken = new HashSet<>(this.registered.keySet());
        taken.addAll(named);
    }

    private static String id(RoomPoll poll) {
        return poll.registered().poll().id();
    }

    /** Adds the next poll of a room, and tells its id. */
    String add(PollPlan plan, RoomCode room, int position) {
        String id = plan.id()
                .or(() -> Optional.ofNullable(unnamed.get(Asked.of(room, plan.question()))))
                .orElseGet(() -> newId(plan.question()));
        Optional<RoomPoll> before = Optional.ofNullable(registered.get(id));
        Poll configured = plan.poll(id);
        Poll poll = before.map(known -> configured.withHours(configured
                        .hours()
                        .unlessSteered(known.registered().poll().hours(), known.configured())))
                .orElse(configured);
        before.flatMap(RoomPoll::room)
                .filter(home -> !home.equals(room) && rooms.owned().contains(home))
                .ifPresent(home -> refusals.add(
                        "Poll %s is in room %s, which belongs to an organiser. Give the file's poll another id."
                                .formatted(id, home)));
        try {
            seeds.add(new PollSeed(
                    poll,
                    configured.hours(),
                    plan.results(),
                    room,
                    position,
                    before.isPresent(),
                    change(before, poll, plan, room)));
        } catch (PollRefusedException refused) {
            refusals.add(refused.getMessage());
        }
        return id;
    }

    private String newId(String question) {
        String id;
        do {
            id = PollIds.random(question, random);
        } while (!taken.add(id));
        return id;
    }

    private Optional<String> change(Optional<RoomPoll> before, Poll poll, PollPlan plan, RoomCode room)
            throws PollRefusedException {
        if (before.isEmpty()) {
            return Optional.of("Poll %s in room %s is new".formatted(poll.id(), room));
        }
        List<String> changes = new ArrayList<>();
        rule.checkReopening(before.get().registered(), poll, before.get().ballotsDeleted(), now);
        rule.check(before.get().registered(), poll, PollSource.FILE, now).line().ifPresent(changes::add);
        rule.checkResults(before.get().registered(), before.get().results(), plan.results(), PollSource.FILE)
                .ifPresent(changes::add);
        if (plan.poll(poll.id())
                .hours()
                .endSteering(
                        before.get().registered().poll().hours(), before.get().configured())) {
            changes.add(Hours.STEERING_ENDS);
        }
        Optional<RoomCode> home = before.get().room();
        if (!home.equals(Optional.of(room))) {
            changes.add("Poll %s moves: room %s → %s"
                    .formatted(poll.id(), home.map(RoomCode::value).orElse("none"), room));
        }
        return changes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", changes));
    }

    /** Refuses the file for this reason, too. */
    void refuse(String why) {
        refusals.add(why);
    }

    /** Whether an organiser has put this poll away. */
    boolean isArchived(String id) {
        return registered.containsKey(id) && registered.get(id).archived();
    }

    /** Whether an organiser made this poll. */
    boolean isOrganisers(String id) {
        return registered.containsKey(id) && registered.get(id).configured().isEmpty();
    }

    /** All of them, in the order in which they were added. */
    List<PollSeed> all() throws SeedingRefusedException {
        if (!refusals.isEmpty()) {
            throw new SeedingRefusedException(refusals);
        }
        return seeds;
    }
}
