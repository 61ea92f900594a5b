package org.votingapp.runtime.health;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a {@link TimedCheck}: up or down, and facts for the health page.
 *
 * @param up whether operations are likely to succeed
 * @param facts names and values (String, Long or Boolean), in the order to show; never a secret
 */
public record Finding(boolean up, Map<String, Object> facts) {

    /** Copies the facts in their order. */
    public Finding {
        facts = new LinkedHashMap<>(facts);
    }

    /** The store works. */
    public static Finding up(Map<String, Object> facts) {
        return new Finding(true, facts);
    }

    /** The store does not work, for this reason. */
    public static Finding down(String reason) {
        return new Finding(false, Map.of("reason", reason));
    }
}
