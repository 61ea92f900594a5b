package org.votingapp.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers a request that went wrong: with a page for people, with a problem document below {@code /api/}.
 *
 * <p>The page does not come from Faces, which may be what failed. Thread-safe.
 */
@ApplicationScoped
public class ErrorAnswer {

    /** A longer way up would only make the page of an absurd path a long one. */
    private static final int DEEPEST = 50;

    private Assets assets;
    private String page;

    /** For CDI's proxy. */
    protected ErrorAnswer() {}

    /** Reads the page's template, which loads these assets. */
    @Inject
    public ErrorAnswer(Assets assets) {
        this.assets = assets;
        try (InputStream template = ErrorAnswer.class.getResourceAsStream("error.html")) {
            this.page = new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Sends the answer, unless one is on its way already.
     *
     * @param path the path that was asked for
     * @param status the HTTP status
     * @throws IOException where the client is gone
     */
    public void send(String path, int status, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        HttpStatusText text = HttpStatusText.of(status);
        // What a failed page had written goes; its cookies and the security headers stay.
        response.resetBuffer();
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        if (path.startsWith("/api/")) {
            write(Problem.of(status, text.sentence()).toJson(), Problem.MEDIA_TYPE, response);
        } else {
            write(pageOf(text, rootFrom(path)), "text/html;charset=UTF-8", response);
        }
    }

    /** The way from a path to the application's first page, which a proxy may have put below a path that only it knows. */
    static String rootFrom(String path) {
        long depth = path.chars().filter(each -> each == '/').count() - 1;
        return depth <= 0 ? "./" : "../".repeat((int) Math.min(depth, DEEPEST));
    }

    private String pageOf(HttpStatusText text, String root) {
        return page.replace("{style}", root + assets.url("voting.css"))
                .replace("{icon}", root + assets.url("icon.svg"))
                .replace("{root}", root)
                .replace("{title}", text.title())
                .replace("{detail}", text.sentence());
    }

    private static void write(String body, String mediaType, HttpServletResponse response) throws IOException {
        response.setContentType(mediaType);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        try {
            response.getOutputStream().write(bytes);
        } catch (IllegalStateException writerInUse) {
            // A failed page had taken the writer, and only one of the two may be used (Jakarta Servlet 6.0, section
            // 5.1).
            response.getWriter().write(body);
        }
    }
}
