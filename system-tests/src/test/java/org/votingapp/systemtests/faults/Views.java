package org.votingapp.systemtests.faults;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.stack.liberty.LibertyPart;

/** The votes by option that a result server shows now, in each of its formats. Thread-safe. */
public final class Views {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern PAGE_ROW = Pattern.compile(
            "<li class=\"row\" data-option=\"([a-z]+)\".*?class=\"votes\"[^>]*>([\\d.,  ]+)", Pattern.DOTALL);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final LibertyPart result;

    public Views(LibertyPart result) {
        this.result = result;
    }

    /** The results API. */
    public Map<String, Long> api() throws IOException, InterruptedException {
        return json(body("/api/results"));
    }

    /** The CSV. */
    Map<String, Long> csv() throws IOException, InterruptedException {
        Map<String, Long> votes = new TreeMap<>();
        body("/api/results.csv").lines().skip(1).map(line -> line.split(",")).forEach(fields -> {
            votes.put(fields[0], Long.valueOf(fields[2]));
        });
        return votes;
    }

    /** The page, as the server rendered it. */
    Map<String, Long> page() throws IOException, InterruptedException {
        Map<String, Long> votes = new TreeMap<>();
        String page = body("/");
        Matcher row = PAGE_ROW.matcher(page);
        while (row.find()) {
            votes.put(row.group(1), Long.valueOf(row.group(2).replaceAll("\\D", "")));
        }
        if (votes.isEmpty()) {
            throw new IOException("a page without numbers: " + page);
        }
        return votes;
    }

    /** The votes in a tally document. */
    static Map<String, Long> json(String document) {
        Map<String, Long> votes = new TreeMap<>();
        for (JsonElement element :
                JsonParser.parseString(document).getAsJsonObject().getAsJsonArray("options")) {
            JsonObject option = element.getAsJsonObject();
            votes.put(option.get("key").getAsString(), option.get("votes").getAsLong());
        }
        return votes;
    }

    private String body(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(result.uri(path)).timeout(PATIENCE).build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }
}
