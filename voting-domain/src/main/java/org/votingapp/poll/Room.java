package org.votingapp.poll;

import java.util.List;
import java.util.Optional;

/**
 * What a link leads to: polls in order, one of them on stage. Immutable.
 *
 * @param code its address
 * @param title what people call it; 1 to {@value #LONGEST_TITLE} characters
 * @param polls the ids of its polls, in order
 * @param stage the id of the poll that its voters and watchers see, one of {@code polls}; empty only where there is none
 * @param deleted whether its organiser has deleted it; its code stays taken
 */
public record Room(RoomCode code, String title, List<String> polls, Optional<String> stage, boolean deleted) {

    /** The longest title, in characters. */
    public static final int LONGEST_TITLE = 100;

    /** A room that is not deleted. */
    public Room(RoomCode code, String title, List<String> polls, Optional<String> stage) {
        this(code, title, polls, stage, false);
    }

    /**
     * Copies the polls.
     *
     * @throws IllegalArgumentException where a poll is on stage that the room does not have
     */
    public Room {
        polls = List.copyOf(polls);
        if (stage.isPresent() && !polls.contains(stage.get())) {
            throw new IllegalArgumentException("room %s has no poll %s".formatted(code, stage.get()));
        }
    }
}
