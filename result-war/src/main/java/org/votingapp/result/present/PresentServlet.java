package org.votingapp.result.present;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.MethodsServlet;

/** {@code GET /present}: present mode, which Faces renders from {@code present.xhtml} and {@link PresentPage}. */
@WebServlet("/present")
public final class PresentServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/WEB-INF/present.xhtml";

    /** Has no state. */
    public PresentServlet() {
        super("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher(PAGE).forward(request, response);
    }
}
