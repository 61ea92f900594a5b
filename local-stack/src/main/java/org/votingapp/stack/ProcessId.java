package org.votingapp.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process as it is put on record: by its id and the moment of its start, since ids are given out again.
 *
 * @param pid its id
 * @param started when it was started, in milliseconds since 1970
 */
record ProcessId(long pid, long started) {

    /** What {@link #toString} writes. */
    static final Pattern TEXT = Pattern.compile("(\\d{1,18}) (\\d{1,18})");

    /** A system whose clock was set since tells the start of a process that much differently. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    static ProcessId of(ProcessHandle process) {
        return new ProcessId(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** What {@link #toString} wrote; empty where the text is none of that kind. */
    static Optional<ProcessId> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new ProcessId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** The process, where it still runs. */
    Optional<ProcessHandle> find() {
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
