package org.votingapp.result.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.votingapp.testsupport.server.LibertyProcess;

/**
 * A result server in a process of its own; one at a time, since all of a run have one output folder, so that each starts
 * from what the one before has worked out.
 */
final class ResultServer extends LibertyProcess {

    private static final Path OUTPUT = newOutput();

    /**
     * Starts it.
     *
     * @param folder for what it writes
     * @param variables its settings
     */
    ResultServer(Path folder, Map<String, String> variables) throws IOException {
        super("result", folder, OUTPUT, variables);
        start();
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException {
        return exchange(method, path, "", headers);
    }

    JsonObject results() throws IOException {
        return Json.createReader(new StringReader(get("/api/results").body())).readObject();
    }

    /** A sample from {@code /metrics}: its first line that begins so. */
    double metric(String beginning) throws IOException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    EventStream stream() {
        return stream("/api/results/stream");
    }

    EventStream stream(String path) {
        return new EventStream(http, uri(path));
    }
}
