package org.votingapp.testsupport.checker;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One vote as its client saw it.
 *
 * @param voter who voted; empty where a client without a cookie was never told who it is
 * @param asked the choice that was sent
 * @param told what the client was told
 * @param onRecord the choice that it was told is on record, where it was told one
 * @param status the HTTP status, or 0 where there was no answer
 * @param began when the vote was sent, by {@link System#nanoTime}
 * @param ended when its client knew what to know, by the same clock
 */
public record Attempt(
        Optional<UUID> voter, String asked, Told told, Optional<String> onRecord, int status, long began, long ended) {

    /** How long its client waited. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(ended - began);
    }

    /** Whether it may have put its choice on record. */
    public boolean mayHaveBeenTaken() {
        return told == Told.RECORDED || told == Told.CHANGED || told == Told.ON_RECORD || told == Told.NOTHING;
    }

    /** Whether it put its choice on record, as far as its client can tell. */
    public boolean wasTaken() {
        return told == Told.RECORDED
                || told == Told.CHANGED
                || told == Told.ON_RECORD && onRecord.filter(asked::equals).isPresent();
    }
}
