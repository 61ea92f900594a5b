package org.votingapp.organiser.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The votes of each minute as a line for SVG, in a box of {@value #WIDTH} × {@value #HEIGHT}. */
final class PaceLine {

    static final int WIDTH = 300;
    static final int HEIGHT = 40;

    private PaceLine() {}

    /** The points of a {@code polyline}: the busiest minute at the top, none at the bottom. */
    static String points(List<Long> pace) {
        long most = Math.max(1, pace.stream().mapToLong(Long::longValue).max().orElse(0));
        double step = (double) WIDTH / Math.max(1, pace.size() - 1);
        return IntStream.range(0, pace.size())
                .mapToObj(minute -> String.format(
                        Locale.ROOT, "%.1f,%.1f", minute * step, HEIGHT - 1 - (HEIGHT - 2.0) * pace.get(minute) / most))
                .collect(Collectors.joining(" "));
    }
}
