package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;

/**
 * Finds rooms by their codes, and keeps addresses from guessing codes.
 *
 * <p>An address may ask for {@value #MOST_GUESSES} unknown codes a minute. Then this server answers it nothing about any code
 * until the minute is over, except codes that it found before: whoever shares an address with a guesser stays in the room. One
 * in 387 million / rooms guesses finds a room: with 10,000 rooms an address needs eleven hours a server.
 *
 * <p>Knows the last {@value #MOST_GUESSERS} addresses that guessed, and the last {@value #MOST_VISITS} pairs of an address and
 * a code that it found. Thread-safe.
 */
@Singleton
public class RoomFinder {

    static final int MOST_GUESSES = 60;
    static final int MOST_GUESSERS = 4_096;
    static final int MOST_VISITS = 16_384;

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final PollDirectory directory;
    private final LongSupplier nanos;
    private final Map<String, Guesses> guessers = new Newest<>(MOST_GUESSERS);
    private final Map<Visit, Boolean> visits = new Newest<>(MOST_VISITS);

    private record Visit(String address, RoomCode code) {}

    /** Unknown codes that one address asked for within a minute. */
    private record Guesses(long sinceNanos, int count) {}

    /**
     * What came of a question.
     *
     * @param room the room, if there is one by this code
     * @param retryAfterSeconds when the address may ask again; 0 where it got its answer
     */
    public record Found(Optional<Room> room, int retryAfterSeconds) {}

    /** Finds the rooms of this directory. */
    @Inject
    public RoomFinder(PollDirectory directory) {
        this(directory, System::nanoTime);
    }

    RoomFinder(PollDirectory directory, LongSupplier nanos) {
        this.directory = directory;
        this.nanos = nanos;
    }

    /**
     * Finds a room.
     *
     * @param address the client's address
     */
    public synchronized Found find(RoomCode code, String address) {
        Optional<Room> room = directory.room(code);
        Visit visit = new Visit(address, code);
        long now = nanos.getAsLong();
        Guesses guesses = guessers.get(address);
        if (guesses != null && now - guesses.sinceNanos() >= WINDOW) {
            guessers.remove(address);
            guesses = null;
        }
        if (guesses != null && guesses.count() >= MOST_GUESSES && !(room.isPresent() && visits.containsKey(visit))) {
            long left = WINDOW - (now - guesses.sinceNanos());
            return new Found(Optional.empty(), (int) TimeUnit.NANOSECONDS.toSeconds(left) + 1);
        }
        if (room.isPresent()) {
            visits.put(visit, true);
        } else {
            guessers.put(
                    address,
                    guesses == null ? new Guesses(now, 1) : new Guesses(guesses.sinceNanos(), guesses.count() + 1));
        }
        return new Found(room, 0);
    }

    /** Keeps the entries that were used last. */
    private static final class Newest<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        private final int most;

        Newest(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
