package org.votingapp.testsupport.checker;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to vote, as its client saw it.
 *
 * @param voter the voter; empty if a client without a cookie got no answer
 * @param asked the choice that was sent
 * @param told the answer, in the words of the API
 * @param onRecord the choice on record according to the answer, if it names one
 * @param status the HTTP status; 0 without an answer
 * @param began when the vote was sent, by {@link System#nanoTime}
 * @param ended when the answer came or the client gave up, by the same clock
 */
public record Attempt(
        Optional<UUID> voter, String asked, Told told, Optional<String> onRecord, int status, long began, long ended) {

    /** How long the client waited. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(ended - began);
    }

    /** Whether the server may have recorded this choice. */
    public boolean mayHaveBeenTaken() {
        return told == Told.RECORDED || told == Told.CHANGED || told == Told.ON_RECORD || told == Told.NOTHING;
    }

    /** Whether the server recorded this choice, as far as the client can tell. */
    public boolean wasTaken() {
        return told == Told.RECORDED
                || told == Told.CHANGED
                || told == Told.ON_RECORD && onRecord.filter(asked::equals).isPresent();
    }
}
