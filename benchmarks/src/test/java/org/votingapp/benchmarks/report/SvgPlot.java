package org.votingapp.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Draws curves as an SVG picture with the colours of the surrounding page. */
final class SvgPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 28;
    private static final int TOP = 12;
    private static final int BOTTOM = 44;
    private static final int STEPS = 4;
    private static final List<Double> PERCENTILES = List.of(0.0, 50.0, 90.0, 99.0, 99.9, 99.99);

    private final Curve.Plot plot;
    private final List<Curve> curves;
    private final DoubleUnaryOperator xOf;
    private final DoubleUnaryOperator yOf;
    private final double xMin;
    private final double xMax;
    private final double yMin;
    private final double yMax;

    SvgPlot(Curve.Plot plot, List<Curve> curves) {
        this.plot = plot;
        this.curves = List.copyOf(curves);
        this.xOf = plot.percentiles() ? percentile -> -Math.log10(1 - Math.min(percentile, 99.99) / 100) : x -> x;
        this.yOf = plot.percentiles() ? y -> Math.log10(Math.max(y, 0.01)) : y -> y;
        this.xMin = xs().min().orElse(0);
        this.xMax = Math.max(xs().max().orElse(1), xMin + 1e-9);
        this.yMin = plot.percentiles() ? Math.floor(ys().min().orElse(0)) : 0;
        double highest = ys().max().orElse(1);
        this.yMax = plot.percentiles() ? Math.max(Math.ceil(highest), yMin + 1) : roundUp(highest);
    }

    private DoubleStream xs() {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(point -> xOf.applyAsDouble(point.x()));
    }

    private DoubleStream ys() {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(point -> yOf.applyAsDouble(point.y()));
    }

    /** The next greater number with one significant digit. */
    private static double roundUp(double number) {
        if (number <= 0) {
            return 1;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(number)));
        return Math.ceil(number / unit) * unit;
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        add(svg, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, plot.title());
        yAxis(svg);
        xAxis(svg);
        for (int i = 0; i < curves.size(); i++) {
            add(svg, "<polyline class=\"line c%d\" points=\"", i);
            curves.get(i).points().forEach(point -> add(svg, "%.1f,%.1f ", px(point.x()), py(point.y())));
            svg.append("\"/>");
        }
        return svg.append("</svg>").toString();
    }

    private void yAxis(StringBuilder svg) {
        int steps = plot.percentiles() ? (int) Math.round(yMax - yMin) : STEPS;
        for (int i = 0; i <= steps; i++) {
            double scaled = yMin + (yMax - yMin) * i / steps;
            double y = HEIGHT - BOTTOM - (scaled - yMin) / (yMax - yMin) * (HEIGHT - TOP - BOTTOM);
            String label = Numbers.shortly(plot.percentiles() ? Math.pow(10, scaled) : scaled);
            add(svg, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y);
            add(svg, "<text class=\"y\" x=\"%d\" y=\"%.1f\">%s</text>", LEFT - 6, y + 4, label);
        }
    }

    private void xAxis(StringBuilder svg) {
        List<Double> ticks = plot.percentiles()
                ? PERCENTILES.stream()
                        .filter(percentile -> xOf.applyAsDouble(percentile) <= xMax + 1e-9)
                        .toList()
                : DoubleStream.iterate(0, i -> i <= STEPS, i -> i + 1)
                        .map(i -> xMin + (xMax - xMin) * i / STEPS)
                        .boxed()
                        .toList();
        for (double tick : ticks) {
            add(
                    svg,
                    "<text class=\"x\" x=\"%.1f\" y=\"%d\">%s</text>",
                    px(tick),
                    HEIGHT - BOTTOM + 16,
                    plot.percentiles() ? String.valueOf(tick).replaceAll("\\.0$", "") : Numbers.shortly(tick));
        }
        add(svg, "<text class=\"x\" x=\"%d\" y=\"%d\">%s</text>", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, plot.xName());
    }

    private double px(double x) {
        return LEFT + (xOf.applyAsDouble(x) - xMin) / (xMax - xMin) * (WIDTH - LEFT - RIGHT);
    }

    private double py(double y) {
        return HEIGHT - BOTTOM - (yOf.applyAsDouble(y) - yMin) / (yMax - yMin) * (HEIGHT - TOP - BOTTOM);
    }

    private static void add(StringBuilder svg, String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }
}
