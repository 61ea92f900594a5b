package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.votingapp.web.language.PageLanguages;
import org.votingapp.web.language.PageText;

/**
 * Answers a failed request: with a {@link Problem} below {@code /api/}, elsewhere with a page for people in their language.
 *
 * <p>Faces does not render the page, since Faces may be what failed. Thread-safe.
 */
@Singleton
public class ErrorAnswer {

    /** Limits the size of the page where a path is absurdly deep. */
    private static final int DEEPEST = 50;

    private static final String WORDS = "errors";

    /** RFC 6585, section 4; Jakarta Servlet has no name for it. */
    public static final int TOO_MANY = 429;

    private final Assets assets;
    private final PageLanguages languages;
    private final String page;

    /** Reads the template of the page, which loads these assets. */
    @Inject
    public ErrorAnswer(Assets assets, PageLanguages languages) {
        this.assets = assets;
        this.languages = languages;
        try (InputStream template = ErrorAnswer.class.getResourceAsStream("error.html")) {
            this.page = new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Sends the answer, unless the client has begun to receive another one.
     *
     * @param request the request, or its error dispatch
     * @param status the HTTP status
     * @throws IOException where the client is gone
     */
    public void send(HttpServletRequest request, int status, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        String path = pathOf(request);
        HttpStatusText text = HttpStatusText.of(status);
        // Drops what a failed page wrote, but keeps its cookies and the security headers.
        response.resetBuffer();
        if (path.startsWith("/api/")) {
            Problem.of(status, text.sentence()).send(response);
        } else {
            sendPage(status, pageOf(text, "text." + text.words(), request, path), response);
        }
    }

    /** Sends the page for an address with a code that no room has (404). */
    public void sendUnknownRoom(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendPage(request, HttpServletResponse.SC_NOT_FOUND, "text.room", response);
    }

    /** Sends a page for people that says, in place of what the status means, the sentence with this key. */
    public void sendPage(HttpServletRequest request, int status, String words, HttpServletResponse response)
            throws IOException {
        sendPage(status, pageOf(HttpStatusText.of(status), words, request, pathOf(request)), response);
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR
                ? String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                : request.getRequestURI();
    }

    /** The relative link from a path to the application's first page, which a proxy may serve below a path of its own. */
    public static String rootFrom(String path) {
        long depth = path.chars().filter(each -> each == '/').count() - 1;
        return depth <= 0 ? "./" : "../".repeat((int) Math.min(depth, DEEPEST));
    }

    /** @param words the name of the text that tells more than the title */
    private String pageOf(HttpStatusText status, String words, HttpServletRequest request, String path) {
        PageText text = languages.text(languages.of(request));
        String root = rootFrom(path);
        return page.replace("{language}", text.getTag())
                .replace("{direction}", text.getDirection())
                .replace("{style}", root + assets.url("voting.css"))
                .replace("{icon}", root + assets.url("icon.svg"))
                .replace("{root}", root)
                .replace("{home}", words(text, "home"))
                .replace("{title}", words(text, "title." + status.words()))
                .replace("{detail}", words(text, words));
    }

    /** The sentence with this key of the bundle {@code errors}; an application may have others of its own. */
    protected String words(PageText text, String key) {
        return text.sentence(WORDS, key);
    }

    private static void sendPage(int status, String page, HttpServletResponse response) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IllegalStateException writerInUse) {
            // The failed page took the writer; a response has that or the stream (Jakarta Servlet 6.0, section 5.1).
            response.getWriter().write(page);
        }
    }
}
