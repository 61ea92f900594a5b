package org.votingapp.result.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /}: the result page, and {@code GET /present}: the same for a projector. Faces renders them from
 * {@code result.xhtml} and {@code present.xhtml}, each with a {@link ResultPage}.
 */
@WebServlet({"", ResultPageServlet.PRESENT})
public final class ResultPageServlet extends MethodsServlet {

    static final String PRESENT = "/present";

    private static final long serialVersionUID = 1L;

    /** Has no state. */
    public ResultPageServlet() {
        super("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String page = request.getServletPath().equals(PRESENT) ? "present" : "result";
        request.getRequestDispatcher("/WEB-INF/" + page + ".xhtml").forward(request, response);
    }
}
