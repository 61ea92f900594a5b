package org.votingapp.vote.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Sends the browser to the voting page with {@code GET} (303, "See Other"; RFC 9110, section 15.4.4). */
final class BackToPage {

    /** The query of a browser that got its cookie together with its vote: the next request shows whether it kept it. */
    private static final String AFTER_VOTE = "voted";

    /** What precedes, in the query, the key of a further vote that did not count. */
    private static final String NOT_COUNTED = "again=";

    private BackToPage() {}

    static void send(VotingPlace place, HttpServletResponse response) {
        seeOther(place.page(), response);
    }

    /** The same for a browser that came without a cookie and was given one with its vote. */
    static void sendToShowTheCookie(VotingPlace place, HttpServletResponse response) {
        seeOther(place.page() + "?" + AFTER_VOTE, response);
    }

    /** Whether the browser was sent by {@link #sendToShowTheCookie}. */
    static boolean isAfterVote(HttpServletRequest request) {
        return AFTER_VOTE.equals(request.getQueryString());
    }

    /** The same for a voter whose vote for another option is on record. */
    static void sendToTellNotCounted(String key, VotingPlace place, HttpServletResponse response) {
        seeOther(place.page() + "?" + NOT_COUNTED + key, response);
    }

    /** The key that {@link #sendToTellNotCounted} put into the address; a link may put anything there. */
    static Optional<String> notCounted(HttpServletRequest request) {
        return Optional.ofNullable(request.getQueryString())
                .filter(query -> query.startsWith(NOT_COUNTED))
                .map(query -> query.substring(NOT_COUNTED.length()));
    }

    private static void seeOther(String address, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-store");
    }
}
