package org.votingapp.organiser.desk;

import java.util.List;
import org.votingapp.poll.VoterCode;

/**
 * Codes that were just made. They are told once, and stand nowhere.
 *
 * @param batch the id of their batch
 * @param codes the codes
 */
public record MadeCodes(String batch, List<VoterCode> codes) {

    /** Copies the list. */
    public MadeCodes {
        codes = List.copyOf(codes);
    }
}
