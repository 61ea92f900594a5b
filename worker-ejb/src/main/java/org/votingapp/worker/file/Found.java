package org.votingapp.worker.file;

/**
 * A part of a room or a poll, and where it stands.
 *
 * @param <T> what the part is
 */
record Found<T>(T value, Place place) {}
