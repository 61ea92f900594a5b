package org.votingapp.organiser.desk;

/** What was before or after an act, on one line in English: for programs and spreadsheets, whichever release wrote the row. */
public final class AuditLine {

    private AuditLine() {}

    /**
     * The line.
     *
     * @param action what was done
     * @param stored what the row keeps
     */
    public static String of(String action, String stored) {
        return PollSummary.read(action, stored)
                .map(PollSummary::line)
                .or(() -> RecountSummary.read(action, stored).map(RecountSummary::line))
                .orElse(stored);
    }
}
