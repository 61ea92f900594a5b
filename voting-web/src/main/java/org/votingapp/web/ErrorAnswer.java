package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers a failed request: with a {@link Problem} below {@code /api/}, elsewhere with a page for people.
 *
 * <p>Faces does not render the page, since Faces may be what failed. Thread-safe.
 */
@Singleton
public class ErrorAnswer {

    /** Limits the size of the page where a path is absurdly deep. */
    private static final int DEEPEST = 50;

    private final Assets assets;
    private final String page;

    /** Reads the template of the page, which loads these assets. */
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
     * Sends the answer, unless the client has begun to receive another one.
     *
     * @param path the path of the request
     * @param status the HTTP status
     * @throws IOException where the client is gone
     */
    public void send(String path, int status, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        HttpStatusText text = HttpStatusText.of(status);
        // Drops what a failed page wrote, but keeps its cookies and the security headers.
        response.resetBuffer();
        if (path.startsWith("/api/")) {
            Problem.of(status, text.sentence()).send(response);
        } else {
            sendPage(status, pageOf(text, rootFrom(path)), response);
        }
    }

    /** The relative link from a path to the application's first page, which a proxy may serve below a path of its own. */
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
