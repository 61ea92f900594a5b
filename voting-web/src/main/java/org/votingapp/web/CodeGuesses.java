package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.votingapp.poll.RoomCode;

/**
 * Keeps clients from guessing the codes of rooms and of voters.
 *
 * <p>An address may ask for {@value #MOST_GUESSES} unknown codes a minute. Then it is answered nothing about any code until the
 * minute is over, except codes that it found before: whoever shares an address with a guesser stays in the room. One in 387
 * million / rooms guesses finds a room: with 10,000 rooms an address needs eleven hours a server.
 *
 * <p>Knows the last {@value #MOST_GUESSERS} addresses that guessed, and the last {@value #MOST_VISITS} pairs of an address and a
 * code that it found. Thread-safe.
 */
@Singleton
public class CodeGuesses {

    static final int MOST_GUESSES = 60;
    static final int MOST_GUESSERS = 4_096;
    static final int MOST_VISITS = 16_384;

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<String, Guesses> guessers = new Newest<>(MOST_GUESSERS);
    private final Map<Visit, Boolean> visits = new Newest<>(MOST_VISITS);

    private record Visit(String address, String code) {}

    /** Unknown codes that one address asked for within a minute. */
    private record Guesses(long sinceNanos, int count) {}

    /** Begins with no address. */
    @Inject
    public CodeGuesses() {
        this(System::nanoTime);
    }

    CodeGuesses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** For how many seconds an address is answered nothing about a code; 0 where it is answered. */
    public int secondsToWait(String address, RoomCode code) {
        return secondsToWait(address, code.value());
    }

    /** The same for any other code. */
    public synchronized int secondsToWait(String address, String code) {
        long now = nanos.getAsLong();
        Guesses guesses = guessers.get(address);
        if (guesses == null || visits.containsKey(new Visit(address, code))) {
            return 0;
        }
        long left = WINDOW - (now - guesses.sinceNanos());
        if (left <= 0) {
            guessers.remove(address);
            return 0;
        }
        return guesses.count() < MOST_GUESSES ? 0 : (int) TimeUnit.NANOSECONDS.toSeconds(left) + 1;
    }

    /** An address has asked for a code; notes whether there is such a room. */
    public void asked(String address, RoomCode code, boolean isThere) {
        asked(address, code.value(), isThere);
    }

    /** The same for any other code. */
    public synchronized void asked(String address, String code, boolean isThere) {
        if (isThere) {
            visits.put(new Visit(address, code), true);
        } else {
            guessers.merge(
                    address,
                    new Guesses(nanos.getAsLong(), 1),
                    (before, first) -> new Guesses(before.sinceNanos(), before.count() + 1));
        }
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
