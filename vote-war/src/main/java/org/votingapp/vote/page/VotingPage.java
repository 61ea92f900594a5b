package org.votingapp.vote.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.poll.RevoteRule;
import org.votingapp.vote.casting.CastOutcome;

/**
 * What {@code vote.xhtml} shows to one voter: the poll, the choice on record, and what went wrong, if anything.
 *
 * <p>All words are in the template; this class tells which of them apply. Immutable; public for the template alone.
 */
public final class VotingPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Poll poll;
    private final PollState state;
    private final PageContent content;
    private final String resultUrl;

    /** What went wrong; the template has a sentence for each. */
    public enum Alert {
        /** Nothing. */
        NONE,
        /** The vote could not count: one is on record, and votes are final. */
        FINAL,
        /** The ballot box did not confirm the vote in time. */
        UNCONFIRMED,
        /** Too many votes came from the voter's network. */
        TOO_MANY,
        /** The poll has no such option. */
        UNKNOWN_CHOICE,
        /** The poll is not open. */
        NOT_OPEN,
        /** See {@link PageContent.Notice#RECORD_UNKNOWN}. */
        RECORD_UNKNOWN,
        /** See {@link PageContent.Notice#NO_COOKIE}. */
        NO_COOKIE
    }

    /**
     * A page about this poll.
     *
     * @param state whether the poll takes votes
     * @param resultUrl the address of the result page; empty where there is none
     */
    VotingPage(Poll poll, PollState state, PageContent content, String resultUrl) {
        this.poll = poll;
        this.state = state;
        this.content = content;
        this.resultUrl = resultUrl;
    }

    /** The question. */
    public String getQuestion() {
        return poll.question();
    }

    /** The language of the question and the labels. */
    public String getLanguage() {
        return poll.language();
    }

    /** The options, in their order. */
    public List<PollOption> getOptions() {
        return poll.options();
    }

    /** Whether the poll takes votes, and if not, why. */
    public PollState getState() {
        return state;
    }

    /** Whether the poll is open. */
    public boolean isOpen() {
        return state == PollState.OPEN;
    }

    /** Whether a voter may change a vote while the poll is open. */
    public boolean isChangeable() {
        return poll.revote() == RevoteRule.CHANGEABLE;
    }

    /** When voting opens, in words; empty where that is not set. */
    public String getOpens() {
        return time(poll.opens());
    }

    /** When voting closes, in words; empty where that is not set. */
    public String getCloses() {
        return time(poll.closes());
    }

    /** Whether a choice is on record. */
    public boolean isVoted() {
        return content.choice().isPresent();
    }

    /** The key of the choice on record, or empty. */
    public String getChoice() {
        return content.choice().orElse("");
    }

    /** The label of the choice on record, or empty. */
    public String getChoiceLabel() {
        return content.choice().map(this::label).orElse("");
    }

    /** Whether this option is the choice on record. */
    public boolean chosen(String key) {
        return getChoice().equals(key);
    }

    /** Whether this option's vote was not confirmed, or came too early after others, and should be tried again. */
    public boolean toRetry(String key) {
        return (getAlert() == Alert.UNCONFIRMED || getAlert() == Alert.TOO_MANY)
                && content.refusal().orElseThrow().choice().equals(key);
    }

    /** What went wrong. */
    public Alert getAlert() {
        return content.refusal().map(this::alert).orElseGet(() -> switch (content.notice()) {
            case NONE -> Alert.NONE;
            case RECORD_UNKNOWN -> Alert.RECORD_UNKNOWN;
            case NO_COOKIE -> Alert.NO_COOKIE;
        });
    }

    private Alert alert(CastOutcome refused) {
        boolean settled = isVoted() && !isChangeable();
        return switch (refused.status()) {
            case UNAVAILABLE -> settled ? Alert.FINAL : Alert.UNCONFIRMED;
            case TOO_MANY -> settled ? Alert.FINAL : Alert.TOO_MANY;
            case UNKNOWN_CHOICE -> Alert.UNKNOWN_CHOICE;
            case NOT_YET_OPEN, CLOSED -> Alert.NOT_OPEN;
            case RECORDED, CHANGED, ALREADY_VOTED -> throw new IllegalStateException("not refused: " + refused);
        };
    }

    /** The label of the option whose vote was refused, or empty. */
    public String getRefusedLabel() {
        return content.refusal().map(CastOutcome::choice).map(this::label).orElse("");
    }

    /** After how many seconds the refused vote may be tried again. */
    public int getRetryAfterSeconds() {
        return content.refusal().map(CastOutcome::retryAfterSeconds).orElse(0);
    }

    /** The address of the result page; empty where there is none. */
    public String getResultUrl() {
        return resultUrl;
    }

    /** The option's label; its key, where the poll no longer has the option. */
    private String label(String key) {
        return poll.option(key).map(PollOption::label).orElse(key);
    }

    private static String time(Optional<Instant> instant) {
        return instant.map(TIME::format).orElse("");
    }
}
