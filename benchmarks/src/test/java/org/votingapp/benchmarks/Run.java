package org.votingapp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one run of the generator brought about.
 *
 * @param answers how many answers came with the status that is right
 * @param failures how many requests had another answer, or none
 * @param seconds how long it took
 * @param perSecond right answers in each second
 * @param nanos the time to answer of every request that was answered
 */
record Run(long answers, long failures, double seconds, List<Double> perSecond, Histogram nanos) {

    private static final double[] PERCENTILES = {0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};

    Run {
        perSecond = List.copyOf(perSecond);
    }

    /** Right answers a second. */
    double rate() {
        return answers / seconds;
    }

    /** The time within which this percentage was answered, in milliseconds. */
    double millis(double percentile) {
        return nanos.getValueAtPercentile(percentile) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    List<Curve.Point> percentiles() {
        List<Curve.Point> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            points.add(new Curve.Point(percentile, millis(percentile)));
        }
        return points;
    }

    List<Curve.Point> throughput() {
        List<Curve.Point> points = new ArrayList<>();
        for (int second = 0; second < perSecond.size(); second++) {
            points.add(new Curve.Point(second, perSecond.get(second)));
        }
        return points;
    }
}
