package org.votingapp.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of this run against those of an earlier one of the same scale.
 *
 * <p>A figure with a limit is compared by its share of that limit, round by round, so a slower day or machine cancels out.
 * Any other figure is compared by its values, and only on the same machine.
 *
 * <p>The noise is what the rounds of either run differ by: the wider of the two spreads (greatest minus least). A figure
 * is slower (or faster) only if both hold: its medians differ by more than the noise, and no round of one run lies among
 * those of the other. By chance alone the latter happens to one figure in ten with three rounds in each run. One round
 * tells nothing of the noise, so such figures are not compared.
 */
public final class Comparison {

    /** What became of a figure. */
    public enum Verdict {
        SLOWER,
        FASTER,
        WITHIN_NOISE,
        NOT_COMPARED
    }

    /**
     * One figure of both runs.
     *
     * @param title its step and name
     * @param verdict what became of it
     * @param detail both medians, or why they are not compared
     */
    public record Line(String title, Verdict verdict, String detail) {}

    private static final String SAME = "the same, ";
    private static final int LEAST_ROUNDS = 2;

    private final boolean sameMachine;
    private final List<Line> lines = new ArrayList<>();

    public Comparison(Baseline earlier, List<Figure> figures, Machine machine) {
        this.sameMachine = earlier.machine().equals(machine.description());
        Map<String, Figure> before = byTitle(earlier.figures());
        byTitle(figures)
                .forEach((title, now) -> lines.add(compare(title, Optional.ofNullable(before.get(title)), now)));
    }

    /** A name that continues the one before it, such as "the same, p99", is completed by that one. */
    private static Map<String, Figure> byTitle(List<Figure> figures) {
        Map<String, Figure> titles = new LinkedHashMap<>();
        String whole = "";
        for (Figure figure : figures) {
            String name = figure.name().strip();
            boolean continues = name.startsWith(SAME);
            whole = continues ? whole : figure.step() + ": " + name;
            titles.put(continues ? whole + ", " + name.substring(SAME.length()) : whole, figure);
        }
        return titles;
    }

    private Line compare(String title, Optional<Figure> before, Figure now) {
        if (before.isEmpty()) {
            return new Line(title, Verdict.NOT_COMPARED, "the earlier run did not measure it");
        }
        Figure earlier = before.get();
        if (now.isLimit()) {
            return new Line(title, Verdict.NOT_COMPARED, "it measures the machine");
        }
        if (!earlier.unit().equals(now.unit()) || !earlier.limitName().equals(now.limitName())) {
            return new Line(title, Verdict.NOT_COMPARED, "the earlier run measured it otherwise");
        }
        if (!sameMachine && now.limits().isEmpty()) {
            return new Line(title, Verdict.NOT_COMPARED, "the earlier run was on another machine");
        }
        if (Math.min(earlier.values().size(), now.values().size()) < LEAST_ROUNDS) {
            return new Line(title, Verdict.NOT_COMPARED, "one round tells nothing of the noise");
        }
        return compare(title, earlier.normalised(), now.normalised(), now.moreIsBetter());
    }

    private static Line compare(String title, Figure before, Figure now, boolean moreIsBetter) {
        double change = now.median() - before.median();
        double noise = Math.max(before.max() - before.min(), now.max() - now.min());
        boolean apart = now.min() > before.max() || now.max() < before.min();
        String detail = String.format(
                Locale.ROOT,
                "%s → %s %s, noise %s",
                Numbers.shortly(before.median()),
                Numbers.shortly(now.median()),
                now.unit(),
                Numbers.shortly(noise));
        if (!apart || Math.abs(change) <= noise) {
            return new Line(title, Verdict.WITHIN_NOISE, detail);
        }
        return new Line(title, change > 0 == moreIsBetter ? Verdict.FASTER : Verdict.SLOWER, detail);
    }

    public List<Line> lines(Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).toList();
    }

    /** Everything that differs beyond the noise or could not be compared, one line a figure. */
    public String text() {
        StringBuilder text = new StringBuilder("\nAgainst the earlier run:\n");
        for (Verdict verdict : List.of(Verdict.SLOWER, Verdict.FASTER, Verdict.NOT_COMPARED)) {
            for (Line line : lines(verdict)) {
                String word = verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                text.append(String.format("%-12s  %s (%s)%n", word, line.title(), line.detail()));
            }
        }
        return text.append(lines(Verdict.WITHIN_NOISE).size())
                .append(" figures are within the noise.\n")
                .toString();
    }

    /** Fails where a figure became slower, and where nothing could be compared. */
    public void requireNothingSlower() {
        if (!lines(Verdict.SLOWER).isEmpty()) {
            throw new AssertionError("slower than the earlier run beyond the noise: " + lines(Verdict.SLOWER));
        }
        if (lines.size() == lines(Verdict.NOT_COMPARED).size()) {
            throw new AssertionError("nothing could be compared with the earlier run: " + lines);
        }
    }
}
