package org.votingapp.result.tally;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes a tally as comma-separated values (RFC 4180): a header, then a line an option; a percent that there is not is
 * empty.
 *
 * <p>Labels stay as they are, also where a spreadsheet would take one for a formula: they come from whoever runs the
 * poll and never from a voter, and a label such as {@code -1} or {@code @home} must come back as it was given.
 */
final class TallyCsv {

    private static final String LINE_END = "\r\n";

    private TallyCsv() {}

    /** The lines, in UTF-8. */
    static byte[] encode(Tally tally) {
        StringBuilder csv = new StringBuilder("key,label,votes,percent").append(LINE_END);
        for (Tally.Line line : tally.lines()) {
            csv.append(field(line.key()))
                    .append(',')
                    .append(field(line.label()))
                    .append(',')
                    .append(line.votes())
                    .append(',')
                    .append(line.percent().map(BigDecimal::toPlainString).orElse(""))
                    .append(LINE_END);
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
