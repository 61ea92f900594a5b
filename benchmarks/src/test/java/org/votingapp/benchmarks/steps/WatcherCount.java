package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.stack.liberty.LibertyPart;

/** The number of watchers, as the result server's metric tells it. */
final class WatcherCount {

    private static final Pattern COUNT = Pattern.compile("^result_watchers\\{[^}]*} (\\S+)", Pattern.MULTILINE);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private WatcherCount() {}

    static int of(LibertyPart server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        Matcher count =
                COUNT.matcher(CLIENT.send(request, BodyHandlers.ofString()).body());
        assertThat(count.find()).as("the metric result_watchers").isTrue();
        return (int) Double.parseDouble(count.group(1));
    }
}
