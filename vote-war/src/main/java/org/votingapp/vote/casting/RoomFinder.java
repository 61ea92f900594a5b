package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.web.CodeGuesses;

/** Finds rooms by their codes, and nothing for those who guess codes ({@link CodeGuesses}). Thread-safe. */
@Singleton
public class RoomFinder {

    private final PollDirectory directory;
    private final CodeGuesses guesses;

    /**
     * What came of a question.
     *
     * @param room the room, if there is one by this code
     * @param retryAfterSeconds when the address may ask again; 0 where it got its answer
     */
    public record Found(Optional<Room> room, int retryAfterSeconds) {}

    /** Finds the rooms of this directory. */
    @Inject
    public RoomFinder(PollDirectory directory, CodeGuesses guesses) {
        this.directory = directory;
        this.guesses = guesses;
    }

    /**
     * Finds a room.
     *
     * @param address the client's address
     */
    public Found find(RoomCode code, String address) {
        int wait = guesses.secondsToWait(address, code);
        if (wait > 0) {
            return new Found(Optional.empty(), wait);
        }
        Optional<Room> room = directory.room(code);
        guesses.asked(address, code, room.isPresent());
        return new Found(room, 0);
    }
}
