package org.votingapp.benchmarks.report;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report as JSON, for programs and for {@link Baseline}. */
public final class JsonReport {

    private final Report report;
    private final Machine machine;

    public JsonReport(Report report, Machine machine) {
        this.report = report;
        this.machine = machine;
    }

    public void write(Path file) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("machine", machine.description());
        document.put(
                "figures", report.figures().stream().map(JsonReport::figure).toList());
        document.put("steps", report.steps());
        document.put("curves", report.curves());
        Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(document) + "\n");
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", figure.step());
        fields.put("name", figure.name().strip());
        fields.put("unit", figure.unit());
        fields.put("median", figure.median());
        fields.put("min", figure.min());
        fields.put("max", figure.max());
        fields.put("rounds", figure.values());
        figure.share().ifPresent(share -> {
            fields.put("share", share);
            fields.put("of", figure.limitName());
            fields.put("limits", List.copyOf(figure.limits()));
        });
        figure.target().ifPresent(target -> fields.put("target", target.toString()));
        figure.reached().ifPresent(reached -> fields.put("reached", reached));
        fields.put("note", figure.note());
        return fields;
    }
}
