package org.votingapp.organiser.server;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that uses the API by a token. */
final class ApiClient {

    private final OrganiserServer server;
    private final String token;

    ApiClient(OrganiserServer server, String token) {
        this.server = server;
        this.token = token;
    }

    HttpResponse<String> send(String method, String path, String body, String... further) throws IOException {
        List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        if (!body.isEmpty()) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        headers.addAll(Arrays.asList(further));
        return server.send(method, "/api/" + path, body, headers.toArray(String[]::new));
    }

    HttpResponse<String> post(String path, String body, String... further) throws IOException {
        return send("POST", path, body, further);
    }

    JsonObject get(String path) throws IOException {
        return object(send("GET", path, ""));
    }

    JsonArray list(String path) throws IOException {
        return Json.createReader(new StringReader(send("GET", path, "").body())).readArray();
    }

    static JsonObject object(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    /** Makes a room, and returns its code. */
    String room(String title) throws IOException {
        return object(post("rooms", "{\"title\":\"" + title + "\"}")).getString("code");
    }

    /** Writes a poll about pizza or sushi, and returns its id. */
    String poll(String room, String... members) throws IOException {
        return object(post("rooms/" + room + "/polls", lunch(members))).getString("id");
    }

    static String lunch(String... members) {
        return "{\"question\":\"Where do we eat?\",\"options\":[\"Pizza\",\"Sushi\"]%s}"
                .formatted(members.length == 0 ? "" : "," + String.join(",", members));
    }
}
