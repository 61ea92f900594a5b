package org.votingapp.worker.stream;

import java.util.Comparator;

/**
 * The id of a stream entry: a time in milliseconds and a number within it, both unsigned 64-bit (Redis, "Streams", entry
 * IDs). Later entries have greater ids.
 *
 * @param millis milliseconds since 1970, unsigned; what Redis' clock said, or whatever a writer gave
 * @param sequence the number within the millisecond, unsigned
 */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    /** Before every entry. */
    public static final EntryId ZERO = new EntryId(0, 0);
    /** After every entry. */
    public static final EntryId LAST = new EntryId(-1, -1);

    private static final Comparator<EntryId> ORDER = Comparator.comparing(EntryId::millis, Long::compareUnsigned)
            .thenComparing(EntryId::sequence, Long::compareUnsigned);

    /**
     * The id that is written as {@code <millis>-<sequence>}.
     *
     * @throws IllegalArgumentException where the text is not an id
     */
    public static EntryId parse(String text) {
        int hyphen = text.indexOf('-');
        if (hyphen < 0) {
            throw new IllegalArgumentException("not the id of a stream entry: " + text);
        }
        return new EntryId(
                Long.parseUnsignedLong(text, 0, hyphen, 10),
                Long.parseUnsignedLong(text, hyphen + 1, text.length(), 10));
    }

    /** The id just before this one; nothing comes before {@link #ZERO}. */
    public EntryId previous() {
        if (equals(ZERO)) {
            return ZERO;
        }
        return sequence == 0 ? new EntryId(millis - 1, -1) : new EntryId(millis, sequence - 1);
    }

    @Override
    public int compareTo(EntryId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }
}
