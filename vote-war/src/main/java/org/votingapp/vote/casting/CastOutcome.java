package org.votingapp.vote.casting;

/**
 * What became of a vote.
 *
 * @param status what became of it
 * @param choice the choice on record for {@code RECORDED}, {@code CHANGED} and {@code ALREADY_VOTED}; else what was asked
 *     for, which may be anything
 * @param retryAfterSeconds when trying again makes sense: for {@code TOO_MANY}, {@code UNAVAILABLE} and {@code UNPUBLISHED}, else 0
 */
public record CastOutcome(CastStatus status, String choice, int retryAfterSeconds) {

    private static final int RETRY_SECONDS = 2;

    /** An outcome after which trying again makes no sense. */
    public static CastOutcome of(CastStatus status, String choice) {
        return new CastOutcome(status, choice, 0);
    }

    /** The poll's rules are not published yet. */
    public static CastOutcome unpublished(String choice) {
        return new CastOutcome(CastStatus.UNPUBLISHED, choice, RETRY_SECONDS);
    }

    /** Nobody knows, and trying again is safe. */
    public static CastOutcome unavailable(String choice) {
        return new CastOutcome(CastStatus.UNAVAILABLE, choice, RETRY_SECONDS);
    }
}
