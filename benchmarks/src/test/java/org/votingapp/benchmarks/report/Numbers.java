package org.votingapp.benchmarks.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Formats numbers for people: three significant digits, grouped thousands. */
final class Numbers {

    private static final DecimalFormatSymbols ENGLISH = DecimalFormatSymbols.getInstance(Locale.ROOT);

    private Numbers() {}

    static String shortly(double number) {
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < 1e15) {
            return new DecimalFormat("#,##0", ENGLISH).format(number);
        }
        String pattern = size >= 100 ? "#,##0" : size >= 10 ? "0.0" : size >= 1 ? "0.00" : "0.000";
        return new DecimalFormat(pattern, ENGLISH).format(number);
    }
}
