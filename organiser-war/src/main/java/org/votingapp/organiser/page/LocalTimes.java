package org.votingapp.organiser.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.PollParts;

/**
 * Times in fields of a form ({@code datetime-local}: HTML, "Local date and time state"), which have no zone. The form says which
 * it is; without a script it is UTC.
 */
final class LocalTimes {

    private LocalTimes() {}

    /** An ISO 8601 time with an offset; what cannot be read stays as it is, and is found wrong later. */
    static String read(String written, String zone) {
        if (written.isBlank()) {
            return "";
        }
        try {
            return LocalDateTime.parse(written.strip())
                    .atZone(zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone))
                    .toInstant()
                    .toString();
        } catch (DateTimeException notATime) {
            return written;
        }
    }

    /** A time in UTC as such a field has it. */
    static String write(Optional<Instant> time) {
        return time.map(instant -> LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC)
                        .toString())
                .orElse("");
    }

    /** The same of a time as {@link #read} gave it. Empty where it could not be read, which is a fault of its field. */
    static String rewrite(String read) {
        try {
            return read.isEmpty() ? "" : write(Optional.of(PollParts.time(read)));
        } catch (PollPartException told) {
            return "";
        }
    }
}
