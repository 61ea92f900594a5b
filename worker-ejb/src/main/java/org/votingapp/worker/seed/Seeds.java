package org.votingapp.worker.seed;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.votingapp.poll.RoomCode;

/**
 * What must be registered so that rooms and polls are as the file says. Immutable.
 *
 * <p>Rooms that the file no longer has are not among them: they stay as they are.
 *
 * @param rooms the rooms of the file, in its order
 * @param polls their polls, room by room, in order
 * @param deleted the file's rooms that are left out, since they were deleted
 * @param left the ids of polls that leave the order of their room; they stay with their result
 */
public record Seeds(List<RoomSeed> rooms, List<PollSeed> polls, List<RoomCode> deleted, List<String> left) {

    /** Copies the lists. */
    public Seeds {
        rooms = List.copyOf(rooms);
        polls = List.copyOf(polls);
        deleted = List.copyOf(deleted);
        left = List.copyOf(left);
    }

    /** What changes and what cannot, a line a room or a poll. */
    public List<String> changes() {
        return Stream.of(
                        rooms.stream().map(RoomSeed::change).flatMap(Optional::stream),
                        polls.stream().map(PollSeed::change).flatMap(Optional::stream),
                        left.stream().map("Poll %s leaves its room and keeps its result"::formatted),
                        deleted.stream()
                                .map("Room %s was deleted and stays so; take it out of the file of polls"::formatted))
                .flatMap(Function.identity())
                .toList();
    }
}
