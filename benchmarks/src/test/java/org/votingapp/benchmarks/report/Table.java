package org.votingapp.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as a table for a terminal. */
public final class Table {

    private static final String LINE = "%-62s %12s %21s %-9s %9s %7s  %s%n";

    private final Report report;
    private final Machine machine;

    public Table(Report report, Machine machine) {
        this.report = report;
        this.machine = machine;
    }

    public String text() {
        StringBuilder text =
                new StringBuilder("\n").append(machine.description()).append('\n');
        text.append(String.format(
                Locale.ROOT,
                LINE,
                "",
                "median",
                "min … max",
                "unit",
                "target",
                "share",
                "of what, and whether reached"));
        String step = "";
        for (Figure figure : report.figures()) {
            if (!figure.step().equals(step)) {
                step = figure.step();
                text.append(step).append('\n');
            }
            text.append(line(figure));
        }
        text.append(String.format("%n%-12s %8s %24s  %s%n", "step", "seconds", "load before … after", "outcome"));
        for (Report.StepNote note : report.steps()) {
            String load = Machine.describe(note.loadBefore()) + " … " + Machine.describe(note.loadAfter());
            text.append(String.format("%-12s %8d %24s  %s%n", note.name(), note.seconds(), load, note.outcome()));
        }
        return text.toString();
    }

    private static String line(Figure figure) {
        List<String> remarks = new ArrayList<>();
        figure.share().ifPresent(share -> remarks.add("of: " + figure.limitName()));
        figure.reached().ifPresent(reached -> remarks.add(reached ? "reached" : "NOT REACHED"));
        if (!figure.note().isEmpty()) {
            remarks.add(figure.note());
        }
        return String.format(
                Locale.ROOT,
                LINE,
                "  " + figure.name(),
                Numbers.shortly(figure.median()),
                Numbers.shortly(figure.min()) + " … " + Numbers.shortly(figure.max()),
                figure.unit(),
                figure.target().map(Target::toString).orElse(""),
                figure.share().map(Numbers::shortly).orElse(""),
                String.join("; ", remarks));
    }
}
