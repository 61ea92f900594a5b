package org.votingapp.vote.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
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
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.PollingStation;

/**
 * What the voting page shows to one voter: the poll, the choice on record, and what went wrong, if anything.
 *
 * <p>Lives for one request; the servlet fills it in and the page reads it.
 */
@Named
@RequestScoped
public class VotingPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Poll poll;
    private PollingStation station;
    private ResultLink resultLink;
    private PageContent content = PageContent.of(Optional.empty(), "");

    /** For CDI's proxy. */
    protected VotingPage() {}

    /** A page about the configured poll. */
    @Inject
    public VotingPage(Poll poll, PollingStation station, ResultLink resultLink) {
        this.poll = poll;
        this.station = station;
        this.resultLink = resultLink;
    }

    void show(PageContent told) {
        content = told;
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

    /** Whether the poll takes votes now. */
    public boolean isOpen() {
        return station.state() == PollState.OPEN;
    }

    /** What the state of the poll means for the voter, in a sentence. */
    public String getInvitation() {
        return switch (station.state()) {
            case NOT_YET_OPEN -> "Voting opens on " + time(poll.opens()) + ".";
            case CLOSED -> "Voting closed on " + time(poll.closes()) + ".";
            case OPEN ->
                poll.revote() == RevoteRule.FINAL
                        ? "Pick one. One vote per browser, and it is final."
                        : "Pick one. One vote per browser; you can change it while the poll is open.";
        };
    }

    /** Whether there is a choice on record. */
    public boolean isVoted() {
        return content.choice().isPresent();
    }

    /** Whether this option is the choice on record. */
    public boolean chosen(String key) {
        return content.choice().filter(key::equals).isPresent();
    }

    /** Whether this option is the one whose vote could not be confirmed, to be tried again. */
    public boolean toRetry(String key) {
        return !isSettled()
                && content.refusal()
                        .filter(outcome ->
                                outcome.status() == CastStatus.UNAVAILABLE || outcome.status() == CastStatus.TOO_MANY)
                        .filter(outcome -> outcome.choice().equals(key))
                        .isPresent();
    }

    /** Whether no further vote can count. */
    private boolean isSettled() {
        return isVoted() && poll.revote() == RevoteRule.FINAL;
    }

    /** The key of the choice on record, or nothing. */
    public String getChoice() {
        return content.choice().orElse("");
    }

    /** The label of the choice on record; its key, where the poll no longer has the option. */
    public String getChoiceLabel() {
        return content.choice()
                .map(key -> poll.option(key).map(PollOption::label).orElse(key))
                .orElse("");
    }

    /** What a further vote does, in a sentence. */
    public String getFurtherVote() {
        if (!isOpen()) {
            return "";
        }
        return poll.revote() == RevoteRule.FINAL
                ? "Votes are final: a further vote from this browser is not registered."
                : "To change it, pick another option: the newest choice counts, once.";
    }

    /** The label of the option that {@link #getAlert} goes on about after "Your vote for" it; or nothing. */
    public String getAlertLabel() {
        return content.refusal()
                .filter(outcome -> isUnregistered(outcome) || outcome.status() == CastStatus.UNAVAILABLE)
                .flatMap(outcome -> poll.option(outcome.choice()))
                .map(PollOption::label)
                .orElse("");
    }

    /** What went wrong and what to do, in words, or nothing. */
    public String getAlert() {
        return content.refusal().map(this::words).orElseGet(this::notice);
    }

    private String notice() {
        return switch (content.notice()) {
            case NONE -> "";
            case RECORD_UNKNOWN ->
                "We cannot tell just now whether this browser has voted. If it has, its vote is safe;"
                        + " reload in a few seconds to see it.";
            case NO_COOKIE ->
                "This browser sent no cookie back. If you have just voted, your vote is taken, but it cannot be shown"
                        + " here, and a further one would count as another voter's.";
        };
    }

    /** Where the results are, or nothing where nobody said. */
    public String getResultUrl() {
        return resultLink.from(content.host());
    }

    private String words(CastOutcome outcome) {
        if (isUnregistered(outcome)) {
            return subject() + "was not registered: one is on record, and votes are final.";
        }
        return switch (outcome.status()) {
            case UNAVAILABLE ->
                subject()
                        + "could not be confirmed just now. Please press it again in a few seconds: it will count once.";
            case TOO_MANY ->
                "Too many votes came from your network. Please try again in %d seconds."
                        .formatted(outcome.retryAfterSeconds());
            case UNKNOWN_CHOICE -> "That is not an option of this poll. Please pick one of these.";
            case NOT_YET_OPEN, CLOSED -> "Your vote was not registered: the poll is not open.";
            case RECORDED, CHANGED, ALREADY_VOTED -> "";
        };
    }

    private String subject() {
        return getAlertLabel().isEmpty() ? "Your vote " : "";
    }

    /** Whether it was a vote that could not count, whatever came in its way. */
    private boolean isUnregistered(CastOutcome outcome) {
        return isSettled() && (outcome.status() == CastStatus.UNAVAILABLE || outcome.status() == CastStatus.TOO_MANY);
    }

    private static String time(Optional<Instant> instant) {
        return TIME.format(instant.orElseThrow());
    }
}
