package org.votingapp.runtime.health;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link TimedCheck} found: whether all is well, and facts for whoever looks.
 *
 * @param up whether operations are likely to succeed
 * @param facts names and values (String, Long or Boolean), in the order to show; never a secret
 */
public record Finding(boolean up, Map<String, Object> facts) {

    /** Copies the facts, keeping their order. */
    public Finding {
        facts = new LinkedHashMap<>(facts);
    }

    /** All is well. */
    public static Finding up(Map<String, Object> facts) {
        return new Finding(true, facts);
    }

    /** It is not, for this reason. */
    public static Finding down(String reason) {
        return new Finding(false, Map.of("reason", reason));
    }
}
