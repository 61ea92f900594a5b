package org.votingapp.poll;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question with two to ten options.
 *
 * <p>It opens at {@code opens} (inclusive) and closes at {@code closes} (exclusive); without them it is open for ever. One that
 * opens at {@link #WAITING} waits for its organiser. Immutable. Whoever makes one from what somebody wrote checks it first ({@link PollParts}).
 *
 * @param id names the poll in Redis, Postgres and metrics; lower-case letters, digits and hyphens, at most 63
 * @param question what is asked; 1 to {@value #LONGEST_QUESTION} characters
 * @param language the language of question and labels, as a language tag (BCP 47)
 * @param options {@value #FEWEST_OPTIONS} to {@value #MOST_OPTIONS}, keys by position
 * @param revote what a further vote from the same browser does
 * @param opens when it opens, if it has not always been open
 * @param closes when it closes, if ever
 */
public record Poll(
        String id,
        String question,
        String language,
        List<PollOption> options,
        RevoteRule revote,
        Optional<Instant> opens,
        Optional<Instant> closes) {

    /** The fewest options a poll may have. */
    public static final int FEWEST_OPTIONS = 2;
    /** The most options a poll may have. */
    public static final int MOST_OPTIONS = 10;
    /** The longest question, in characters. */
    public static final int LONGEST_QUESTION = 200;
    /** The longest label of an option, in characters. */
    public static final int LONGEST_LABEL = 100;
    /** When a poll opens that nobody has opened yet: the last second that every store and server can write. */
    public static final Instant WAITING = Instant.parse("9999-12-31T23:59:59Z");

    /** Copies the options. */
    public Poll {
        options = List.copyOf(options);
    }

    /** The option with this key, if the poll has it. */
    public Optional<PollOption> option(String key) {
        return options.stream().filter(option -> option.key().equals(key)).findFirst();
    }

    /** Whether it takes votes at this moment. */
    public PollState stateAt(Instant now) {
        if (opens.isPresent() && now.isBefore(opens.get())) {
            return PollState.NOT_YET_OPEN;
        }
        return closes.isPresent() && !now.isBefore(closes.get()) ? PollState.CLOSED : PollState.OPEN;
    }

    /** Whether it waits for its organiser to open it. */
    public boolean waits() {
        return opens.equals(Optional.of(WAITING));
    }

    /** When it opens, for people and programs: empty where it has always been open, and where it {@link #waits}. */
    public Optional<Instant> announcedOpening() {
        return opens.filter(time -> !time.equals(WAITING));
    }

    /** When it opens and closes. */
    public Hours hours() {
        return new Hours(opens, closes);
    }

    /** The same poll with other hours. */
    public Poll withHours(Hours other) {
        return new Poll(id, question, language, options, revote, other.opens(), other.closes());
    }

    /** The key of the option at a position that counts from 0: {@code a} for 0. */
    public static String keyAt(int position) {
        return String.valueOf((char) ('a' + position));
    }
}
