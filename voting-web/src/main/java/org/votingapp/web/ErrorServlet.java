package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers every error of the container: a page for people, a problem document below {@code /api/}.
 *
 * <p>It says nothing of what the exception said, which goes to the log alone. It does not use Faces, which may be what
 * failed.
 */
@WebServlet("/error")
public final class ErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Assets assets;
    private final String page;

    /** Reads the page's template. */
    @Inject
    public ErrorServlet(Assets assets) {
        this.assets = assets;
        try (InputStream template = ErrorServlet.class.getResourceAsStream("error.html")) {
            this.page = new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean direct = request.getDispatcherType() != DispatcherType.ERROR;
        int status = direct ? 404 : (int) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Problem problem = HttpStatusText.problem(status);
        Object uri = direct ? request.getRequestURI() : request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (response.isCommitted()) {
            return;
        }
        // What the failed page had written goes; its cookies and the security headers stay.
        response.resetBuffer();
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        if (String.valueOf(uri).startsWith("/api/")) {
            write(problem.toJson(), Problem.MEDIA_TYPE, response);
        } else {
            write(pageOf(problem), "text/html;charset=UTF-8", response);
        }
    }

    private String pageOf(Problem problem) {
        return page.replace("{style}", assets.url("voting.css"))
                .replace("{icon}", assets.url("icon.svg"))
                .replace("{title}", problem.title())
                .replace("{detail}", problem.detail());
    }

    private static void write(String body, String mediaType, HttpServletResponse response) throws IOException {
        response.setContentType(mediaType);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        try {
            response.getOutputStream().write(bytes);
        } catch (IllegalStateException writerInUse) {
            // The failed page had taken the writer, and only one of the two may be used (Jakarta Servlet 6.0, section
            // 5.1).
            response.getWriter().write(body);
        }
    }
}
