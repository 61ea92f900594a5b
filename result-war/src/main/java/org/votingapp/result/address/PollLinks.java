package org.votingapp.result.address;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.votingapp.result.follow.TallyBoard;

/** The addresses of a page's poll, relative to the application's first page. In a page: {@code #{pollLinks.stream}}. */
@Named
@RequestScoped
public class PollLinks {

    private PollAddress asked;

    /** Takes the poll that the request asks for. */
    @Inject
    void ask(HttpServletRequest request, PollAddresses addresses) {
        asked = addresses.of(request);
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

    /** What follows each of these addresses, so that a voter's pass goes along; empty without one. */
    public String getPass() {
        return asked.query();
    }

    /** The tally as JSON. */
    public String getResults() {
        return results("");
    }

    /** Where the script asks for the tally: the room's address, so that it notices another poll on stage. */
    public String getNewest() {
        return asked.room()
                .map(room -> "api/rooms/" + room.code() + "/results" + asked.query())
                .orElseGet(() -> results(""));
    }

    /** The tally as CSV. */
    public String getCsv() {
        return results(".csv");
    }

    /** The tally as events. */
    public String getStream() {
        return asked.room()
                .map(room -> "api/rooms/" + room.code() + "/stream" + asked.query())
                .orElseGet(() -> results("/stream"));
    }

    /** The QR code of the voting page. */
    public String getCode() {
        return "vote-code.svg"
                + asked.room().map(room -> "?room=" + room.code()).orElse("");
    }

    /** The poll's id; empty where nothing is on stage. */
    public String getPoll() {
        return asked.board().map(TallyBoard::pollId).orElse("");
    }

    private String results(String form) {
        boolean isHouse = asked.path().isEmpty();
        return "api/" + (isHouse ? "" : "polls/" + getPoll() + "/") + "results" + form + asked.query();
    }
}
