package org.votingapp.benchmarks.load;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the request and answers two bytes: the cost of a request without any work. */
@WebServlet(EmptyServlet.PATH)
public final class EmptyServlet extends HttpServlet {

    public static final String PATH = "/empty";

    private static final long serialVersionUID = 1L;
    private static final byte[] ANSWER = "ok".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().readAllBytes();
        doGet(request, response);
    }
}
