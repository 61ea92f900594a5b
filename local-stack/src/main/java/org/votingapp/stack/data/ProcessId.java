package org.votingapp.stack.data;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies a process for good, by its id and its start: the system reuses ids.
 *
 * @param pid its id
 * @param started its start, in milliseconds since 1970
 */
public record ProcessId(long pid, long started) {

    /** The pattern of {@link #toString}. */
    public static final Pattern TEXT = Pattern.compile("(\\d{1,18}) (\\d{1,18})");

    /** When the clock is adjusted, the start that the system reports moves with it. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    /** The id of a process. */
    public static ProcessId of(ProcessHandle process) {
        return new ProcessId(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** Parses what {@link #toString} wrote; empty for any other text. */
    public static Optional<ProcessId> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new ProcessId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** The process, where it still runs. */
    public Optional<ProcessHandle> find() {
        Instant then = Instant.ofEpochMilli(started);
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(then, start).abs().compareTo(TOLERANCE) < 0)
                        .orElse(false));
    }

    @Override
    public String toString() {
        return pid + " " + started;
    }
}
