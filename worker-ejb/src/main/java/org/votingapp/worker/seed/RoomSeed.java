package org.votingapp.worker.seed;

import java.util.Optional;
import org.votingapp.poll.Room;

/**
 * A room of the file as it must be registered.
 *
 * @param room the room, with its polls in order, those that organisers added included, and the one on stage
 * @param position its place among the rooms of the file, from 0
 * @param change what is new about it, in a line; empty where nothing is
 */
public record RoomSeed(Room room, int position, Optional<String> change) {}
