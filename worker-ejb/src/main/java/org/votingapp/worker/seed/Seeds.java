package org.votingapp.worker.seed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must be registered so that rooms and polls are as the file says. Immutable.
 *
 * <p>Rooms that the file no longer has are not among them: they stay as they are.
 *
 * @param rooms the rooms of the file, in its order
 * @param polls their polls, room by room, in order
 * @param left the ids of polls that leave the order of their room; they stay with their result
 */
public record Seeds(List<RoomSeed> rooms, List<PollSeed> polls, List<String> left) {

    /** Copies the lists. */
    public Seeds {
        rooms = List.copyOf(rooms);
        polls = List.copyOf(polls);
        left = List.copyOf(left);
    }

    /** What changes, a line a room or a poll. */
    public List<String> changes() {
        return Stream.concat(
                        Stream.concat(
                                        rooms.stream().map(RoomSeed::change),
                                        polls.stream().map(PollSeed::change))
                                .flatMap(Optional::stream),
                        left.stream().map("Poll %s leaves its room and keeps its result"::formatted))
                .toList();
    }
}
