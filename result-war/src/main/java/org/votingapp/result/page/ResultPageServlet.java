package org.votingapp.result.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.votingapp.web.MethodsServlet;

/** The address {@code /}: the result page, rendered by Faces for each reader. */
@WebServlet("")
public final class ResultPageServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/WEB-INF/result.xhtml";

    /** Shows the page. */
    public ResultPageServlet() {
        super("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher(PAGE).forward(request, response);
    }
}
