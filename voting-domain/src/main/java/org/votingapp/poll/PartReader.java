package org.votingapp.poll;

/**
 * Reads a part of a poll or a room, such as those of {@link PollParts}.
 *
 * @param <T> what the part is
 */
@FunctionalInterface
public interface PartReader<T> {

    /**
     * The part that somebody wrote.
     *
     * @throws PollPartException where it is not what it must be
     */
    T read(String written) throws PollPartException;
}
