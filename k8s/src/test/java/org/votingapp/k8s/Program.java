package org.votingapp.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds another program and runs it to its end. */
final class Program {

    private Program() {}

    /** Where the path leads to it. */
    static Optional<String> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Whether tests that need a program which may not be there must run all the same: CI tests everything, or fails. */
    static boolean isEveryOneNeeded() {
        return "true".equals(System.getenv("CI"));
    }

    /**
     * Runs a line of words that are separated by spaces, in which <code>{name}</code> stands for a value.
     *
     * @return what it printed, errors included
     * @throws IOException with what it printed, when it failed
     */
    static String run(Path folder, String line, Map<String, String> values) throws IOException, InterruptedException {
        Outcome outcome = outcome(folder, line, values);
        if (!outcome.succeeded()) {
            throw new IOException(line + " " + values.keySet() + "\n" + outcome.text());
        }
        return outcome.text();
    }

    /** The same, however it ends. */
    static Outcome outcome(Path folder, String line, Map<String, String> values)
            throws IOException, InterruptedException {
        List<String> command = Stream.of(line.strip().split("\\s+"))
                .map(word -> filled(word, values))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output;
        try (InputStream out = process.getInputStream()) {
            output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        return new Outcome(process.waitFor(), output.strip());
    }

    private static String filled(String word, Map<String, String> values) {
        String result = word;
        for (Map.Entry<String, String> value : values.entrySet()) {
            result = result.replace("{" + value.getKey() + "}", value.getValue());
        }
        return result;
    }
}
