package org.votingapp.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * A link to the other application's page, which may be on the same host at another port.
 *
 * <p>The setting is an {@code http} or {@code https} address. In it <code>{host}</code> stands for the host name in the
 * browser's request, so one setting serves {@code localhost}, a phone in the same network, and a domain. Without a setting
 * there is no link. Thread-safe.
 */
public final class PageLink {

    private static final String HOST = "{host}";
    /** A host name, an IPv4 address, or an IPv6 address in brackets: no character that changes the link's meaning. */
    private static final Pattern SAFE_HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

    /** What comes before the path. */
    private static final Pattern ORIGIN = Pattern.compile("^(https?://[^/?#]*).*$", Pattern.DOTALL);

    private final Optional<String> template;

    /** The last link that was made: most browsers come by the same host, so the next one needs no new link. */
    private volatile Made made;

    /** The link for browsers that use this host. */
    private record Made(String host, String address) {}

    private PageLink(Optional<String> template) {
        this.template = template;
        this.made = new Made("", make(""));
    }

    /**
     * Reads the link from a setting.
     *
     * @throws InvalidSettingException where the setting is no such address
     */
    public static PageLink read(Settings settings, String property) {
        Optional<String> template = settings.optional(property);
        template.filter(text -> !isAddress(text.replace(HOST, "localhost"))).ifPresent(text -> {
            throw Settings.invalid(
                    property,
                    text,
                    "an address such as https://vote.example.org/ or http://{host}:8080/, in which other characters than"
                            + " those of a URI are escaped (%20)");
        });
        return new PageLink(template);
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    /** The address for a browser that reached this server by this host name; empty where there is no link. */
    public String from(String host) {
        Made newest = made;
        if (!newest.host().equals(host)) {
            newest = new Made(host, make(host));
            made = newest;
        }
        return newest.address();
    }

    /** The origin of that address, such as {@code https://vote.example.org:8443}; empty where there is no link. */
    public String originFrom(String host) {
        return ORIGIN.matcher(from(host)).replaceFirst("$1");
    }

    /** Whether a host name that a client sent may stand in a link. */
    static boolean isSafe(String host) {
        return SAFE_HOST.matcher(host).matches();
    }

    /**
     * The address of a page below the other application's first one.
     *
     * @param path letters and digits; empty for the first page
     */
    public String from(String host, String path) {
        String first = from(host);
        if (path.isEmpty() || first.isEmpty()) {
            return first;
        }
        // A query belongs to the first page.
        String folder = first.split("[?#]", 2)[0];
        return folder + (folder.endsWith("/") ? "" : "/") + path;
    }

    /**
     * An address with a parameter more; empty for an empty one.
     *
     * @param value characters that an address takes as they are
     */
    public static String with(String address, String name, String value) {
        if (address.isEmpty()) {
            return "";
        }
        String[] parts = address.split("#", 2);
        String query = (parts[0].contains("?") ? "&" : "?") + name + "=" + value;
        return parts[0] + query + (parts.length > 1 ? "#" + parts[1] : "");
    }

    private String make(String host) {
        return template.filter(text -> !text.contains(HOST) || isSafe(host))
                .map(text -> text.replace(HOST, host))
                .orElse("");
    }
}
