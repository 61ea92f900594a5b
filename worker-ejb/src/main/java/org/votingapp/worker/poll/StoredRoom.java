package org.votingapp.worker.poll;

import org.votingapp.poll.Room;

/**
 * A room with its version.
 *
 * @param room the room, no older than the version
 * @param version counts its changes, from 1
 */
public record StoredRoom(Room room, long version) {}
