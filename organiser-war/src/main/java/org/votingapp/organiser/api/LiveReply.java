package org.votingapp.organiser.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.audience.CountedWatchers;
import org.votingapp.organiser.desk.LiveView;

/** How a poll is going, for programs. A member that is null is left out of the document. */
@Schema(name = "Live")
public class LiveReply {

    /** The votes of each of the last 30 minutes, the running one last. */
    public final List<Long> votesByMinute;

    /** The voters on record in Redis. */
    public final Long voters;

    /** The votes in the tally, read just after. */
    public final Long votes;

    /** The ballots of all polls that wait to be recorded. */
    public final long pending;

    /** How long ballots had waited when they were recorded last, of all polls. */
    public final Long delayMillis;

    /** The ballots that could not be recorded. */
    public final List<RejectedReply> rejected;

    /** When these numbers changed last. */
    public final Instant asOf;

    /** How many watch the result: open event streams of all result servers that answered. Left out where none did. */
    public final Long watchers;

    /** Whether all result servers answered; if not, at least so many watch. Left out where the server knows none. */
    public final Boolean watchersComplete;

    LiveReply(LiveView live, Optional<CountedWatchers> watching) {
        votesByMinute = live.pace();
        voters = boxed(live.voters());
        votes = boxed(live.votes());
        pending = live.pending();
        delayMillis = boxed(live.delayMillis());
        rejected = live.rejected().stream().map(RejectedReply::new).toList();
        asOf = live.asOf().orElse(null);
        watchers = watching.filter(CountedWatchers::known)
                .map(CountedWatchers::watchers)
                .orElse(null);
        watchersComplete = watching.map(CountedWatchers::complete).orElse(null);
    }

    private static Long boxed(OptionalLong number) {
        return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
    }

    /** Ballots that could not be recorded for one reason. */
    @Schema(name = "Rejected")
    public static class RejectedReply {

        /** Why. */
        public final String reason;

        /** How many of the last thousand. */
        public final long ballots;

        RejectedReply(LiveView.Rejected rejected) {
            reason = rejected.reason();
            ballots = rejected.ballots();
        }
    }
}
