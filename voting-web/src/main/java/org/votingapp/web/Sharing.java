package org.votingapp.web;

import com.ibm.icu.util.ULocale;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;

/**
 * What a page tells those who show a link to it (The Open Graph protocol, ogp.me) beyond its words. In a page:
 * {@code #{sharing.origin(request)}}. Thread-safe.
 */
@Named
@Singleton
public class Sharing {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** The last one: most browsers come by the same address, so the next one needs no new text. */
    private volatile Made made = new Made("", "", 0, "");

    private record Made(String scheme, String host, int port, String origin) {}

    /**
     * The server's address as the browser has it, such as {@code https://vote.example.org}: the links that others follow are
     * absolute. Scheme, host and port are the request's, or those that a trusted proxy forwards.
     *
     * @return empty where a client has made up a host that would change the link's meaning
     */
    public String origin(HttpServletRequest request) {
        String scheme = request.getScheme();
        String host = request.getServerName();
        int port = request.getServerPort();
        Made newest = made;
        if (newest.port() != port
                || !newest.host().equals(host)
                || !newest.scheme().equals(scheme)) {
            newest = new Made(scheme, host, port, make(scheme, host, port));
            made = newest;
        }
        return newest.origin();
    }

    private static String make(String scheme, String host, int port) {
        if (!SCHEMES.contains(scheme) || !PageLink.isSafe(host)) {
            return "";
        }
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }

    /** A language as Open Graph writes it, with the country where most of its readers live: {@code de_DE}. */
    public String locale(Locale language) {
        ULocale likely = ULocale.addLikelySubtags(ULocale.forLocale(language));
        return likely.getLanguage() + "_" + likely.getCountry();
    }
}
