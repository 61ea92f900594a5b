package org.votingapp.worker.config;

import java.time.Duration;
import java.util.Optional;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * How long ballots are kept once their poll is final ({@code BALLOT_RETENTION}).
 *
 * @param time so long; empty for ever
 */
public record BallotRetention(Optional<Duration> time) {

    /** Long after whatever waited for a dead worker has been recorded. */
    private static final Duration LEAST = Duration.ofHours(1);

    private static final Duration MOST = Duration.ofDays(36_500);

    /**
     * What the setting says; for ever where it is not set.
     *
     * @throws InvalidSettingException where it is anything but a time from an hour to a hundred years
     */
    public static BallotRetention read(Settings settings) {
        String property = "ballot.retention";
        return new BallotRetention(
                settings.optional(property).map(written -> settings.duration(property, LEAST, MOST)));
    }
}
