package org.votingapp.vote.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.page.PageContent.Notice;
import org.votingapp.vote.page.PageContent.Refused;

/**
 * What {@code vote.xhtml} shows to one voter: the poll, the choice on record, and why a vote did not count, if one did not.
 *
 * <p>All words are in the resource bundle {@code vote}; this class tells which of them apply. Immutable; public for the
 * template alone.
 */
public final class VotingPage {

    private final VotingPlace place;
    private final Poll poll;
    private final PollState state;
    private final PageContent content;
    private final String resultUrl;

    /** What the page is mainly about. */
    public enum View {
        /** The form. */
        BALLOT,
        /** The choice on record; with the form behind a button where the choice may change. */
        RECEIPT,
        /** A vote that cannot be shown, since the browser keeps no cookies. */
        COOKIES_BLOCKED,
        /** That voting has not opened, and when it does. */
        BEFORE,
        /** That voting has closed. */
        CLOSED
    }

    /** Why a vote did not count; the template has a sentence for each. */
    public enum Refusal {
        /** None was refused, or the choice on record is the same. */
        NONE,
        /** One is on record, and votes are final. */
        ALREADY_VOTED,
        /** The ballot box did not confirm it in time. */
        UNCONFIRMED,
        /** Too many votes came from the voter's network. */
        BUSY,
        /** It named no option. */
        NOTHING_CHOSEN,
        /** Voting had closed. */
        LATE,
        /** Voting had not opened. */
        EARLY,
        /** Its poll is no longer on stage in this room. */
        LEFT_STAGE,
        /** The poll takes votes with a code alone, and it had none of them. */
        WRONG_CODE
    }

    /**
     * A page about the poll at this place.
     *
     * @param state whether the poll takes votes
     * @param resultUrl the address of the result page; empty where there is none
     */
    VotingPage(VotingPlace place, PollState state, PageContent content, String resultUrl) {
        this.place = place;
        this.poll = place.offered().poll();
        this.state = state;
        this.content = content;
        this.resultUrl = resultUrl;
    }

    /** The poll's id. */
    public String getPoll() {
        return poll.id();
    }

    /** The room's code; empty for the house room. */
    public String getCode() {
        return place.code();
    }

    /** The room's title; empty for the house room. */
    public String getRoom() {
        return place.room().map(Room::title).orElse("");
    }

    /** The page's address, relative to itself. */
    public String getAddress() {
        return place.page();
    }

    /** The address that tells programs what is voted on here, relative to the page. */
    public String getApi() {
        return place.room().isPresent() ? "api/rooms/" + place.code() : "api/poll";
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

    /** Whether a voter may change a vote while the poll is open. */
    public boolean isChangeable() {
        return poll.revote() == RevoteRule.CHANGEABLE;
    }

    /** When voting opens, if that is known. */
    public Optional<Instant> getOpens() {
        return poll.announcedOpening();
    }

    /** When voting closes, if that is set. */
    public Optional<Instant> getCloses() {
        return poll.closes();
    }

    /** What the page is mainly about. */
    public View getView() {
        boolean again =
                switch (getRefusal()) {
                    case UNCONFIRMED, BUSY, NOTHING_CHOSEN, WRONG_CODE -> true;
                    case NONE, ALREADY_VOTED, LATE, EARLY, LEFT_STAGE -> false;
                };
        if (content.notice() == Notice.NO_COOKIE) {
            return View.COOKIES_BLOCKED;
        } else if (isVoted() && !(again && state == PollState.OPEN)) {
            return View.RECEIPT;
        }
        return switch (state) {
            case NOT_YET_OPEN -> View.BEFORE;
            case OPEN -> View.BALLOT;
            case CLOSED -> View.CLOSED;
        };
    }

    /** Whether the voter may vote or change the vote on this page. */
    public boolean isVoting() {
        View view = getView();
        return view == View.BALLOT
                || view == View.RECEIPT && (isChangeable() || isNeedsCode()) && state == PollState.OPEN;
    }

    /** Whether the poll takes votes with a code alone; then several voters may use this browser. */
    public boolean isNeedsCode() {
        return place.offered().needsCode();
    }

    /** What was written as the voter's code in a vote that was refused; empty where nothing was. */
    public String getCodeWritten() {
        return content.code();
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

    /** Whether the form has this option chosen: the one to send again, or else the one on record. */
    public boolean chosen(String key) {
        return refusedOption()
                .map(PollOption::key)
                // The next voter of this browser has made none.
                .or(() -> isNeedsCode() ? Optional.empty() : content.choice())
                .filter(key::equals)
                .isPresent();
    }

    /** Whether the vote that was refused should be sent again. */
    public boolean isRetry() {
        return getRefusal() == Refusal.UNCONFIRMED;
    }

    /** Why a vote did not count. */
    public Refusal getRefusal() {
        return content.refusal()
                .filter(refused -> isByOther(refused) || !content.choice().equals(Optional.of(refused.asked())))
                .map(this::refusal)
                .orElse(Refusal.NONE);
    }

    /** Whether the refused vote may be another voter's than the choice on record, with another code. */
    private boolean isByOther(Refused refused) {
        return isNeedsCode() && refused.status() != CastStatus.ALREADY_VOTED;
    }

    private Refusal refusal(Refused refused) {
        boolean settled = isVoted() && !isChangeable() && !isByOther(refused);
        return switch (refused.status()) {
            case UNPUBLISHED, UNAVAILABLE -> settled ? Refusal.ALREADY_VOTED : Refusal.UNCONFIRMED;
            case TOO_MANY -> settled ? Refusal.ALREADY_VOTED : Refusal.BUSY;
            case UNKNOWN_CHOICE -> settled ? Refusal.NONE : Refusal.NOTHING_CHOSEN;
            case CLOSED -> Refusal.LATE;
            case NOT_YET_OPEN -> Refusal.EARLY;
            case LEFT_STAGE -> Refusal.LEFT_STAGE;
            case WRONG_CODE -> Refusal.WRONG_CODE;
            // Comes by the page's address, where a link may put anything.
            case ALREADY_VOTED -> settled && refusedOption().isPresent() ? Refusal.ALREADY_VOTED : Refusal.NONE;
            case RECORDED, CHANGED -> throw new IllegalStateException("not refused: " + refused);
        };
    }

    /** The label of the option whose vote was refused; empty where the vote named none. */
    public String getRefusedLabel() {
        return refusedOption().map(PollOption::label).orElse("");
    }

    /** After how many seconds the refused vote may be sent again. */
    public int getRetryAfterSeconds() {
        return content.refusal().map(Refused::retryAfterSeconds).orElse(0);
    }

    /** Whether nobody could tell just now if a choice is on record. */
    public boolean isRecordUnknown() {
        return content.notice() == Notice.RECORD_UNKNOWN;
    }

    /** Whether the page begins with what happened to a vote. */
    public boolean isTold() {
        return getRefusal() != Refusal.NONE || isRecordUnknown();
    }

    /** The address of the result page; empty where there is none. */
    public String getResultUrl() {
        return resultUrl;
    }

    /** Whether nobody sees the result before voting closes. The organiser's own word is not known here. */
    public boolean isResultLater() {
        return place.offered().results() == ResultsRule.CLOSED && state != PollState.CLOSED;
    }

    /**
     * How much room a text takes, for the style: {@code short}, {@code long} or {@code longest}.
     *
     * @param text the question or a label
     * @param most the most columns of a short one; the longest have more than twice as many
     */
    public String size(String text, int most) {
        // Ideographs, kana, Hangul and emoji are twice as wide as letters.
        long columns = text.codePoints().mapToLong(one -> one < 0x2E80 ? 1 : 2).sum();
        return columns <= most ? "short" : columns <= 2L * most ? "long" : "longest";
    }

    private Optional<PollOption> refusedOption() {
        return content.refusal().map(Refused::asked).flatMap(poll::option);
    }

    /** The option's label; its key, where the poll no longer has the option. */
    private String label(String key) {
        return poll.option(key).map(PollOption::label).orElse(key);
    }
}
