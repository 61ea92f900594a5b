package org.votingapp.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** The figures, curves and steps measured so far. */
public final class Report {

    private final List<Figure> figures = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private final List<StepNote> steps = new ArrayList<>();

    /**
     * How a step went.
     *
     * @param name of the step
     * @param seconds how long it took
     * @param loadBefore the load average when it began
     * @param loadAfter the load average when it ended
     * @param outcome {@code measured}, or why not
     */
    public record StepNote(String name, long seconds, double loadBefore, double loadAfter, String outcome) {}

    public void add(Figure figure) {
        figures.add(figure);
    }

    public void add(Curve curve) {
        curves.add(curve);
    }

    public void add(StepNote note) {
        steps.add(note);
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    public List<Curve> curves() {
        return List.copyOf(curves);
    }

    public List<StepNote> steps() {
        return List.copyOf(steps);
    }
}
