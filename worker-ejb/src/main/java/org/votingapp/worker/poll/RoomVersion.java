package org.votingapp.worker.poll;

import org.votingapp.poll.RoomCode;

/**
 * How often a room has changed.
 *
 * @param code the room
 * @param version counts its changes, from 1
 */
public record RoomVersion(RoomCode code, long version) {}
