package org.votingapp.result.address;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.votingapp.result.follow.TallyBoards;

/** The addresses of a page's poll, relative to the application's first page. In a page: {@code #{pollLinks.stream}}. */
@Named
@RequestScoped
public class PollLinks {

    private PollAddress asked;

    /** Takes the poll that the request asks for. */
    @Inject
    void ask(HttpServletRequest request, TallyBoards boards) {
        asked = PollAddress.of(request, boards);
    }

    /** The application's first page, from this page; empty where that is in the same folder. */
    public String getRoot() {
        return asked.root();
    }

    /** The result page; empty for the house room's. */
    public String getPage() {
        return asked.path();
    }

    /** Present mode. */
    public String getPresent() {
        return asked.path().isEmpty() ? "present" : asked.path() + "/present";
    }

    /** The tally as JSON; below it the stream, and with {@code .csv} the same as CSV. */
    public String getResults() {
        return asked.path().isEmpty() ? "api/results" : "api/" + asked.path() + "/results";
    }
}
