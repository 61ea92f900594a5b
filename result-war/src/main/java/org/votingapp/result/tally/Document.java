package org.votingapp.result.tally;

import java.util.HexFormat;
import org.votingapp.web.Sha256;

/**
 * Bytes that answer many requests, with their entity tag.
 *
 * @param content the bytes; not to be changed
 * @param tag a strong entity tag without its quotes (RFC 9110, section 8.8.3): 16 hexadecimal digits of the content's
 *     SHA-256, so that every replica gives the same content the same tag
 */
public record Document(byte[] content, String tag) {

    /** The document of these bytes. */
    public static Document of(byte[] content) {
        return new Document(content, HexFormat.of().formatHex(Sha256.of(content), 0, 8));
    }
}
