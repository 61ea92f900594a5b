package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.votingapp.organiser.desk.ChangedMeanwhileException;
import org.votingapp.organiser.desk.RefusedException;
import org.votingapp.organiser.desk.UnknownHereException;
import org.votingapp.poll.RoomCode;

/** Reads what a page was asked, and answers: the page, another one (303), or that there is nothing (404). */
@Named
@RequestScoped
public class PageAnswer {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    @Inject
    private HttpServletRequest request;

    private String problem = "";

    /**
     * Does what a page is for, before it is rendered.
     *
     * @param post what a form asks for; afterwards the page is shown, unless it went elsewhere
     * @param show reads what the page shows
     */
    void answer(Runnable post, Runnable show) {
        try {
            if (isPost()) {
                attempt(post);
            }
            if (!FacesContext.getCurrentInstance().getResponseComplete()) {
                show.run();
            }
        } catch (UnknownHereException unknown) {
            sendNotFound();
        }
    }

    private void attempt(Runnable post) {
        try {
            post.run();
        } catch (RefusedException refused) {
            refuse(HttpServletResponse.SC_CONFLICT, refused.reason().key());
        } catch (ChangedMeanwhileException changed) {
            refuse(HttpServletResponse.SC_CONFLICT, "conflict.heading");
        }
    }

    /** Shows the page with a sentence that says why nothing was done. */
    void refuse(int status, String key) {
        problem = key;
        external().setResponseStatus(status);
    }

    /** Why nothing was done: a key of the bundle {@code organiser}; empty where all is well. */
    public String getProblem() {
        return problem;
    }

    /** Whether the request is a form. */
    boolean isPost() {
        return request.getMethod().equals("POST");
    }

    /** Leads the browser to another page, with GET. */
    void goTo(String page) {
        external().setResponseStatus(HttpServletResponse.SC_SEE_OTHER);
        external().setResponseHeader("Location", "./" + page);
        FacesContext.getCurrentInstance().responseComplete();
    }

    private void sendNotFound() {
        try {
            external().responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        FacesContext.getCurrentInstance().responseComplete();
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }

    /** A parameter; empty where there is none. */
    String parameter(String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }

    /** The version that a form showed; none where it does not say. */
    OptionalLong version() {
        String version = parameter("version");
        return NUMBER.matcher(version).matches() ? OptionalLong.of(Long.parseLong(version)) : OptionalLong.empty();
    }

    /**
     * The room that an address names.
     *
     * @throws UnknownHereException where no room can have such a code
     */
    RoomCode room(String parameter) {
        String written = parameter(parameter);
        if (written.equals(RoomCode.HOUSE.value())) {
            return RoomCode.HOUSE;
        }
        return RoomCode.parse(written).orElseThrow(UnknownHereException::address);
    }

    /** The host name by which the browser came. */
    String host() {
        return request.getServerName();
    }
}
