package org.votingapp.result;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.votingapp.config.Settings;

/**
 * Where people vote: an address of http or https, in which <code>{host}</code> stands for the host by which the reader
 * reached the result page.
 *
 * @param template the address as it was set
 */
public record VoteAddress(String template) {

    static final String PROPERTY = "vote.url";

    private static final String HOST = "{host}";
    // What a host may look like in an address: a name, an IPv4 address, or an IPv6 address in brackets (RFC 3986,
    // section 3.2.2).
    private static final Pattern A_HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}]");

    /**
     * The address that a setting gives.
     *
     * @throws org.votingapp.config.InvalidSettingException where it is none
     */
    static VoteAddress of(String template) {
        try {
            URI example = new URI(template.replace(HOST, "localhost"));
            boolean web = "http".equals(example.getScheme()) || "https".equals(example.getScheme());
            if (web && example.getHost() != null && example.getUserInfo() == null) {
                return new VoteAddress(template);
            }
        } catch (URISyntaxException notAnAddress) {
            throw invalid(template);
        }
        throw invalid(template);
    }

    private static RuntimeException invalid(String template) {
        return Settings.invalid(
                PROPERTY,
                template,
                "an address of http or https, such as https://vote.example.org/ or http://{host}:8080/"
                        + " where {host} is the host of the result page");
    }

    /**
     * The address for somebody who reached the result page by a host; empty where the host is needed and is none.
     *
     * @param host as the request gave it
     */
    public Optional<String> from(String host) {
        if (!template.contains(HOST)) {
            return Optional.of(template);
        }
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return A_HOST.matcher(bracketed).matches() ? Optional.of(template.replace(HOST, bracketed)) : Optional.empty();
    }
}
