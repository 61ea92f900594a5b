package org.votingapp.vote.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Sends the browser to the voting page with {@code GET} (303, "See Other"; RFC 9110, section 15.4.4). */
final class BackToPage {

    /** The page, relative to itself (RFC 9110, section 10.2.2): a proxy may have put it below a path. */
    private static final String PAGE = "./";

    /** The query of a browser that got its cookie together with its vote: the next request shows whether it kept it. */
    private static final String AFTER_VOTE = "voted";

    private BackToPage() {}

    static void send(HttpServletResponse response) {
        seeOther(PAGE, response);
    }

    /** The same for a browser that came without a cookie and was given one with its vote. */
    static void sendToShowTheCookie(HttpServletResponse response) {
        seeOther(PAGE + "?" + AFTER_VOTE, response);
    }

    /** Whether the browser was sent by {@link #sendToShowTheCookie}. */
    static boolean isAfterVote(HttpServletRequest request) {
        return AFTER_VOTE.equals(request.getQueryString());
    }

    private static void seeOther(String address, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-store");
    }
}
