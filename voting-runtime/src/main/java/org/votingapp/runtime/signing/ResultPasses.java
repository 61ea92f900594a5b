package org.votingapp.runtime.signing;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * Passes by which the result server knows who has voted: the vote server puts one into its link to a poll's result.
 *
 * <p>A pass is {@code <hour>.<signature>}: the hour in which it expires, counted from 1970, and the signature of poll and hour
 * ({@code RESULT_PASS_KEY}). It is valid for one poll and at least {@link #LIFE}. All voters of an hour have the same one, so it
 * tells nobody apart. Thread-safe.
 */
public final class ResultPasses {

    /** The name of the parameter of an address. */
    public static final String PARAMETER = "pass";
    /** The characters of the longest pass. */
    public static final int LONGEST = 9 + 1 + SigningKeys.SIGNATURE_LENGTH;
    /** How long a pass is valid, and at most an hour longer. */
    public static final Duration LIFE = Duration.ofHours(12);

    private static final Pattern WRITTEN =
            Pattern.compile("([1-9][0-9]{0,8})\\.([A-Za-z0-9_-]{" + SigningKeys.SIGNATURE_LENGTH + "})");

    private static final String PROPERTY = "result.pass-key";

    private final SigningKeys keys;
    private final Clock clock;

    private ResultPasses(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * With the configured keys; empty where there are none: nobody then has a pass.
     *
     * @throws InvalidSettingException if a key is too short; the message does not contain it
     */
    public static Optional<ResultPasses> read(Settings settings, Clock clock) {
        return settings.optional(PROPERTY).map(set -> new ResultPasses(SigningKeys.read(settings, PROPERTY), clock));
    }

    /** A pass for whoever has voted in this poll; letters, digits, and characters that an address takes as they are. */
    public String give(String pollId) {
        long expires = hour() + 1 + LIFE.toHours();
        return expires + "." + keys.sign(textOf(pollId, expires));
    }

    /** Whether this is a pass for this poll that has not expired. */
    public boolean isValid(String pass, String pollId) {
        Matcher parts = WRITTEN.matcher(pass);
        if (!parts.matches()) {
            return false;
        }
        long expires = Long.parseLong(parts.group(1));
        return hour() < expires && keys.isGenuine(textOf(pollId, expires), parts.group(2));
    }

    private long hour() {
        return clock.instant().getEpochSecond() / Duration.ofHours(1).toSeconds();
    }

    private static String textOf(String pollId, long expires) {
        return "result-pass:" + pollId + ":" + expires;
    }
}
