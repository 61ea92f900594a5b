package org.votingapp.benchmarks.report;

import java.util.Locale;

/**
 * The bound that a figure should reach.
 *
 * @param least whether the bound is a minimum, else a maximum
 * @param bound the bound
 * @param ofShare whether the bound is for the figure's share of its limit, else for the figure itself
 */
public record Target(boolean least, double bound, boolean ofShare) {

    public static Target atMost(double bound) {
        return new Target(false, bound, false);
    }

    public static Target atLeast(double bound) {
        return new Target(true, bound, false);
    }

    /** At least this share of the figure's limit. */
    public static Target shareOfAtLeast(double bound) {
        return new Target(true, bound, true);
    }

    /** At most this share of the figure's limit. */
    public static Target shareOfAtMost(double bound) {
        return new Target(false, bound, true);
    }

    public boolean isReachedBy(double value) {
        return least ? value >= bound : value <= bound;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s%s", least ? "≥" : "≤", Numbers.shortly(bound), ofShare ? " ×" : "");
    }
}
