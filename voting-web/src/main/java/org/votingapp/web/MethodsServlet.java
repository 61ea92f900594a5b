package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * A servlet for a few methods. It refuses any other method with the list of its own (405: RFC 9110, section 15.5.6), and
 * answers {@code OPTIONS} with that list (section 9.3.7).
 */
public abstract class MethodsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient List<String> methods;

    @Inject
    private transient ErrorAnswer errors;

    /** @param methods its methods, without {@code OPTIONS}, which each such servlet has */
    protected MethodsServlet(String... methods) {
        this.methods = List.of(methods);
    }

    /** The methods of the requested address; none where nothing is there (404). */
    protected List<String> methods(HttpServletRequest request) {
        return methods;
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        List<String> taken = methods(request);
        if (taken.isEmpty()) {
            errors.send(request, HttpServletResponse.SC_NOT_FOUND, response);
            return;
        }
        if (taken.contains(request.getMethod())) {
            super.service(request, response);
            return;
        }
        response.setHeader("Allow", String.join(", ", taken) + ", OPTIONS");
        if (!request.getMethod().equals("OPTIONS")) {
            errors.send(request, HttpServletResponse.SC_METHOD_NOT_ALLOWED, response);
        }
    }

    /** Answers failed requests. */
    protected final ErrorAnswer errors() {
        return errors;
    }
}
