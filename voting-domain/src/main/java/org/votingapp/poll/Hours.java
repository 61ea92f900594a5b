package org.votingapp.poll;

import java.time.Instant;
import java.util.Optional;

/**
 * When a poll takes votes. Immutable.
 *
 * @param opens when it opens, if it has not always been open
 * @param closes when it closes, if ever
 */
public record Hours(Optional<Instant> opens, Optional<Instant> closes) {

    /** What to log where {@link #endSteering}. */
    public static final String STEERING_ENDS =
            "the organiser's hours end, since configuration gives others than before";

    /**
     * The hours that a registered poll gets: these, as configured now, or the registered ones as long as configuration says what it
     * said before. So what an organiser has opened and closed stands when servers restart.
     *
     * @param registered the poll's hours by now
     * @param configured the hours that configuration gave before; empty where it gave none
     */
    public Hours unlessSteered(Hours registered, Optional<Hours> configured) {
        return configured.equals(Optional.of(this)) ? registered : this;
    }

    /** Whether an organiser's hours end by these, since configuration gives others than before; as {@link #unlessSteered}. */
    public boolean endSteering(Hours registered, Optional<Hours> configured) {
        return configured
                .filter(before -> !before.equals(this) && !before.equals(registered))
                .isPresent();
    }
}
