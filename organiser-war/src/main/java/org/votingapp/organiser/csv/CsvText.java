package org.votingapp.organiser.csv;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values (RFC 4180) for spreadsheets: with a byte order mark, so that they read UTF-8, and with an apostrophe
 * before what they would take for a formula (OWASP, "CSV Injection").
 */
public final class CsvText {

    private static final String LINE_END = "\r\n";
    private static final String FORMULA = "=+-@\t\r";

    private final StringBuilder text = new StringBuilder("\uFEFF");

    /** Adds a line. */
    public CsvText line(List<String> fields) {
        text.append(lineOf(fields));
        return this;
    }

    /** One line with its end, without the byte order mark. */
    static String lineOf(List<String> fields) {
        return fields.stream().map(CsvText::field).collect(Collectors.joining(",")) + LINE_END;
    }

    private static String field(String value) {
        String safe = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
