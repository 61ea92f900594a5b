package org.votingapp.vote.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may wait, and with how much, so that no few addresses can take the room of all others.
 *
 * <p>The first {@value #PLACES} places are anybody's; the last {@value #RESERVED} are for addresses of which fewer than
 * {@value #FEW} wait. Each place has {@value #PLACE} bytes; what is beyond takes of {@value #ROOM} bytes for all.
 * Thread-safe.
 */
final class WaitingRoom {

    static final int PLACES = 1_000;
    static final int RESERVED = 500;
    static final int FEW = 5;

    static final int PLACE = 512;
    static final int ROOM = 8 * 1024 * 1024;

    private final Map<String, Integer> byAddress = new HashMap<>();
    private int waiting;
    private int room = ROOM;

    /** A place in the room; used by one thread at a time. */
    final class Place {

        private final String address;
        private int bytes;
        private boolean left;

        private Place(String address) {
            this.address = address;
        }

        /** Whether there is room for so many bytes more; if so, they are taken. */
        boolean takes(int more) {
            synchronized (WaitingRoom.this) {
                int beyond = beyond(bytes + more) - beyond(bytes);
                if (left || beyond > room) {
                    return false;
                }
                room -= beyond;
                bytes += more;
                return true;
            }
        }

        /** Gives the place and its bytes back; once is enough. */
        void leave() {
            synchronized (WaitingRoom.this) {
                if (!left) {
                    left = true;
                    waiting--;
                    room += beyond(bytes);
                    byAddress.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
                }
            }
        }

        private static int beyond(int bytes) {
            return Math.max(0, bytes - PLACE);
        }
    }

    /**
     * A place for one more of an address.
     *
     * @return nothing where all that it may have are taken
     */
    synchronized Optional<Place> enter(String address) {
        int same = byAddress.getOrDefault(address, 0);
        if (waiting >= PLACES && (waiting >= PLACES + RESERVED || same >= FEW)) {
            return Optional.empty();
        }
        waiting++;
        byAddress.put(address, same + 1);
        return Optional.of(new Place(address));
    }
}
