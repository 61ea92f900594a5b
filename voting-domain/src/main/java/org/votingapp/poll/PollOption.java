package org.votingapp.poll;

import java.util.Locale;
import java.util.Optional;

/**
 * One answer to a poll.
 *
 * @param key a letter by position: {@code a}, {@code b}, {@code c}, …
 * @param label what people read, such as {@code Cats}; 1 to {@value Poll#LONGEST_LABEL} characters
 * @param firstLabel what they read at first, where an organiser has corrected it since; known to the result server alone
 */
public record PollOption(String key, String label, Optional<String> firstLabel) {

    /** An option with the label that it has always had, as far as is known. */
    public PollOption(String key, String label) {
        this(key, label, Optional.empty());
    }

    /** The key as pages show it: {@code A}. */
    public String letter() {
        return key.toUpperCase(Locale.ROOT);
    }
}
