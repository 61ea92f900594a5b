package org.votingapp.benchmarks.report;

import java.util.List;

/**
 * One line of a plot.
 *
 * @param plot the plot it belongs to
 * @param name what the line is
 * @param points in the order of x
 */
public record Curve(Plot plot, String name, List<Point> points) {

    public Curve {
        points = List.copyOf(points);
    }

    /** One measurement. */
    public record Point(double x, double y) {}

    /** The plots of the report. */
    public enum Plot {
        /** Latency: milliseconds by percentile. */
        LATENCY("Time to answer", "percentile", "ms", true),
        /** Throughput in each second of a round. */
        THROUGHPUT("Throughput over time", "seconds", "a second", false),
        /** A result server's memory by the number of watchers. */
        WATCHERS("Memory over watchers", "watchers", "MB", false),
        /** The memory of the three servers under load. */
        MEMORY("Resident memory under load", "seconds", "MB", false),
        /** The cost of one tally by the number of ballots. */
        TALLY("Cost of one tally over ballots", "ballots (powers of ten)", "µs", false);

        private final String title;
        private final String xName;
        private final String yName;
        private final boolean percentiles;

        Plot(String title, String xName, String yName, boolean percentiles) {
            this.title = title;
            this.xName = xName;
            this.yName = yName;
            this.percentiles = percentiles;
        }

        String title() {
            return title;
        }

        String xName() {
            return xName;
        }

        String yName() {
            return yName;
        }

        /** Whether x is a percentile, with equal distances between 90, 99 and 99.9, and y logarithmic. */
        boolean percentiles() {
            return percentiles;
        }
    }
}
