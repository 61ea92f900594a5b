package org.votingapp.result.tally;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes a tally as comma-separated values (RFC 4180): a header, then one line for each option. A missing percent is an
 * empty field.
 *
 * <p>A label that a spreadsheet would take for a formula is not escaped. Labels come from the organiser and never from a
 * voter, and {@code -1} or {@code @home} must come back unchanged.
 */
final class TallyCsv {

    private static final String LINE_END = "\r\n";

    private TallyCsv() {}

    /** The CSV document, in UTF-8. */
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
