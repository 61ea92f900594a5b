package org.votingapp.organiser.api;

import jakarta.ws.rs.BadRequestException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version in an {@code If-Match} header (RFC 9110, section 13.1.1): a tag such as {@code "3"}. */
final class IfMatch {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"?(\\d{1,18})\"?");

    private IfMatch() {}

    /**
     * The version that the client saw; none where it does not say, or says {@code *}.
     *
     * @param header null where there is none
     */
    static OptionalLong version(String header) {
        if (header == null || header.strip().equals("*")) {
            return OptionalLong.empty();
        }
        Matcher tag = TAG.matcher(header.strip());
        if (!tag.matches()) {
            throw new BadRequestException("If-Match must be the version of the document, such as \"3\".");
        }
        return OptionalLong.of(Long.parseLong(tag.group(1)));
    }
}
