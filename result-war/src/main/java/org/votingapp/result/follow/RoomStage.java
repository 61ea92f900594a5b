package org.votingapp.result.follow;

import java.util.Optional;
import org.votingapp.poll.RoomCode;

/**
 * One reading of a room from the store.
 *
 * @param code the room
 * @param poll the id of the poll on stage; empty where there is none
 * @param deleted whether its organiser has deleted the room
 */
public record RoomStage(RoomCode code, Optional<String> poll, boolean deleted) {}
