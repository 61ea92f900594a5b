package org.votingapp.organiser.account;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page that somebody wanted before they were asked to log in: a path of this application, relative to its first page. No
 * address of another site has this form (OWASP, "Unvalidated Redirects and Forwards").
 *
 * @param path such as {@code room?code=KXT4M7}; empty for the first page
 */
record WantedPage(String path) {

    static final String PARAMETER = "to";

    private static final Pattern OURS =
            Pattern.compile("[A-Za-z0-9-]{1,64}(/[A-Za-z0-9-]{1,64}){0,4}(\\?[A-Za-z0-9=&._-]{0,200})?");
    private static final Pattern NO_PAGE = Pattern.compile("(login|logout|openid|api)\\b.*");

    /** The page that a request asks for; the first one for what is not asked for by GET. */
    static WantedPage of(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI().substring(1) + (query == null ? "" : "?" + query);
        return named(request.getMethod().equals("GET") ? path : null);
    }

    /** The page that a client names; the first one where that is none of ours. */
    static WantedPage named(String path) {
        return new WantedPage(Optional.ofNullable(path)
                .filter(text ->
                        OURS.matcher(text).matches() && !NO_PAGE.matcher(text).matches())
                .orElse(""));
    }

    /** The address of the log-in page that leads there. */
    String logIn() {
        return address("login");
    }

    /** The address of a page that leads there. */
    String address(String page) {
        return page + (path.isEmpty() ? "" : "?" + PARAMETER + "=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }
}
