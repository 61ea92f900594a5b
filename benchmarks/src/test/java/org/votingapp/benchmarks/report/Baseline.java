package org.votingapp.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An earlier run to compare with, read from the {@code figures.json} that {@link JsonReport} wrote.
 *
 * @param machine the machine of that run, as {@link Machine} describes it
 * @param figures its figures, without their targets
 */
public record Baseline(String machine, List<Figure> figures) {

    public Baseline {
        figures = List.copyOf(figures);
    }

    /** The document, as far as a comparison needs it; what is missing in the file is {@code null}. */
    private record Document(String machine, List<Entry> figures) {}

    private record Entry(String step, String name, String unit, List<Double> rounds, String of, List<Double> limits) {

        Figure figure() {
            Figure measured = Figure.of(step, name, unit, rounds);
            return limits == null ? measured : measured.against(of, limits);
        }
    }

    /**
     * Reads a report.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static Baseline read(Path file) {
        try {
            Document document = new Gson().fromJson(Files.readString(file), Document.class);
            return new Baseline(
                    Optional.of(document.machine()).get(),
                    document.figures().stream().map(Entry::figure).toList());
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("load.baseline: there is no file " + file, missing);
        } catch (IOException | JsonParseException | NullPointerException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "load.baseline: %s is not the figures.json of an earlier run (%s)"
                            .formatted(file, malformed.getMessage()),
                    malformed);
        }
    }
}
