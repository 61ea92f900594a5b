package org.votingapp.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.benchmarks.report.Comparison.Line;
import org.votingapp.benchmarks.report.Comparison.Verdict;

class ComparisonTest {

    private static final Machine HERE = new Machine("2 cores");
    private static final Machine ELSEWHERE = new Machine("64 cores");

    @TempDir
    private Path folder;

    private static Figure rate(Double... rounds) {
        return Figure.of("votes", "votes taken", Figure.PER_SECOND, List.of(rounds));
    }

    private static Figure millis(Double... rounds) {
        return Figure.of("votes", "  the same, p99", "ms", List.of(rounds));
    }

    private static Comparison comparison(Figure earlier, Figure now) {
        return new Comparison(new Baseline(HERE.description(), List.of(earlier)), List.of(now), HERE);
    }

    private static Verdict verdict(Figure earlier, Figure now) {
        return only(comparison(earlier, now)).verdict();
    }

    private static Line only(Comparison comparison) {
        return List.of(Verdict.values()).stream()
                .flatMap(verdict -> comparison.lines(verdict).stream())
                .reduce((one, other) -> {
                    throw new AssertionError(one + " and " + other);
                })
                .orElseThrow();
    }

    @Test
    void aLowerRateThatNoEarlierRoundHadIsSlower() {
        assertThat(verdict(rate(100.0, 102.0, 104.0), rate(90.0, 92.0, 94.0))).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void aHigherRateIsFaster() {
        assertThat(verdict(rate(90.0, 92.0, 94.0), rate(100.0, 102.0, 104.0))).isEqualTo(Verdict.FASTER);
    }

    @Test
    void aLongerTimeIsSlower() {
        assertThat(verdict(millis(8.0, 8.1), millis(9.0, 9.1))).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void mediansThatDifferByLessThanTheSpreadOfEitherRunAreWithinTheNoise() {
        assertThat(verdict(rate(100.0, 105.0, 120.0), rate(90.0, 95.0, 99.0))).isEqualTo(Verdict.WITHIN_NOISE);
        assertThat(verdict(rate(100.0, 101.0, 102.0), rate(79.0, 95.0, 99.0))).isEqualTo(Verdict.WITHIN_NOISE);
    }

    @Test
    void roundsThatOverlapAreWithinTheNoise() {
        assertThat(verdict(rate(100.0, 100.0, 90.0), rate(89.0, 89.0, 95.0))).isEqualTo(Verdict.WITHIN_NOISE);
        assertThat(verdict(rate(100.0, 100.0, 90.0), rate(89.0, 89.0, 99.0))).isEqualTo(Verdict.WITHIN_NOISE);
        assertThat(verdict(rate(100.0, 100.0, 90.0), rate(89.5, 89.5, 90.5))).isEqualTo(Verdict.WITHIN_NOISE);
    }

    @Test
    void aSlowerMachineDoesNotMakeAShareOfItsOwnLimitSlower() {
        Figure before = rate(30.0, 31.0).against("empty servlet", List.of(100.0, 100.0));

        assertThat(verdict(before, rate(15.0, 15.5).against("empty servlet", List.of(50.0, 50.0))))
                .isEqualTo(Verdict.WITHIN_NOISE);
        assertThat(verdict(before, rate(15.0, 15.5).against("empty servlet", List.of(100.0, 100.0))))
                .isEqualTo(Verdict.SLOWER);
    }

    @Test
    void aSlowerMachineIsNotASlowerFigure() {
        assertThat(only(comparison(rate(100.0, 101.0), rate(50.0, 51.0).asLimit())))
                .isEqualTo(new Line("votes: votes taken", Verdict.NOT_COMPARED, "it measures the machine"));
    }

    @Test
    void onAnotherMachineOnlySharesAreCompared() {
        Baseline elsewhere = new Baseline(
                ELSEWHERE.description(),
                List.of(rate(30.0, 31.0).against("empty servlet", List.of(100.0, 100.0)), millis(1.0, 1.0)));
        Comparison comparison = new Comparison(
                elsewhere,
                List.of(rate(3.0, 3.1).against("empty servlet", List.of(20.0, 20.0)), millis(9.0, 9.0)),
                HERE);

        assertThat(comparison.lines(Verdict.SLOWER)).extracting(Line::title).containsExactly("votes: votes taken");
        assertThat(comparison.lines(Verdict.NOT_COMPARED))
                .containsExactly(new Line(
                        "votes: votes taken, p99", Verdict.NOT_COMPARED, "the earlier run was on another machine"));
    }

    @Test
    void oneRoundTellsNothingOfTheNoise() {
        assertThat(verdict(rate(100.0), rate(50.0, 50.0))).isEqualTo(Verdict.NOT_COMPARED);
        assertThat(verdict(rate(100.0, 100.0), rate(50.0))).isEqualTo(Verdict.NOT_COMPARED);
    }

    @Test
    void aStepThatTheEarlierRunDidNotMeasureIsNamed() {
        Comparison comparison = new Comparison(
                new Baseline(HERE.description(), List.of(rate(100.0, 101.0))),
                List.of(rate(100.0, 101.0), Figure.of("drain", "votes taken", "s", List.of(1.0, 1.0))),
                HERE);

        assertThat(comparison.text()).containsPattern("not compared +drain: votes taken .*did not measure it");
        assertThatCode(comparison::requireNothingSlower).doesNotThrowAnyException();
    }

    @Test
    void equalNamesAreToldApartByTheFigureThatTheyContinue() {
        List<Figure> figures = List.of(
                Figure.of("votes", "64 connections", Figure.PER_SECOND, List.of(1.0, 1.0)),
                millis(1.0, 1.0),
                Figure.of("votes", "256 connections", Figure.PER_SECOND, List.of(1.0, 1.0)),
                millis(5.0, 5.0));

        assertThat(new Comparison(new Baseline(HERE.description(), figures), figures, HERE).lines(Verdict.WITHIN_NOISE))
                .extracting(Line::title)
                .containsExactly(
                        "votes: 64 connections",
                        "votes: 64 connections, p99",
                        "votes: 256 connections",
                        "votes: 256 connections, p99");
    }

    @Test
    void aStrictRunFailsOnASlowerFigureAndNamesIt() {
        assertThatThrownBy(comparison(rate(100.0, 102.0), rate(50.0, 51.0))::requireNothingSlower)
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("slower", "votes: votes taken", "101", "50.5");
        assertThatCode(comparison(rate(50.0, 51.0), rate(100.0, 101.0))::requireNothingSlower)
                .doesNotThrowAnyException();
    }

    @Test
    void aStrictRunFailsIfNothingCouldBeCompared() {
        assertThatThrownBy(comparison(rate(100.0), rate(100.0))::requireNothingSlower)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing could be compared");
    }

    @Test
    void whatOneRunWroteTheNextOneReads() throws IOException {
        Report report = new Report();
        report.add(rate(30.0, 31.0).against("empty servlet", List.of(100.0, 100.0)));
        report.add(millis(8.0, 9.0).with(Target.atMost(10)));
        Path file = folder.resolve("figures.json");
        new JsonReport(report, HERE).write(file);

        Comparison comparison = new Comparison(Baseline.read(file), report.figures(), HERE);

        assertThat(comparison.lines(Verdict.WITHIN_NOISE)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "{\"machine\": \"2 cores\"}",
                "{\"figures\": []}",
                "{\"machine\": \"2 cores\", \"figures\": [{\"name\": \"votes taken\"}]}",
                "{\"machine\": \"2 cores\", \"figures\": [{\"name\": \"votes taken\", \"rounds\": [\"many\"]}]}",
            })
    void aFileThatIsNoReportIsNamed(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("figures.json"), content);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.read(file))
                .withMessageContaining(file + " is not the figures.json of an earlier run");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        Path file = folder.resolve("nothing.json");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.read(file))
                .withMessageContaining("there is no file " + file);
    }
}
