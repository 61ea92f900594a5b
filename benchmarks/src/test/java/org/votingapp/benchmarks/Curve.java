package org.votingapp.benchmarks;

import java.util.List;

/**
 * What a plot shows as one line.
 *
 * @param plot the plot it belongs to
 * @param name what the line is
 * @param points in the order of x
 */
record Curve(Plot plot, String name, List<Point> points) {

    Curve {
        points = List.copyOf(points);
    }

    /** One measurement. */
    record Point(double x, double y) {}

    /** The plots of the report. */
    enum Plot {
        /** How long answers take: percentile against milliseconds. */
        LATENCY("Time to answer", "percentile", "ms", true),
        /** What is done in each second of a round. */
        THROUGHPUT("Throughput over time", "seconds", "a second", false),
        /** What a result server needs, by how many watch. */
        WATCHERS("Memory over watchers", "watchers", "MB", false),
        /** What the three servers hold while they are under load. */
        MEMORY("Resident memory under load", "seconds", "MB", false),
        /** What one tally costs, by how many ballots there are. */
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

        /** Whether x is a percentile, drawn so that 90, 99 and 99.9 lie apart alike, and y logarithmic. */
        boolean percentiles() {
            return percentiles;
        }
    }
}
