package org.votingapp.result.tally;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes that answer many requests, with the tag that stands for them.
 *
 * @param content the bytes; not to be changed
 * @param tag the value of a strong entity tag, without its quotes (RFC 9110, section 8.8.3): 16 hexadecimal digits of the
 *     content's SHA-256, so that every replica gives the same tag to the same content
 */
public record Document(byte[] content, String tag) {

    /** The document of these bytes. */
    public static Document of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Document(content, HexFormat.of().formatHex(digest, 0, 8));
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-256 (MessageDigest, "Every implementation … is required to support").
            throw new IllegalStateException(impossible);
        }
    }
}
