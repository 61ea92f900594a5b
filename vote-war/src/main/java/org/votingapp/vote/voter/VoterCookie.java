package org.votingapp.vote.voter;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.votingapp.config.Settings;
import org.votingapp.poll.VoterId;

/**
 * The cookie that makes a browser a voter.
 *
 * <p>It holds a signed random id and nothing else, is kept for 400 days (the most that browsers allow), is hidden from
 * scripts, and is {@code Secure} where the request came over TLS. One that was forged, cut, or signed with another key
 * is replaced, never trusted. Thread-safe.
 */
@Singleton
public class VoterCookie {

    /** The cookie's name. */
    public static final String NAME = "voter";

    private static final int MAX_AGE_SECONDS = (int) Duration.ofDays(400).toSeconds();

    private final VoterSigner signer;
    private final SecureRandom random = new SecureRandom();

    /** Signs with the configured key. */
    @Inject
    public VoterCookie(Config config) {
        this.signer = VoterSigner.read(Settings.from(config));
    }

    /** The voter whose genuine cookie the request carries. */
    public Optional<VoterId> voterOf(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (NAME.equals(cookie.getName())) {
                    Optional<VoterId> voter = signer.verify(cookie.getValue());
                    if (voter.isPresent()) {
                        return voter;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Makes the browser a new voter. */
    public VoterId give(HttpServletRequest request, HttpServletResponse response) {
        VoterId voter = VoterId.random(random);
        Cookie cookie = new Cookie(NAME, signer.sign(voter));
        cookie.setPath("/");
        cookie.setMaxAge(MAX_AGE_SECONDS);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
        return voter;
    }
}
