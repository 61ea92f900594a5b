package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.logging.Logger;

/**
 * Refuses a post that another site made a browser send.
 *
 * <p>Browsers tell by {@code Sec-Fetch-Site} (Fetch Metadata Request Headers); older ones, and all over plain HTTP to
 * another host than localhost, by {@code Origin} (RFC 6454), which must be that of {@code Host}. A client that sends neither is
 * not a browser and carries nobody's cookie but its own.
 */
public final class SameOriginFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = Logger.getLogger(SameOriginFilter.class.getName());
    private static final RefusalLog OTHER_SITES = new RefusalLog(LOG);
    private static final RefusalLog OTHER_HOSTS = new RefusalLog(LOG);

    private final transient ErrorAnswer answer;

    /** Refuses with this answer. */
    @Inject
    public SameOriginFilter(ErrorAnswer answer) {
        this.answer = answer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if ("POST".equals(request.getMethod()) && !isFromHere(request)) {
            answer.send(request, HttpServletResponse.SC_FORBIDDEN, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isFromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null) {
            boolean fromHere = "same-origin".equals(site) || "none".equals(site);
            if (!fromHere) {
                OTHER_SITES.warn(
                        "A post that another site made a browser send was refused (403): Sec-Fetch-Site is \"%s\", Origin \"%s\"",
                        site, String.valueOf(origin));
            }
            return fromHere;
        }
        String host = String.valueOf(request.getHeader("Host"));
        boolean fromHere = origin == null || isSame(origin, host);
        if (!fromHere) {
            OTHER_HOSTS.warn(
                    "A post was refused (403), since Origin \"%s\" is not that of Host \"%s\". If both are this site, a proxy"
                            + " has to pass Host on as the browser sends it",
                    origin, host);
        }
        return fromHere;
    }

    /**
     * Whether a page of this origin is a page of this host.
     *
     * <p>Proxies add a default port that browsers leave out, either one, since TLS may end before them; names may be written in
     * either case and end with the root's dot (RFC 9110, section 4.2.3; RFC 1034, section 3.1).
     *
     * @param origin the scheme, the host, and the port where it is not the scheme's default; or {@code null} as a word
     * @param host the host, with or without a port
     */
    public static boolean isSame(String origin, String host) {
        int slashes = origin.indexOf("://");
        if (slashes < 0) {
            return false;
        }
        String scheme = origin.substring(0, slashes).toLowerCase(Locale.ROOT);
        String there = origin.substring(slashes + "://".length()).toLowerCase(Locale.ROOT);
        String here = host.toLowerCase(Locale.ROOT);
        return there.equals(here)
                || without(".", without(scheme.equals("https") ? ":443" : ":80", there))
                        .equals(without(".", without(":80", without(":443", here))));
    }

    private static String without(String end, String text) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }
}
