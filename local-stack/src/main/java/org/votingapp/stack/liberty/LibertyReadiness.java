package org.votingapp.stack.liberty;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Asks a Liberty server for its readiness (MicroProfile Health), and says what it waits for. */
final class LibertyReadiness {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HttpClient http;
    private final HttpRequest request;

    LibertyReadiness(HttpClient http, URI endpoint) {
        this.http = http;
        this.request = HttpRequest.newBuilder(endpoint).timeout(LIMIT).build();
    }

    /** What the server waits for; empty where it is ready. Takes 2 s at most. */
    Optional<String> waitsFor() {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.empty() : Optional.of(failedChecks(answer.body()));
        } catch (HttpTimeoutException frozen) {
            return Optional.of("an answer");
        } catch (ConnectException notListening) {
            return Optional.of("the server to start");
        } catch (IOException broken) {
            return Optional.of("an answer (" + broken.getMessage() + ")");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("an answer");
        }
    }

    private static String failedChecks(String health) {
        List<String> failed = new ArrayList<>();
        try {
            for (JsonElement element :
                    JsonParser.parseString(health).getAsJsonObject().getAsJsonArray("checks")) {
                JsonObject check = element.getAsJsonObject();
                if (!check.get("status").getAsString().equals("UP")) {
                    failed.add(check.get("name").getAsString() + reason(check));
                }
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException notAHealthDocument) {
            return "its health checks";
        }
        // The order of checks changes from answer to answer.
        Collections.sort(failed);
        return failed.isEmpty() ? "the application to start" : "its check " + String.join(", ", failed);
    }

    private static String reason(JsonObject check) {
        JsonObject data = check.getAsJsonObject("data");
        return data == null || !data.has("reason")
                ? ""
                : " (%s)".formatted(data.get("reason").getAsString());
    }
}
