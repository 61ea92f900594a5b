package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts of components/monitoring, by Prometheus' own tool; skipped where that is not installed, and failed there on
 * CI.
 */
class AlertsTest {

    private static final String WHAT_TO_INSTALL = "To try the alerts, install promtool, which comes with Prometheus.";

    private static final String CASES = "src/test/promtool/alerts.yaml";

    private final YAMLMapper yaml = new YAMLMapper();

    @TempDir
    private Path folder;

    @Test
    void eachIsRaisedWhenItIsDueAndOnlyThen() throws Exception {
        String promtool = promtool();
        JsonNode rules = read("components/monitoring/rules.yaml").path("spec");
        yaml.writeValue(folder.resolve("rules.yaml").toFile(), rules);
        Files.copy(Renderings.FOLDER.resolve(CASES), folder.resolve("cases.yaml"));

        Outcome outcome = Program.outcome(folder, "{promtool} test rules cases.yaml", Map.of("promtool", promtool));

        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
        assertThat(raised())
                .as("the alerts that are raised in one of the cases")
                .containsAll(rules.findValuesAsText("alert"))
                .isNotEmpty();
    }

    private static String promtool() {
        Optional<String> found = Program.onPath("promtool");
        if (found.isEmpty() && !Program.isEveryOneNeeded()) {
            System.out.println("The alerts are not tried. " + WHAT_TO_INSTALL);
            abort(WHAT_TO_INSTALL);
        }
        return found.orElseThrow(() -> new IllegalStateException(WHAT_TO_INSTALL));
    }

    private JsonNode read(String file) throws IOException {
        return yaml.readTree(Renderings.FOLDER.resolve(file).toFile());
    }

    private Set<String> raised() throws IOException {
        return read(CASES).findValues("alert_rule_test").stream()
                .flatMap(tests -> StreamSupport.stream(tests.spliterator(), false))
                .filter(test -> test.has("exp_alerts"))
                .map(test -> test.path("alertname").asText())
                .collect(Collectors.toSet());
    }
}
