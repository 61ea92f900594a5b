package org.votingapp.organiser.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.MadeCodes;
import org.votingapp.poll.VoterCode;

/** Voter codes that were just made. */
@Schema(name = "NewCodes")
public class NewCodesReply {

    /** Names the batch, to revoke it. */
    public final String batch;

    /** The codes. They are told once. A link is the address of the room's voting page, {@code #} and the code. */
    public final List<String> codes;

    NewCodesReply(MadeCodes made) {
        batch = made.batch();
        codes = made.codes().stream().map(VoterCode::written).toList();
    }
}
