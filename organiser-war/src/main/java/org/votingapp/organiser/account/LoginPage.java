package org.votingapp.organiser.account;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.web.ClientAddress;
import org.votingapp.web.ErrorAnswer;

/** The log-in page: takes a name and a password, and leads to the page that was wanted. In the page: {@code loginPage}. */
@Named
@RequestScoped
public class LoginPage {

    static final String ADDRESS = "/login";

    @Inject
    private LogIn logIn;

    @Inject
    private HttpServletRequest request;

    private String name = "";
    private String password = "";
    private WantedPage wanted;
    private Optional<LogInOutcome> outcome = Optional.empty();

    @PostConstruct
    void readAddress() {
        wanted = WantedPage.named(request.getParameter(WantedPage.PARAMETER));
    }

    /** Goes on to the wanted page where there is a session already. */
    public void passBy() {
        if (CurrentOrganiser.session(request).isPresent()
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
        switch (now.kind()) {
            case LOGGED_IN -> {
                SessionCookie.write(now.token().orElseThrow(), request, (HttpServletResponse) answer.getResponse());
                goOn();
            }
            case WRONG -> answer.setResponseStatus(HttpServletResponse.SC_UNAUTHORIZED);
            case TOO_MANY -> {
                answer.setResponseStatus(ErrorAnswer.TOO_MANY);
                answer.setResponseHeader("Retry-After", Long.toString(getSeconds()));
            }
            default -> answer.setResponseStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
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

    /** Why nobody is logged in: {@code WRONG}, {@code TOO_MANY}, {@code UNAVAILABLE}; empty before a try. */
    public String getProblem() {
        return outcome.map(LogInOutcome::kind)
                .filter(kind -> kind != LogInOutcome.Kind.LOGGED_IN)
                .map(Enum::name)
                .orElse("");
    }

    /** How long to wait, in whole seconds. */
    public long getSeconds() {
        return outcome.map(now -> now.pause().plusMillis(999).toSeconds()).orElse(0L);
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
