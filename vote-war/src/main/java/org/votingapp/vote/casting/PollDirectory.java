package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.Pseudonyms;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.poll.VoterId;

/**
 * The polls and rooms that this server knows: the house room's poll by {@link HousePoll}, all others as they are published.
 *
 * <p>Knows at most {@value #MOST} polls and as many rooms, and logs where there are more. Never forgets one, so a poll whose
 * rules Redis has lost is one that takes no votes for a while, and not an unknown one. Thread-safe; one thread tells it what is
 * published.
 */
@Singleton
public class PollDirectory {

    static final int MOST = 10_000;

    private static final Logger LOG = Logger.getLogger(PollDirectory.class.getName());

    private final HousePoll house;
    private final Map<String, Known> polls = new ConcurrentHashMap<>();
    private final Map<RoomCode, Room> rooms = new ConcurrentHashMap<>();

    private volatile boolean withoutDefinitions;
    private boolean toldFull;

    private record Known(PollDefinition definition, UnaryOperator<VoterId> names) {}

    /** Knows this poll and no room. */
    @Inject
    public PollDirectory(HousePoll house) {
        this.house = house;
    }

    /** The house room's poll. */
    public OfferedPoll house() {
        Poll poll = house.poll();
        Optional<Known> known = Optional.ofNullable(polls.get(poll.id()));
        Optional<UnaryOperator<VoterId>> names = known.map(Known::names);
        return new OfferedPoll(
                poll,
                known.map(one -> one.definition().results()).orElse(ResultsRule.LIVE),
                house::now,
                // All polls of the release before have ballots with voters' own ids.
                names.isEmpty() && withoutDefinitions ? Optional.of(UnaryOperator.identity()) : names);
    }

    /** A room other than the house room. */
    public Optional<Room> room(RoomCode code) {
        return Optional.ofNullable(rooms.get(code));
    }

    /** The poll on stage in a room; empty where there is none, or where it is not known yet. */
    public Optional<OfferedPoll> onStage(Room room) {
        return room.stage().flatMap(this::poll);
    }

    /** A poll by its id. */
    public Optional<OfferedPoll> poll(String id) {
        if (id.equals(house.poll().id())) {
            return Optional.of(house());
        }
        return Optional.ofNullable(polls.get(id))
                .map(known -> new OfferedPoll(
                        known.definition().poll(),
                        known.definition().results(),
                        house::now,
                        // Without a key of its own, names would lead from codes to ballots.
                        Optional.of(known.names())
                                .filter(names -> known.definition().voterKey().isPresent()
                                        || !known.definition().needsCode()),
                        known.definition().needsCode()));
    }

    /** Whether a poll's room is deleted, and so the poll. */
    public boolean isDeleted(String id) {
        return Optional.ofNullable(polls.get(id))
                .flatMap(known -> known.definition().room())
                .flatMap(this::room)
                .filter(Room::deleted)
                .isPresent();
    }

    /** Takes over what the ballot box knows of the house room's poll. */
    void learn(BallotBox.Look look) {
        house.learn(look.now(), look.registered());
        withoutDefinitions = look.registered().isPresent() && !look.defined();
    }

    /** Takes over what is published. */
    void learn(BallotBox.Published published) {
        published.polls().forEach(this::learn);
        // Its polls beside the one on stage would only need memory: voters see one.
        published.rooms().stream()
                .filter(room -> !room.code().equals(RoomCode.HOUSE))
                .filter(room -> mayKeep(room.code(), rooms))
                .forEach(room -> rooms.put(
                        room.code(),
                        new Room(
                                room.code(),
                                room.title(),
                                room.stage().map(List::of).orElse(List.of()),
                                room.stage(),
                                room.deleted())));
    }

    private void learn(PollDefinition definition) {
        String id = definition.poll().id();
        Known former = polls.get(id);
        if (former != null && !former.definition().voterKey().equals(definition.voterKey())) {
            // With another key, each voter could vote again.
            LOG.severe("Poll %s has another voter key than before; its new definition is left out".formatted(id));
        } else if (mayKeep(id, polls) && (former == null || !former.definition().equals(definition))) {
            polls.put(id, new Known(definition, former == null ? names(definition) : former.names()));
        }
    }

    private static UnaryOperator<VoterId> names(PollDefinition definition) {
        return definition
                .voterKey()
                .map(Pseudonyms::withKey)
                .<UnaryOperator<VoterId>>map(pseudonyms -> pseudonyms::of)
                .orElse(UnaryOperator.identity());
    }

    private <K> boolean mayKeep(K key, Map<K, ?> known) {
        boolean room = known.size() < MOST || known.containsKey(key);
        if (!room && !toldFull) {
            toldFull = true;
            LOG.severe("There are more than %d polls or rooms; this server knows none of the others".formatted(MOST));
        }
        return room;
    }
}
