package org.votingapp.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Puts the security headers on every answer, error pages included.
 *
 * <p>The policy lets a page load from its own host only and run no inline script or style but one that a page names (Content Security Policy
 * Level 3). Other sites do not learn where a visitor came from; this one does, since under {@code no-referrer} a browser
 * posts a form with {@code Origin: null} (Fetch, "append a request Origin header"). Over TLS, as {@link HttpServletRequest#isSecure} tells it, browsers are told to stay there (RFC 6797).
 */
public final class SecurityHeadersFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; "
            + "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /**
     * The policy of a page that has this inline script besides, which it names by its hash (Content Security Policy Level 3,
     * section 6.7.3.3).
     */
    public static String policyWith(String inlineScript) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(inlineScript.getBytes(StandardCharsets.UTF_8));
            return CONTENT_SECURITY_POLICY.replace(
                    "script-src 'self'",
                    "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-256 (MessageDigest, "Every implementation … is required to support").
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        chain.doFilter(request, response);
    }
}
