package org.votingapp.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Sets the security headers of every answer, error pages included:
 *
 * <ul>
 *   <li>{@code Content-Security-Policy}: a page loads from its own host only, and runs no inline script or style except one
 *       that it names (Content Security Policy Level 3).
 *   <li>{@code Referrer-Policy}: other sites do not learn where a visitor came from. This site does, since under
 *       {@code no-referrer} a browser posts a form with {@code Origin: null} (Fetch, "append a request Origin header").
 *   <li>{@code Strict-Transport-Security}: over TLS, as {@link HttpServletRequest#isSecure} tells it, browsers keep to TLS
 *       (RFC 6797).
 * </ul>
 */
public final class SecurityHeadersFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; "
            + "img-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /**
     * The policy of a page with this inline script, which the policy names by its hash (Content Security Policy Level 3,
     * section 6.7.3.3).
     */
    public static String policyWith(String inlineScript) {
        byte[] hash = Sha256.of(inlineScript.getBytes(StandardCharsets.UTF_8));
        return CONTENT_SECURITY_POLICY.replace(
                "script-src 'self'",
                "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }

    /** The policy of a page with a frame that shows pages of this origin. */
    public static String policyWithFrame(String origin) {
        return CONTENT_SECURITY_POLICY + "; frame-src " + origin;
    }

    /** A policy by which pages of this origin, and no others, may show the page in a frame. */
    public static String framedBy(String origin, String policy) {
        return policy.replace("frame-ancestors 'none'", "frame-ancestors " + origin);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        setHeaders(request, response);
        chain.doFilter(request, response);
    }

    /** For an answer that is given before any filter is asked. */
    public static void setHeaders(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
