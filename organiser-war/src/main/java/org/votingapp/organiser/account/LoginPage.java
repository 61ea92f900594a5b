package org.votingapp.organiser.account;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.votingapp.organiser.openid.OpenIdProvider;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.web.ClientAddress;

/** The log-in page: takes a name and a password, and leads to the page that was wanted. In the page: {@code loginPage}. */
@Named
@RequestScoped
public class LoginPage {

    static final String ADDRESS = "/login";

    private static final String OUTCOME = LoginPage.class.getName();
    private static final String WANTED = OUTCOME + ".wanted";
    private static final String LEAVING = OUTCOME + ".leaving";

    @Inject
    private LogIn logIn;

    @Inject
    private Accounts accounts;

    @Inject
    private Optional<OpenIdProvider> provider;

    @Inject
    private HttpServletRequest request;

    private String name = "";
    private String password = "";
    private WantedPage wanted;
    private Optional<LogInOutcome> outcome = Optional.empty();

    @PostConstruct
    void readAddress() {
        wanted = Optional.ofNullable((WantedPage) request.getAttribute(WANTED))
                .orElseGet(() -> WantedPage.named(request.getParameter(WantedPage.PARAMETER)));
        outcome = Optional.ofNullable((LogInOutcome) request.getAttribute(OUTCOME));
    }

    /** Answers with this page what came of a log-in at the provider. */
    static void show(LogInOutcome outcome, WantedPage wanted, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.setAttribute(OUTCOME, outcome);
        request.setAttribute(WANTED, wanted);
        response.setStatus(outcome.kind().status());
        if (outcome.kind() == LogInOutcome.Kind.TOO_MANY) {
            response.setHeader("Retry-After", Long.toString(outcome.seconds()));
        }
        request.getRequestDispatcher(ADDRESS).forward(request, response);
    }

    /**
     * Answers with this page that somebody has logged out, from where the browser goes on to the provider. No redirect: it would follow
     * a form, and {@code form-action} of the CSP holds for redirects, too.
     */
    static void showLeaving(URI provider, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.setAttribute(LEAVING, provider.toASCIIString());
        request.getRequestDispatcher(ADDRESS).forward(request, response);
    }

    /** Goes on to the wanted page where there is a session already. */
    public void passBy() {
        if (getLeaving().isEmpty()
                && CurrentOrganiser.session(request).isPresent()
                && !FacesContext.getCurrentInstance().isPostback()) {
            goOn();
        }
    }

    /** Tries to log in; afterwards there is a new session or a reason. */
    public void logIn() {
        // A session that the browser had before is not this one's: nobody can have known its token (OWASP, "Session
        // Fixation").
        LogInOutcome now = logIn.attempt(name, bounded(password), ClientAddress.of(request));
        outcome = Optional.of(now);
        ExternalContext answer = FacesContext.getCurrentInstance().getExternalContext();
        if (now.token().isPresent()) {
            SessionCookie.write(now.token().get(), request, (HttpServletResponse) answer.getResponse());
            HeldIdToken.clear(request, (HttpServletResponse) answer.getResponse());
            goOn();
        } else {
            answer.setResponseStatus(now.kind().status());
            if (now.kind() == LogInOutcome.Kind.TOO_MANY) {
                answer.setResponseHeader("Retry-After", Long.toString(now.seconds()));
            }
        }
    }

    /** No account has a longer one; what is tried in its place has the same length for all. */
    private static String bounded(String password) {
        return password.length() <= 2 * OrganiserLine.LONGEST_PASSWORD ? password : "-";
    }

    private void goOn() {
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_SEE_OTHER);
        faces.getExternalContext().setResponseHeader("Location", "./" + wanted.path());
        faces.responseComplete();
    }

    /** Why nobody is logged in, as the name of a {@code LogInOutcome.Kind}; empty before a try. */
    public String getProblem() {
        return outcome.map(LogInOutcome::kind)
                .filter(kind -> kind != LogInOutcome.Kind.LOGGED_IN)
                .map(Enum::name)
                .orElse("");
    }

    /**
     * Whether somebody has just come back from the provider. The browser then has to ask for the wanted page by itself: it keeps the
     * session's cookie from a request that another site began, and from where that is redirected to.
     */
    public boolean isEntered() {
        return outcome.filter(now -> now.kind() == LogInOutcome.Kind.LOGGED_IN).isPresent();
    }

    /** Where the browser ends the log-in at the provider after it has ended here; empty otherwise. */
    public String getLeaving() {
        return Optional.ofNullable((String) request.getAttribute(LEAVING)).orElse("");
    }

    /** Whether names and passwords log in. */
    public boolean isPasswords() {
        return !accounts.isEmpty();
    }

    /** The address that leads to the provider; empty where none is set. */
    public String getOpenId() {
        return provider.isPresent() ? wanted.address("openid") : "";
    }

    /** How long to wait, in whole seconds. */
    public long getSeconds() {
        return outcome.map(LogInOutcome::seconds).orElse(0L);
    }

    /** The wanted page, for the form. */
    public String getTo() {
        return wanted.path();
    }

    /** As somebody wrote it. */
    public String getName() {
        return name;
    }

    /** For the form. */
    public void setName(String name) {
        this.name = name == null ? "" : name;
    }

    /** Never goes back to the browser. */
    public String getPassword() {
        return "";
    }

    /** For the form. */
    public void setPassword(String password) {
        this.password = password == null ? "" : password;
    }
}
