package org.votingapp.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as it is put on record: by its id and the moment of its start, since ids are given out again.
 *
 * @param pid its id
 * @param started when it was started, in milliseconds since 1970
 */
record ProcessId(long pid, long started) {

    /** A system whose clock was set since tells the start of a process that much differently. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    static ProcessId of(ProcessHandle process) {
        return new ProcessId(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** Reads what {@link #toString} wrote. */
    static ProcessId parse(String text) {
        String[] parts = text.split(" ");
        return new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
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
