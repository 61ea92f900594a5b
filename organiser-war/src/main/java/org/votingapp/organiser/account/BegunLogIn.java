package org.votingapp.organiser.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.organiser.openid.OpenIdFlow;

/**
 * A log-in at the provider that this browser began, in a cookie: a secret of this browser, the time, and the page that was wanted.
 *
 * <p>State, nonce and verifier are HMACs by that secret, so that servers share neither a key nor a row, and the provider learns
 * neither secret nor page. The state is of the time and the page, too: nobody changes them. The cookie is {@code SameSite=Lax},
 * since the provider's page sends the browser back.
 */
record BegunLogIn(SessionToken secret, Instant at, WantedPage wanted) {

    /** How long somebody may take at the provider. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final HostCookie COOKIE =
            new HostCookie("organiser-login", "; SameSite=Lax; Max-Age=" + LONGEST.toSeconds());
    private static final Pattern WRITTEN =
            Pattern.compile("([A-Za-z0-9_-]{43})\\.(\\d{1,12})\\.((?:[A-Za-z0-9_-]{4}){0,250}(?:[A-Za-z0-9_-]{2,3})?)");

    static BegunLogIn now(WantedPage wanted) {
        return new BegunLogIn(
                SessionToken.random(), Instant.ofEpochSecond(Instant.now().getEpochSecond()), wanted);
    }

    /** What the browser sent; empty where it began none. */
    static Optional<BegunLogIn> read(HttpServletRequest request) {
        return COOKIE.read(request).flatMap(BegunLogIn::parse);
    }

    static Optional<BegunLogIn> parse(String cookie) {
        Matcher parts = WRITTEN.matcher(cookie);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String path = new String(Base64.getUrlDecoder().decode(parts.group(3)), StandardCharsets.UTF_8);
        return SessionToken.parse(parts.group(1))
                .map(secret -> new BegunLogIn(
                        secret, Instant.ofEpochSecond(Long.parseLong(parts.group(2))), WantedPage.named(path)));
    }

    void write(HttpServletRequest request, HttpServletResponse response) {
        COOKIE.write(secret.written() + "." + signed(), request, response);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        COOKIE.clear(request, response);
    }

    /** The cookie without its secret. */
    private String signed() {
        byte[] path = wanted.path().getBytes(StandardCharsets.UTF_8);
        return at.getEpochSecond() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(path);
    }

    OpenIdFlow flow() {
        return new OpenIdFlow(secret.derived("state " + signed()), secret.derived("nonce"), secret.derived("verifier"));
    }

    /** Whether a state is this one's; takes as long for a wrong one. */
    boolean isOf(String state) {
        return MessageDigest.isEqual(
                flow().state().getBytes(StandardCharsets.US_ASCII), state.getBytes(StandardCharsets.UTF_8));
    }

    /** Servers' clocks may differ. */
    boolean isTooOld(Instant now) {
        return Duration.between(at, now).abs().compareTo(LONGEST) > 0;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "a log-in of " + at;
    }
}
