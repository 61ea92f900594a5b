package org.votingapp.worker.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the server for its health and its metrics. */
final class Probe {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;

    /** @param application any address of the server */
    Probe(URI application) {
        this.server = application.resolve("/");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    boolean is(String kind) throws IOException, InterruptedException {
        return get("/health/" + kind).statusCode() == 200;
    }

    /** The value of a metric, or not a number. */
    double metric(String name) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("(?m)^" + name + "\\{[^}]*} (\\S+)$")
                .matcher(get("/metrics?scope=application").body());
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
    }
}
