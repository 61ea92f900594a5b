package org.votingapp.organiser.api;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.CodeBatchView;

/** Voter codes that were made at once. */
@Schema(name = "CodeBatch")
public class CodeBatchReply {

    /** Names it. */
    public final String batch;

    /** How many. */
    public final int codes;

    /** When they were made. */
    public final Instant madeAt;

    /** Whether those that have not voted are revoked. */
    public final boolean revoked;

    CodeBatchReply(CodeBatchView view) {
        batch = view.id();
        codes = view.codes();
        madeAt = view.madeAt();
        revoked = view.revoked();
    }
}
