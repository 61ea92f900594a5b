package org.votingapp.result.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.MethodsServlet;

/** {@code GET /}: the result page, which Faces renders from {@code result.xhtml} and {@link ResultPage}. */
@WebServlet("")
public final class ResultPageServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/WEB-INF/result.xhtml";

    /** Has no state. */
    public ResultPageServlet() {
        super("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher(PAGE).forward(request, response);
    }
}
