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
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean direct = request.getDispatcherType() != DispatcherType.ERROR;
        int status = direct ? 404 : (int) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Problem problem = HttpStatusText.problem(status);
        Object uri = direct ? request.getRequestURI() : request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (String.valueOf(uri).startsWith("/api/")) {
            problem.send(response);
        } else {
            sendPage(problem, response);
        }
    }

    private void sendPage(Problem problem, HttpServletResponse response) throws IOException {
        byte[] body = page.replace("{style}", assets.url("voting.css"))
                .replace("{icon}", assets.url("icon.svg"))
                .replace("{title}", problem.title())
                .replace("{detail}", problem.detail())
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
