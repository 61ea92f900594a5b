package org.votingapp.organiser.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.OptionView;

/** An option with its votes, for programs. */
@Schema(name = "Option")
public class OptionReply {

    /** Its letter. */
    public final String key;

    /** What people read. */
    public final String label;

    /** The label by which people could first vote, where it has been corrected since; else null. */
    public final String firstLabel;

    /** Recorded votes. */
    public final long votes;

    OptionReply(OptionView option) {
        key = option.key();
        label = option.label();
        firstLabel = option.firstLabel().isEmpty() ? null : option.firstLabel();
        votes = option.votes();
    }
}
