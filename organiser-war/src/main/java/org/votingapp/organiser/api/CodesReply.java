package org.votingapp.organiser.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.CodesView;

/** The voter codes of a poll, as numbers. */
@Schema(name = "Codes")
public class CodesReply {

    /** All that were made, revoked ones included. */
    public final int made;

    /** Those of revoked batches; some of them may have voted before. */
    public final int revoked;

    /** Those that have voted: the recorded votes of the poll. */
    public final long used;

    /** Whether vote servers know all of them. */
    public final boolean inEffect;

    /** The newest first. */
    public final List<CodeBatchReply> batches;

    CodesReply(CodesView codes) {
        made = codes.made();
        revoked = codes.revoked();
        used = codes.poll().total();
        inEffect = codes.poll().inEffect();
        batches = codes.batches().stream().map(CodeBatchReply::new).toList();
    }
}
