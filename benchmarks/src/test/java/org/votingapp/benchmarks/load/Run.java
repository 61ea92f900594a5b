package org.votingapp.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.votingapp.benchmarks.report.Curve;

/**
 * The result of one run of the generator.
 *
 * @param answers the number of answers with the expected status
 * @param failures the number of requests with another answer or none
 * @param seconds its duration
 * @param perSecond expected answers in each second
 * @param nanos the response time of every answered request
 */
public record Run(long answers, long failures, double seconds, List<Double> perSecond, Histogram nanos) {

    private static final double[] PERCENTILES = {0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};

    public Run {
        perSecond = List.copyOf(perSecond);
    }

    /** Expected answers per second. */
    public double rate() {
        return answers / seconds;
    }

    /** This percentile of the response time, in milliseconds. */
    public double millis(double percentile) {
        return nanos.getValueAtPercentile(percentile) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    public List<Curve.Point> percentiles() {
        List<Curve.Point> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            points.add(new Curve.Point(percentile, millis(percentile)));
        }
        return points;
    }

    public List<Curve.Point> throughput() {
        List<Curve.Point> points = new ArrayList<>();
        for (int second = 0; second < perSecond.size(); second++) {
            points.add(new Curve.Point(second, perSecond.get(second)));
        }
        return points;
    }
}
