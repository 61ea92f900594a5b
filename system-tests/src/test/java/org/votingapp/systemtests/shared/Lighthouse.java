package org.votingapp.systemtests.shared;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Lighthouse for tests, which npm fetches into {@code target}.
 *
 * @param program the command
 */
public record Lighthouse(Path program) {

    /** What a page is shown on. */
    public enum Screen {
        /**
         * A slow phone on a slow network. Lighthouse's factor of 4 is for a fast desktop: the phone has a "benchmark index" of
         * 264 (Chromium's DevTools, CalibrationController), shared machines have 440 to 760.
         */
        PHONE("--throttling.cpuSlowdownMultiplier=2"),

        /** A desktop's window and network. */
        DESKTOP("--preset=desktop");

        private final String flag;

        Screen(String flag) {
            this.flag = flag;
        }
    }

    /** The newest that runs on Debian 12's Node 18. */
    private static final String PACKAGE = "lighthouse@12.2.3";

    /** For one run, or for fetching. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int FAILED = 1;

    private static final Path FOLDER = Path.of("target", PACKAGE).toAbsolutePath();

    /**
     * Fetches Lighthouse, unless it is there; empty without npm, or where npm fails and says why.
     *
     * @param path the folders to search, as in the variable {@code PATH}
     */
    public static Optional<Lighthouse> fetch(String path) throws IOException, InterruptedException {
        Path program = FOLDER.resolve("node_modules").resolve(".bin").resolve("lighthouse");
        Optional<Path> npm = Programs.find(List.of("npm"), List.of(), path);
        if (npm.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.exists(program)) {
            Files.createDirectories(FOLDER);
            List<String> install = List.of(
                    npm.get().toString(), "install", "--prefix", FOLDER.toString(), "--no-audit", "--no-fund", PACKAGE);
            if (run(Map.of(), install) != 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new Lighthouse(program));
    }

    /**
     * The scores of a page, from 0 to 100, by category. The report stays as {@code name.report.html}, beside the program's folder.
     * Empty where Lighthouse fails, as on a browser that is too slow to record (NO_NAVSTART): it has said why.
     *
     * @param cookie {@code name=value}, or empty
     * @throws IOException where its report cannot be read
     */
    public Map<String, Integer> scores(URI page, String name, Screen screen, String cookie, Path chromium)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                page.toString(),
                "--quiet",
                "--output=json",
                "--output=html",
                "--output-path=" + FOLDER.resolve(name),
                "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking"));
        command.add(screen.flag);
        if (!cookie.isEmpty()) {
            command.add("--extra-headers={\"Cookie\":\"" + cookie + "\"}");
        }
        if (run(Map.of("CHROME_PATH", chromium.toString()), command) != 0) {
            return Map.of();
        }
        JsonObject categories = JsonParser.parseString(Files.readString(FOLDER.resolve(name + ".report.json")))
                .getAsJsonObject()
                .getAsJsonObject("categories");
        Map<String, Integer> scores = new TreeMap<>();
        for (Map.Entry<String, JsonElement> category : categories.entrySet()) {
            double score = category.getValue().getAsJsonObject().get("score").getAsDouble();
            scores.put(category.getKey(), (int) Math.round(100 * score));
        }
        return scores;
    }

    private static int run(Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(Files.createDirectories(FOLDER), "output", ".txt");
        // Not those of this JVM, by which Surefire speaks with it.
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            if (process.exitValue() != 0) {
                System.out.print(Files.readString(output));
            }
            return process.exitValue();
        }
        System.out.printf("%s took longer than %s.%n", command.get(0), LIMIT);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return FAILED;
    }
}
