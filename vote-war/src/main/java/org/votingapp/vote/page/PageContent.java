package org.votingapp.vote.page;

import java.util.Optional;
import org.votingapp.vote.casting.CastOutcome;

/**
 * What a voting page tells one voter.
 *
 * @param choice the choice on record
 * @param recordUnknown whether nobody could tell the choice on record in time
 * @param refusal what became of a vote that was not recorded just now
 * @param host by which name the browser reached this server
 */
record PageContent(Optional<String> choice, boolean recordUnknown, Optional<CastOutcome> refusal, String host) {

    /** A page for a voter with this choice on record, or none. */
    static PageContent of(Optional<String> choice, String host) {
        return new PageContent(choice, false, Optional.empty(), host);
    }

    /** A page for a voter of whom nobody knows whether there is a choice on record. */
    static PageContent ofUnknownRecord(String host) {
        return new PageContent(Optional.empty(), true, Optional.empty(), host);
    }

    /** The same after a vote that was not recorded. */
    PageContent after(CastOutcome refused) {
        return new PageContent(choice, recordUnknown, Optional.of(refused), host);
    }

    /** Whether all voters of whom the same is known see the same page. */
    boolean isCommon() {
        return refusal.isEmpty();
    }
}
