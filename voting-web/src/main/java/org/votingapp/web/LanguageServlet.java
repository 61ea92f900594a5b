package org.votingapp.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.votingapp.runtime.signing.ResultPasses;
import org.votingapp.web.language.PageLanguage;
import org.votingapp.web.language.PageLanguages;

/**
 * {@code GET /language?to=de&back=present}: keeps the language of the pages in a cookie, and sends the browser back to the
 * page (303). 400 for an unknown language.
 */
@WebServlet("/language")
public final class LanguageServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    /** The most that browsers allow. */
    private static final Duration LIFE = Duration.ofDays(400);
    /** Segments of a path of this application, and a room, a poll or a voter's pass: no address of another site has this form. */
    private static final Pattern PAGE =
            Pattern.compile("([A-Za-z0-9-]{1,64}(/[A-Za-z0-9-]{1,64}){0,3})?(\\?(code|room|id|" + ResultPasses.PARAMETER
                    + ")=[A-Za-z0-9._-]{1," + ResultPasses.LONGEST + "})?");

    /** Has no state. */
    public LanguageServlet() {
        super("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<PageLanguage> language =
                Optional.ofNullable(request.getParameter("to")).flatMap(PageLanguage::ofCode);
        if (language.isEmpty()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        Cookie cookie = new Cookie(PageLanguages.COOKIE, language.get().getCode());
        cookie.setPath("/");
        cookie.setMaxAge((int) LIFE.toSeconds());
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
        String back = Optional.ofNullable(request.getParameter("back"))
                .filter(page -> PAGE.matcher(page).matches())
                .orElse("");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "./" + back);
        response.setHeader("Cache-Control", "no-store");
    }
}
