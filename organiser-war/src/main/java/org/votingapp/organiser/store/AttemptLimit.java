package org.votingapp.organiser.store;

import java.time.Duration;

/**
 * How often somebody may try: some failures are free, then each makes the next try wait twice as long as the one before, up to a
 * limit. After {@link #FORGOTTEN} without a try all is forgotten.
 *
 * @param subject who or what is counted, such as {@code address 192.0.2.7}
 * @param free failures that cost no time
 * @param longest the longest wait
 */
public record AttemptLimit(String subject, int free, Duration longest) {

    /** After so long without a try, failures are forgotten. */
    public static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private static final int MOST_DOUBLED = 20;

    /**
     * How long the next try still has to wait.
     *
     * @param failures so far
     * @param age of the last one
     * @return zero where it may be now
     */
    Duration pause(int failures, Duration age) {
        if (failures < free || age.compareTo(FORGOTTEN) >= 0) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures - free, MOST_DOUBLED));
        Duration left = (doubled.compareTo(longest) < 0 ? doubled : longest).minus(age);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
