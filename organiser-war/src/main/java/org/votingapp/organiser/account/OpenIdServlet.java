package org.votingapp.organiser.account;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.web.ClientAddress;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /openid}: sends the browser to the OpenID provider. {@code GET /openid-callback}: takes who comes back from there. The
 * log-in page tells what went wrong, with its form beside it.
 *
 * <p>The first is a link and not a form, since {@code form-action} of the CSP holds for redirects, too.
 */
@WebServlet({OpenIdServlet.BEGIN, OpenIdServlet.CALLBACK})
public final class OpenIdServlet extends MethodsServlet {

    static final String BEGIN = "/openid";
    static final String CALLBACK = "/openid-callback";

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_CODE = 4_096;

    private final transient OpenIdLogIn logIn;

    /** Logs in by this. */
    @Inject
    public OpenIdServlet(OpenIdLogIn logIn) {
        super("GET");
        this.logIn = logIn;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return logIn.isOffered() ? super.methods(request) : List.of();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getServletPath().equals(BEGIN)) {
            begin(request, response);
        } else {
            finish(request, response);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        BegunLogIn begun = BegunLogIn.now(WantedPage.named(request.getParameter(WantedPage.PARAMETER)));
        Optional<URI> provider = logIn.begin(begun, callback(request));
        if (provider.isEmpty()) {
            show(LogInOutcome.Kind.NO_PROVIDER, begun.wanted(), request, response);
            return;
        }
        begun.write(request, response);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", provider.get().toASCIIString());
    }

    private void finish(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        Optional<BegunLogIn> begun = BegunLogIn.read(request);
        WantedPage wanted = begun.map(BegunLogIn::wanted).orElse(WantedPage.named(null));
        if (begun.filter(one -> one.isOf(parameter(request, "state")) && !one.isTooOld(Instant.now()))
                .isEmpty()) {
            show(LogInOutcome.Kind.NOT_BEGUN, wanted, request, response);
            return;
        }
        // The code is good for one try, and so is what belongs to it.
        BegunLogIn.clear(request, response);
        String error = parameter(request, "error");
        String code = parameter(request, "code");
        if (!error.isEmpty() || code.isBlank() || code.length() > LONGEST_CODE) {
            show(
                    error.matches("server_error|temporarily_unavailable")
                            ? LogInOutcome.Kind.NO_PROVIDER
                            : LogInOutcome.Kind.DENIED,
                    wanted,
                    request,
                    response);
            return;
        }
        LogInOutcome outcome = logIn.finish(
                begun.get(),
                new OpenIdLogIn.Answer(
                        code,
                        Optional.ofNullable(request.getParameter("iss")),
                        callback(request),
                        ClientAddress.of(request)));
        outcome.token().ifPresent(token -> SessionCookie.write(token, request, response));
        outcome.held().ifPresent(token -> token.write(request, response));
        LoginPage.show(outcome, wanted, request, response);
    }

    private static void show(
            LogInOutcome.Kind kind, WantedPage wanted, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        LoginPage.show(LogInOutcome.refused(kind), wanted, request, response);
    }

    private static URI callback(HttpServletRequest request) {
        return absolute(request, CALLBACK);
    }

    /** A path at the address by which browsers reach this server, as they say: the provider takes none but those that it was told. */
    static URI absolute(HttpServletRequest request, String path) {
        return URI.create((request.isSecure() ? "https://" : "http://") + request.getHeader("Host") + path);
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }
}
