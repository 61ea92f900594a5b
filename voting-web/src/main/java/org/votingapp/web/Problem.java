package org.votingapp.web;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document: tells an API client what is wrong (RFC 9457). The status says which kind of problem it is, so the type
 * is {@code about:blank} and the title is the status' phrase (section 4.2.1).
 *
 * @param status the HTTP status
 * @param detail what was wrong with this request, and what would be right
 * @param extensions further members (RFC 9457, section 3.2), such as {@code choice}: texts, numbers, truth values, and lists and
 *     maps of them
 */
public record Problem(int status, String detail, Map<String, Object> extensions) {

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    /** Copies the extensions, keeping their order. */
    public Problem {
        extensions = new LinkedHashMap<>(extensions);
    }

    /** A problem without further members. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, Map.of());
    }

    /** The document as JSON, on one line. */
    public String toJson() {
        JsonObjectBuilder document = JSON.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", HttpStatusText.of(status).phrase())
                .add("status", status)
                .add("detail", detail);
        return document.addAll(JSON.createObjectBuilder(extensions)).build().toString();
    }

    /**
     * Answers a request with this problem.
     *
     * @throws IOException where the client is gone
     */
    public void send(HttpServletResponse response) throws IOException {
        byte[] body = toJson().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
