package org.votingapp.organiser.desk;

import java.util.List;

/**
 * The voter codes of a poll, as numbers: nobody can be told the codes again. Immutable.
 *
 * @param poll the poll; its votes are the codes that are used
 * @param batches the newest first
 */
public record CodesView(PollView poll, List<CodeBatchView> batches) {

    /** Copies the batches. */
    public CodesView {
        batches = List.copyOf(batches);
    }

    /** All codes that were made, revoked ones included. */
    public int made() {
        return batches.stream().mapToInt(CodeBatchView::codes).sum();
    }

    /** The codes of revoked batches. Some of them may have voted before. */
    public int revoked() {
        return batches.stream()
                .filter(CodeBatchView::revoked)
                .mapToInt(CodeBatchView::codes)
                .sum();
    }
}
