package org.votingapp.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HexFormat;

/** Entity tags: a client that has the content of a tag gets 304 (RFC 9110, section 13.1.2). */
public final class EntityTag {

    private static final int BYTES = 16;

    private EntityTag() {}

    /** A tag of this content, without the quotation marks around it. */
    public static String of(byte[] content) {
        return HexFormat.of().formatHex(Sha256.of(content), 0, BYTES);
    }

    /**
     * Whether the client has the content of this tag, or of the weak tag that a proxy made of it.
     *
     * <p>An opaque tag has no quotation marks, so a quoted tag in the header is always a whole member of the list.
     */
    public static boolean isKnownTo(HttpServletRequest request, String tag) {
        return Collections.list(request.getHeaders("If-None-Match")).stream()
                .anyMatch(known -> known.strip().equals("*") || known.contains('"' + tag + '"'));
    }
}
