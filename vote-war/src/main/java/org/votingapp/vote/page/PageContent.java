package org.votingapp.vote.page;

import java.util.Optional;
import org.votingapp.vote.casting.CastOutcome;

/**
 * What a voting page tells one voter.
 *
 * @param choice the choice on record
 * @param notice why it may be that no choice is shown though there is one on record
 * @param refusal what became of a vote that was not recorded just now
 * @param host by which name the browser reached this server
 */
record PageContent(Optional<String> choice, Notice notice, Optional<CastOutcome> refusal, String host) {

    /** Why a page may not show what is on record. */
    enum Notice {
        /** It does. */
        NONE,
        /** Nobody could tell in time. */
        RECORD_UNKNOWN,
        /** The browser, which came to be shown its vote, sent no cookie that says whose. */
        NO_COOKIE
    }

    /** A page for a voter with this choice on record, or none. */
    static PageContent of(Optional<String> choice, String host) {
        return new PageContent(choice, Notice.NONE, Optional.empty(), host);
    }

    /** A page for a voter of whom it is not known whether there is a choice on record. */
    static PageContent of(Notice notice, String host) {
        return new PageContent(Optional.empty(), notice, Optional.empty(), host);
    }

    /** The same after a vote that was not recorded. */
    PageContent after(CastOutcome refused) {
        return new PageContent(choice, notice, Optional.of(refused), host);
    }

    /** Whether all voters of whom the same is known see the same page. */
    boolean isCommon() {
        return refusal.isEmpty();
    }
}
