package org.votingapp.poll;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the parts of polls and rooms as people write them, in a setting, in a file or in a form.
 *
 * <p>Each method expects text without spaces around it, and throws {@link PollPartException} where it is not what it must be.
 */
public final class PollParts {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    /** The longest language tag that every implementation must accept (RFC 5646, section 4.4.1). */
    private static final int LONGEST_LANGUAGE = 35;

    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private PollParts() {}

    /** The id of a poll. */
    public static String id(String written) throws PollPartException {
        if (!ID.matcher(written).matches()) {
            throw new PollPartException("1 to 63 lower-case letters, digits and hyphens, such as cats-vs-dogs");
        }
        return written;
    }

    /** The code of a room other than the house room, in any case. */
    public static RoomCode code(String written) throws PollPartException {
        return RoomCode.parse(written)
                .orElseThrow(() -> new PollPartException(
                        "%d characters of %s, such as KXT4M7".formatted(RoomCode.LENGTH, RoomCode.ALPHABET)));
    }

    /** A question, a label or a title: text on one line, something to see, of so many characters at most. */
    public static String text(String written, int longest) throws PollPartException {
        Optional<String> fault = PollText.fault(written, longest);
        if (fault.isPresent()) {
            throw new PollPartException(
                    "1 to %d characters of text on one line; it %s".formatted(longest, fault.get()));
        }
        return written;
    }

    /** A language tag in its canonical case. */
    public static String language(String written) throws PollPartException {
        try {
            if (!written.isEmpty() && written.length() <= LONGEST_LANGUAGE) {
                return new Locale.Builder().setLanguageTag(written).build().toLanguageTag();
            }
        } catch (IllformedLocaleException illFormed) {
            throw wrongLanguage();
        }
        throw wrongLanguage();
    }

    private static PollPartException wrongLanguage() {
        return new PollPartException("a language tag (BCP 47) of at most %d characters, such as en, pt-BR or zh-Hant"
                .formatted(LONGEST_LANGUAGE));
    }

    /**
     * Options with these labels, which get their keys by position.
     *
     * @param form how a list is written, to follow "2 to 10 labels"
     */
    public static List<PollOption> options(List<String> labels, String form) throws PollPartException {
        List<PollOption> options = new ArrayList<>();
        for (String label : labels) {
            int number = options.size() + 1;
            Optional<String> fault = PollText.fault(label, Poll.LONGEST_LABEL);
            if (fault.isPresent()) {
                throw new PollPartException("labels of 1 to %d characters each; label %d %s"
                        .formatted(Poll.LONGEST_LABEL, number, fault.get()));
            }
            options.add(new PollOption(Poll.keyAt(options.size()), label));
        }
        if (labels.size() < Poll.FEWEST_OPTIONS || labels.size() > Poll.MOST_OPTIONS) {
            throw new PollPartException("%d to %d labels%s".formatted(Poll.FEWEST_OPTIONS, Poll.MOST_OPTIONS, form));
        }
        if (labels.stream().map(PollText::composed).distinct().count() < labels.size()) {
            throw new PollPartException("labels that differ from each other");
        }
        return options;
    }

    /** What a further vote does, in any case. */
    public static RevoteRule revote(String written) throws PollPartException {
        return constant(
                RevoteRule.values(), written, "final (the first vote stands) or changeable (the newest stands)");
    }

    /** Who sees the result when, in any case. */
    public static ResultsRule results(String written) throws PollPartException {
        return constant(
                ResultsRule.values(),
                written,
                "live (always shown), voted (to voters), closed (when final) or organiser (when revealed)");
    }

    private static <T extends Enum<T>> T constant(T[] constants, String written, String expected)
            throws PollPartException {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(written.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new PollPartException(expected));
    }

    /**
     * An ISO 8601 time with an offset, such as {@code 2027-03-01T09:00:00Z}.
     *
     * <p>Every part downstream can hold it: the year has four digits (RFC 3339; Postgres ends in the year 294276, JavaScript in
     * 275760), and it is truncated to Postgres' microseconds.
     */
    public static Instant time(String written) throws PollPartException {
        try {
            Instant time = OffsetDateTime.parse(written).toInstant();
            if (!time.isBefore(FIRST_TIME) && !time.isAfter(LAST_TIME)) {
                return time.truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeParseException notATime) {
            throw wrongTime();
        }
        throw wrongTime();
    }

    private static PollPartException wrongTime() {
        return new PollPartException(
                "an ISO 8601 time with an offset, such as 2027-03-01T09:00:00Z, from the year 0001 to 9999");
    }

    /**
     * Checks that a poll closes after it opens.
     *
     * @param field what the time of opening is called
     */
    public static void closesAfter(Optional<Instant> opens, Optional<Instant> closes, String field)
            throws PollPartException {
        if (opens.isPresent() && closes.isPresent() && !opens.get().isBefore(closes.get())) {
            throw new PollPartException("later than %s, which is %s".formatted(field, opens.get()));
        }
    }
}
