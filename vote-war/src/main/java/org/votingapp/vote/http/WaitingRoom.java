package org.votingapp.vote.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the request bodies that are still arriving, in number and bytes, so that a few addresses cannot exhaust the memory.
 *
 * <p>Any address may take the first {@value #PLACES} places. The last {@value #RESERVED} are reserved for addresses with
 * fewer than {@value #FEW} places. A body's first {@value #PLACE} bytes are part of its place; all further bytes come from a
 * common budget of {@value #ROOM} bytes. Thread-safe.
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

    /** One arriving body. For one thread at a time. */
    final class Place {

        private final String address;
        private int bytes;
        private boolean left;

        private Place(String address) {
            this.address = address;
        }

        /** Reserves this many further bytes; false if the budget is exhausted. */
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

        /** Releases the place and its bytes. Idempotent. */
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
     * Takes a place for a body from this address.
     *
     * @return empty if no place is left for the address
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
