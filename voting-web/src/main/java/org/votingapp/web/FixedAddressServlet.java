package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.votingapp.web.language.PageLanguages;
import org.votingapp.web.language.PageText;

/**
 * The files that browsers and crawlers look for at a fixed address: the icon, the rules for crawlers (RFC 9309), and the
 * manifest, which names the page on a home screen (W3C, "Web Application Manifest"). Caches keep them for a day.
 */
@WebServlet({"/favicon.ico", "/robots.txt", FixedAddressServlet.MANIFEST})
public final class FixedAddressServlet extends MethodsServlet {

    static final String MANIFEST = "/manifest.webmanifest";

    private static final long serialVersionUID = 1L;

    private static final String WORDS = "common";
    /** The colour {@code --paper} of voting.css. */
    private static final String PAPER = "#faf7f2";

    private final transient Assets assets;
    private final transient PageLanguages languages;

    /** Serves the manifest with these icons, in the language of the request. */
    @Inject
    public FixedAddressServlet(Assets assets, PageLanguages languages) {
        super("GET", "HEAD");
        this.assets = assets;
        this.languages = languages;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/favicon.ico" -> send("image/vnd.microsoft.icon", file("favicon.ico"), response);
            case "/robots.txt" -> send("text/plain;charset=UTF-8", file("robots.txt"), response);
            default -> {
                response.setHeader("Vary", PageLanguages.VARY);
                JsonObject manifest = manifest(languages.text(languages.of(request)));
                send("application/manifest+json", manifest.toString().getBytes(StandardCharsets.UTF_8), response);
            }
        }
    }

    private JsonObject manifest(PageText text) {
        String name = text.sentence(WORDS, "app.name");
        return Json.createObjectBuilder()
                .add("name", name)
                .add("short_name", name)
                .add("lang", text.getTag())
                .add("dir", text.getDirection())
                .add("start_url", "./")
                .add("scope", "./")
                .add("display", "minimal-ui")
                .add("background_color", PAPER)
                .add("theme_color", PAPER)
                .add(
                        "icons",
                        Json.createArrayBuilder()
                                .add(icon("icon.svg", "image/svg+xml", "any", "any"))
                                .add(icon("icon-512.png", "image/png", "512x512", "maskable")))
                .build();
    }

    private JsonObject icon(String asset, String type, String sizes, String purpose) {
        return Json.createObjectBuilder()
                .add("src", assets.url(asset))
                .add("type", type)
                .add("sizes", sizes)
                .add("purpose", purpose)
                .build();
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = FixedAddressServlet.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static void send(String type, byte[] content, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "public, max-age=86400");
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }
}
