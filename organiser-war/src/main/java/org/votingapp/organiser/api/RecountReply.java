package org.votingapp.organiser.api;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.RecountView;

/** A recount of a poll's ballots, for programs. A member that is null is left out of the document. */
@Schema(name = "Recount")
public class RecountReply {

    /** {@code running}, {@code equal}, {@code different}, {@code unsettled} (votes came in), {@code deleted} or {@code cancelled}. */
    public final String state;

    /** Who began it, by the name that is nobody else's. */
    public final String organiser;

    /** How they are called. */
    public final String knownAs;

    /** When it began. */
    public final Instant begunAt;

    /** When it ended. */
    public final Instant endedAt;

    /** The ballots counted so far. */
    public final long counted;

    /** The votes by the tally. */
    public final long tally;

    /** By option; empty while it runs. */
    public final List<RecountedOption> options;

    RecountReply(RecountView recount) {
        state = recount.state().word();
        organiser = recount.organiser();
        knownAs = recount.knownAs();
        begunAt = recount.begunAt();
        endedAt = recount.endedAt().orElse(null);
        counted = recount.counted();
        tally = recount.tally();
        options = recount.choices().stream().map(RecountedOption::new).toList();
    }

    /** An option. */
    @Schema(name = "RecountedOption")
    public static class RecountedOption {

        /** Its key. */
        public final String key;

        /** The ballots counted for it. */
        public final long ballots;

        /** Its votes by the tally. */
        public final long votes;

        RecountedOption(RecountView.Choice choice) {
            key = choice.option().key();
            ballots = choice.ballots();
            votes = choice.option().votes();
        }
    }
}
