package org.votingapp.vote.page;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.PollingStation;

/**
 * What a voting page tells one voter.
 *
 * @param choice the choice on record
 * @param notice why no choice may be shown although one is on record
 * @param refusal a vote that was refused just now
 * @param code what was written as the voter's code in it; empty where nothing was
 */
record PageContent(Optional<String> choice, Notice notice, Optional<Refused> refusal, String code) {

    /**
     * A vote that did not count.
     *
     * @param status why not
     * @param asked the key of its option, which may be anything
     * @param retryAfterSeconds when sending it again makes sense, else 0
     */
    record Refused(CastStatus status, String asked, int retryAfterSeconds) {}

    /** Why a page may not show the choice on record. */
    enum Notice {
        /** It does show it. */
        NONE,
        /** The ballot box did not answer in time. */
        RECORD_UNKNOWN,
        /** The browser comes back from its vote without the cookie that it was given. */
        NO_COOKIE
    }

    /** The page of a voter with this choice on record, or none. */
    static PageContent of(Optional<String> choice) {
        return new PageContent(choice, Notice.NONE, Optional.empty(), "");
    }

    /** The page of a voter whose choice on record is unknown. */
    static PageContent of(Notice notice) {
        return new PageContent(Optional.empty(), notice, Optional.empty(), "");
    }

    /** The page of a voter whose choice the polling station has to look up; never fails. */
    static CompletionStage<PageContent> lookUp(OfferedPoll offered, VoterId voter, PollingStation station) {
        // The ballot box has logged why it did not answer.
        return station.choiceOf(offered, voter)
                .handle((choice, failure) -> failure == null ? of(choice) : of(Notice.RECORD_UNKNOWN));
    }

    /** The same page after this vote was refused. */
    PageContent after(CastOutcome refused) {
        return after(new Refused(refused.status(), refused.choice(), refused.retryAfterSeconds()));
    }

    /** The same page with what was written as the voter's code, to be corrected or sent again. */
    PageContent withCode(String written) {
        return new PageContent(choice, notice, refusal, written);
    }

    /** The same page after a vote for this option that came too late: the choice on record is final. */
    PageContent afterFurther(String asked) {
        return after(new Refused(CastStatus.ALREADY_VOTED, asked, 0));
    }

    private PageContent after(Refused vote) {
        return new PageContent(choice, notice, Optional.of(vote), code);
    }

    /** Whether other voters see the same page, so that it is worth keeping. */
    boolean isCommon() {
        return refusal.isEmpty();
    }
}
