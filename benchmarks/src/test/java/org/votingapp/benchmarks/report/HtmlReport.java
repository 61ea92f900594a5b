package org.votingapp.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The report as one self-contained HTML page. */
public final class HtmlReport {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Voting app under load</title>
            <style>
            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #d0d7de; --good: #0a6b2d; --bad: #b3261e; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6edf3; --paper: #0d1117; --faint: #3a424c; --good: #56d364; --bad: #ff8a80; }
            }
            body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; }
            th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--faint); text-align: left; vertical-align: top; }
            .u { white-space: nowrap; } .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            tbody th { padding-top: 1rem; }
            .yes { color: var(--good); } .no { color: var(--bad); font-weight: 600; }
            figure { margin: 1rem 0 2rem; } svg { width: 100%; height: auto; max-width: 60rem; }
            svg text { fill: var(--ink); font-size: 12px; } .y { text-anchor: end; } .x { text-anchor: middle; }
            .grid { stroke: var(--faint); } .line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
            .key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; list-style: none; }
            .key li::before { content: ""; display: inline-block; width: 1.2em; height: .25em; margin-right: .4em; vertical-align: middle; background: var(--c); }
            .c0 { --c: #2f81f7; } .c1 { --c: #d9730d; } .c2 { --c: #2da44e; } .c3 { --c: #bf3989; } .c4 { --c: #8a63d2; } .c5 { --c: #b08800; }
            .c6 { --c: #0aa2a2; } .c7 { --c: #cf4a3f; } .c8 { --c: #7d8590; } .c9 { --c: #5a8f29; } .c10 { --c: #c264c9; }
            </style>
            </head>
            <body>
            <h1>Voting app under load</h1>
            """;

    private final Report report;
    private final Machine machine;

    public HtmlReport(Report report, Machine machine) {
        this.report = report;
        this.machine = machine;
    }

    public void write(Path file) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<p>").append(escape(machine.description())).append("</p>\n");
        figures(page);
        for (Curve.Plot plot : Curve.Plot.values()) {
            plot(page, plot);
        }
        steps(page);
        Files.writeString(file, page.append("</body>\n</html>\n"));
    }

    private void figures(StringBuilder page) {
        page.append("<div class=\"wide\"><table><thead><tr><th>figure<th class=\"n\">median<th class=\"n\">min … max")
                .append(
                        "<th>unit<th class=\"n\">target<th class=\"n\">share<th>of what<th>reached</tr></thead><tbody>\n");
        String step = "";
        for (Figure figure : report.figures()) {
            if (!figure.step().equals(step)) {
                step = figure.step();
                page.append("<tr><th colspan=\"8\">").append(escape(step)).append("</th></tr>\n");
            }
            page.append(row(figure));
        }
        page.append("</tbody></table></div>\n");
    }

    private static String row(Figure figure) {
        String reached = figure.reached()
                .map(yes -> yes ? "<span class=\"yes\">yes</span>" : "<span class=\"no\">no</span>")
                .orElse("");
        return "<tr><td>%s<td class=\"n\">%s<td class=\"n\">%s … %s<td class=\"u\">%s<td class=\"n\">%s<td class=\"n\">%s<td>%s<td>%s %s</tr>%n"
                .formatted(
                        escape(figure.name()),
                        Numbers.shortly(figure.median()),
                        Numbers.shortly(figure.min()),
                        Numbers.shortly(figure.max()),
                        escape(figure.unit()),
                        figure.target().map(Target::toString).orElse(""),
                        figure.share().map(Numbers::shortly).orElse(""),
                        escape(figure.limitName()),
                        reached,
                        escape(figure.note()));
    }

    private void plot(StringBuilder page, Curve.Plot plot) {
        List<Curve> curves =
                report.curves().stream().filter(curve -> curve.plot() == plot).toList();
        if (curves.isEmpty()) {
            return;
        }
        page.append("<figure><figcaption><h2>%s</h2><p>%s, by %s</p><ul class=\"key\">"
                .formatted(plot.title(), plot.yName(), plot.xName()));
        for (int i = 0; i < curves.size(); i++) {
            page.append("<li class=\"c%d\">%s</li>"
                    .formatted(i, escape(curves.get(i).name())));
        }
        page.append("</ul></figcaption>")
                .append(new SvgPlot(plot, curves).svg())
                .append("</figure>\n");
    }

    private void steps(StringBuilder page) {
        page.append("<h2>What the machine did</h2><table><thead><tr><th>step<th class=\"n\">seconds")
                .append("<th class=\"n\">load average before … after<th>outcome</tr></thead><tbody>\n");
        for (Report.StepNote note : report.steps()) {
            page.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td class=\"n\">%d<td class=\"n\">%s … %s<td>%s</tr>%n",
                    escape(note.name()),
                    note.seconds(),
                    Machine.describe(note.loadBefore()),
                    Machine.describe(note.loadAfter()),
                    escape(note.outcome())));
        }
        page.append("</tbody></table>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
