package org.votingapp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.votingapp.benchmarks.report.Baseline;
import org.votingapp.benchmarks.report.Comparison;
import org.votingapp.benchmarks.report.HtmlReport;
import org.votingapp.benchmarks.report.JsonReport;
import org.votingapp.benchmarks.report.Machine;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Report.StepNote;
import org.votingapp.benchmarks.report.Table;
import org.votingapp.benchmarks.steps.DrainRate;
import org.votingapp.benchmarks.steps.ExportCost;
import org.votingapp.benchmarks.steps.Latency;
import org.votingapp.benchmarks.steps.LoadScale;
import org.votingapp.benchmarks.steps.ManyPolls;
import org.votingapp.benchmarks.steps.ManyWatchers;
import org.votingapp.benchmarks.steps.MemoryUnderLoad;
import org.votingapp.benchmarks.steps.PseudonymCost;
import org.votingapp.benchmarks.steps.RecountCost;
import org.votingapp.benchmarks.steps.RunByMaven;
import org.votingapp.benchmarks.steps.Stage;
import org.votingapp.benchmarks.steps.Starts;
import org.votingapp.benchmarks.steps.Step;
import org.votingapp.benchmarks.steps.TallyCost;
import org.votingapp.benchmarks.steps.VotesAndPages;
import org.votingapp.benchmarks.steps.WatchedPolls;

/**
 * Measures the whole system and says how far each figure is from its target.
 *
 * <p>It fails if something could not be measured or the counts do not balance. A missed target does not fail it.
 * {@code -Dload.baseline=FILE} compares with the {@code figures.json} of an earlier run (relative to the project's
 * folder); {@code -Dload.strict=true} then fails if a figure is slower ({@link Comparison}).
 */
class MeasuresIT {

    private static final List<Step> STEPS = List.of(
            new VotesAndPages(),
            new DrainRate(),
            new Latency(),
            new MemoryUnderLoad(),
            new ManyWatchers(),
            new WatchedPolls(),
            new ManyPolls(),
            new PseudonymCost(),
            new Starts(),
            new TallyCost(),
            new RecountCost(),
            new ExportCost(),
            new RunByMaven());

    private static final LoadScale SCALE = LoadScale.fromSystemProperties();
    private static final boolean STRICT = Boolean.getBoolean("load.strict");
    private static final Report REPORT = new Report();
    private static final Stage STAGE = new Stage(SCALE);

    private static Optional<Baseline> baseline;

    /** Wrong settings fail before half an hour is spent. */
    @BeforeAll
    static void readSettings() {
        Set<String> names = STEPS.stream().map(Step::name).collect(Collectors.toSet());
        assertThat(names).as("the steps, and those of load.steps").containsAll(SCALE.steps());
        baseline = Optional.ofNullable(System.getProperty("load.baseline"))
                .map(file -> Baseline.read(Stage.root().resolve(file)));
        assertThat(STRICT && baseline.isEmpty())
                .as("load.strict without load.baseline")
                .isFalse();
    }

    @TestFactory
    Stream<DynamicTest> measure() {
        return STEPS.stream()
                .filter(step -> SCALE.includes(step.name()))
                .map(step -> DynamicTest.dynamicTest(step.name(), () -> measure(step)));
    }

    private static void measure(Step step) throws Exception {
        double before = Machine.load();
        long began = System.nanoTime();
        String outcome = "not measured";
        try {
            step.measure(STAGE, REPORT);
            outcome = "measured";
        } catch (Exception | AssertionError failed) {
            outcome = "not measured: "
                    + String.valueOf(failed.getMessage()).strip().replaceAll("\\s+", " ");
            throw failed;
        } finally {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            REPORT.add(new StepNote(step.name(), seconds, before, Machine.load(), outcome));
            System.out.println(step.name() + ": " + outcome + " in " + seconds + " s");
        }
    }

    @AfterAll
    static void report() throws IOException {
        // The figures are kept whatever becomes of the stage.
        try (STAGE) {
            Machine machine = Machine.here();
            System.out.println(new Table(REPORT, machine).text());
            Path folder = Files.createDirectories(Stage.root().resolve("benchmarks/target/load"));
            new JsonReport(REPORT, machine).write(folder.resolve("figures.json"));
            new HtmlReport(REPORT, machine).write(folder.resolve("figures.html"));
            System.out.println("The same with plots: " + folder.resolve("figures.html"));
            baseline.ifPresent(earlier -> compare(earlier, machine));
        }
    }

    private static void compare(Baseline earlier, Machine machine) {
        Comparison comparison = new Comparison(earlier, REPORT.figures(), machine);
        System.out.println(comparison.text());
        if (STRICT) {
            comparison.requireNothingSlower();
        }
    }
}
