package org.votingapp.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportsTest {

    private static final Machine MACHINE = new Machine("2 cores <here>");

    private final Report report = new Report();

    @TempDir
    private Path folder;

    private void fill() {
        report.add(Figure.of("votes", "votes taken", "a second", List.of(19_000.0, 21_000.0, 20_000.0))
                .against("empty servlet", List.of(70_000.0, 70_000.0, 70_000.0))
                .with(Target.shareOfAtLeast(0.35))
                .noting("1 < 2"));
        report.add(Figure.of("votes", "  p99", "ms", List.of(8.0)).with(Target.atMost(10)));
        report.add(new Curve(
                Curve.Plot.LATENCY,
                "votes",
                List.of(new Curve.Point(0, 0.4), new Curve.Point(50, 2), new Curve.Point(99.9, 17))));
        report.add(new Curve(
                Curve.Plot.WATCHERS, "live heap", List.of(new Curve.Point(0, 60), new Curve.Point(20_000, 360))));
        report.add(new Report.StepNote("votes", 12, 0.5, -1, "measured"));
    }

    @Test
    void aTargetThatIsMissedIsPrintedAsSuch() {
        fill();
        assertThat(new Table(report, MACHINE).text())
                .contains("2 cores")
                .containsPattern("votes taken +20,000 +19,000 … 21,000 a second +≥ 0\\.350 × +0\\.286 .*NOT REACHED")
                .containsPattern("p99 +8 .*≤ 10 .* reached")
                .containsPattern("votes +12 +0\\.5 … unknown +measured");
    }

    @Test
    void theHtmlReportIsSelfContainedAndItsPlotsAreWellFormed() throws Exception {
        fill();
        Path file = folder.resolve("figures.html");
        new HtmlReport(report, MACHINE).write(file);
        String page = Files.readString(file);
        assertThat(page)
                .contains("2 cores &lt;here&gt;", "1 &lt; 2", "prefers-color-scheme: dark")
                .doesNotContain("http:", "https:", "src=", "href=", "@import", "url(");
        List<String> pictures = List.of(page.split("(?=<svg)|(?<=</svg>)")).stream()
                .filter(part -> part.startsWith("<svg"))
                .toList();
        assertThat(pictures).hasSize(2);
        for (String picture : pictures) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(picture)));
            assertThat(picture).contains("polyline").doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void theJsonReportHasEveryRound() throws IOException {
        fill();
        Path file = folder.resolve("figures.json");
        new JsonReport(report, MACHINE).write(file);
        JsonObject figure = JsonParser.parseString(Files.readString(file))
                .getAsJsonObject()
                .getAsJsonArray("figures")
                .get(0)
                .getAsJsonObject();
        assertThat(figure.getAsJsonArray("rounds")).hasSize(3);
        assertThat(figure.get("median").getAsDouble()).isEqualTo(20_000);
        assertThat(figure.get("reached").getAsBoolean()).isFalse();
    }
}
