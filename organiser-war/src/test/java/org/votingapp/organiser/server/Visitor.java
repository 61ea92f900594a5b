package org.votingapp.organiser.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: keeps cookies, and sends forms with the hidden fields that they have. */
final class Visitor {

    private static final Pattern COOKIE = Pattern.compile("^([^=;]+)=([^;]*)(.*)$");
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");

    private final OrganiserServer server;
    private final String[] headers;
    private final Map<String, String> cookies = new TreeMap<>();

    /** @param headers what it sends with each request */
    Visitor(OrganiserServer server, String... headers) {
        this.server = server;
        this.headers = headers;
    }

    HttpResponse<String> get(String path) throws IOException {
        return keep(server.get(path, headers()));
    }

    HttpResponse<String> post(String path, Map<String, String> form, String... further) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
        all.addAll(Arrays.asList(further));
        return keep(server.send("POST", path, body, headers(all.toArray(String[]::new))));
    }

    /** Sends the log-in page's form. */
    HttpResponse<String> logIn(String name, String password) throws IOException {
        return logIn(name, password, "");
    }

    /** The same after another page was asked for. */
    HttpResponse<String> logIn(String name, String password, String to) throws IOException {
        return post(
                "/login",
                Map.of(
                        "name",
                        name,
                        "password",
                        password,
                        "to",
                        to,
                        "login_SUBMIT",
                        "1",
                        "enter",
                        "",
                        "jakarta.faces.ViewState",
                        "stateless"));
    }

    /** The token that forms of a page carry. */
    String csrf() throws IOException {
        Matcher token = CSRF.matcher(get("/account").body());
        return token.find() ? token.group(1) : "";
    }

    /** The value of its session's cookie; empty where it has none. */
    String session() {
        return Optional.ofNullable(cookies.get("organiser"))
                .or(() -> Optional.ofNullable(cookies.get("__Host-organiser")))
                .orElse("");
    }

    /** The cookies that it sends. */
    String cookies() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Takes a cookie that somebody else made. */
    void takeSession(String value) {
        cookies.put("organiser", value);
    }

    private String[] headers(String... further) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        all.addAll(Arrays.asList(further));
        if (!cookies.isEmpty()) {
            all.add("Cookie");
            all.add(cookies());
        }
        return all.toArray(String[]::new);
    }

    private HttpResponse<String> keep(HttpResponse<String> response) {
        for (String line : response.headers().allValues("Set-Cookie")) {
            Matcher cookie = COOKIE.matcher(line);
            if (cookie.matches()) {
                if (cookie.group(2).isEmpty()) {
                    cookies.remove(cookie.group(1));
                } else {
                    cookies.put(cookie.group(1), cookie.group(2));
                }
            }
        }
        return response;
    }
}
