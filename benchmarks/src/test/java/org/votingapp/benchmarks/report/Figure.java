package org.votingapp.benchmarks.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A measurement, with one value per round.
 *
 * @param step the step that measured it
 * @param name what was measured
 * @param unit of the values
 * @param values one per round; for a limit, one per measurement
 * @param limitName the limit that the figure is a share of, such as an empty servlet; empty without one
 * @param limits that limit in the same rounds and unit; empty, or one per round
 * @param target what the figure should reach, if anything
 * @param note a remark for readers, or empty
 * @param isLimit whether it measures the machine, as a limit for other figures
 */
public record Figure(
        String step,
        String name,
        String unit,
        List<Double> values,
        String limitName,
        List<Double> limits,
        Optional<Target> target,
        String note,
        boolean isLimit) {

    public static final String PER_SECOND = "a second";

    public Figure {
        values = List.copyOf(values);
        limits = List.copyOf(limits);
        if (values.isEmpty() || !limits.isEmpty() && limits.size() != values.size()) {
            throw new IllegalArgumentException("%s: %s against %s".formatted(name, values, limits));
        }
        if (DoubleStream.concat(all(values), all(limits)).anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("%s is no number: %s against %s".formatted(name, values, limits));
        }
    }

    public static Figure of(String step, String name, String unit, List<Double> values) {
        return new Figure(step, name, unit, values, "", List.of(), Optional.empty(), "", false);
    }

    public Figure against(String limit, List<Double> measured) {
        return new Figure(step, name, unit, values, limit, measured, target, note, isLimit);
    }

    public Figure with(Target wanted) {
        return new Figure(step, name, unit, values, limitName, limits, Optional.of(wanted), note, isLimit);
    }

    public Figure noting(String text) {
        return new Figure(step, name, unit, values, limitName, limits, target, text, isLimit);
    }

    public Figure asLimit() {
        return new Figure(step, name, unit, values, limitName, limits, target, note, true);
    }

    /** The same measured as shares of the limit; itself where there is no limit. */
    public Figure normalised() {
        return limits.isEmpty()
                ? this
                : new Figure(step, name, "× " + limitName, shares(), "", List.of(), target, note, isLimit);
    }

    private static DoubleStream all(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue);
    }

    public double median() {
        return median(values);
    }

    public double min() {
        return all(values).min().orElseThrow();
    }

    public double max() {
        return all(values).max().orElseThrow();
    }

    /** The median of the rounds' shares of the limit. */
    public Optional<Double> share() {
        return limits.isEmpty() ? Optional.empty() : Optional.of(median(shares()));
    }

    private List<Double> shares() {
        return IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / limits.get(round))
                .toList();
    }

    /** Whether a greater value is the better one: of rates it is, of times and sizes it is not. */
    public boolean moreIsBetter() {
        return target.map(Target::least).orElse(unit.equals(PER_SECOND));
    }

    /** Whether the target is reached; empty without one. */
    public Optional<Boolean> reached() {
        return target.map(wanted -> wanted.isReachedBy(wanted.ofShare() ? share().orElseThrow() : median()));
    }

    private static double median(List<Double> numbers) {
        double[] sorted = all(numbers).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
