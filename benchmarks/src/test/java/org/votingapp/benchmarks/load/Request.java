package org.votingapp.benchmarks.load;

import java.util.Map;

/**
 * A request for the generator, constant but for a number in its path. The generator keeps no cookies, so each vote is a new voter's.
 *
 * @param method {@code GET} or {@code POST}
 * @param port of the server on 127.0.0.1
 * @param path the path
 * @param headers further header fields
 * @param body what is posted, or nothing
 * @param statusClass the first digit of the status that is right
 * @param numbers a path with <code>${number}</code> has a random one below this in its place, another one each time; 0 for any other path
 */
public record Request(
        String method, int port, String path, Map<String, String> headers, String body, int statusClass, int numbers) {

    private static final String JSON_VOTE = "{\"vote\":\"a\"}";

    public Request {
        headers = Map.copyOf(headers);
    }

    public static Request get(int port, String path) {
        return new Request("GET", port, path, Map.of(), "", 2, 0);
    }

    public static Request vote(int port) {
        return new Request("POST", port, "/api/votes", Map.of("Content-Type", "application/json"), JSON_VOTE, 2, 0);
    }

    public static Request formVote(int port) {
        return new Request(
                "POST", port, "/", Map.of("Content-Type", "application/x-www-form-urlencoded"), "vote=a", 3, 0);
    }

    /** A POST of a vote's size to another path. */
    public static Request post(int port, String path) {
        return new Request("POST", port, path, Map.of("Content-Type", "application/json"), JSON_VOTE, 2, 0);
    }

    public Request withCookies(String cookies) {
        return new Request(method, port, path, Map.of("Cookie", cookies), body, statusClass, numbers);
    }

    /** With a path that has <code>${number}</code>. */
    public Request withNumbersBelow(int most) {
        return new Request(method, port, path, headers, body, statusClass, most);
    }
}
