package org.votingapp.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), by which addresses, entity tags and content security policies name a content. */
public final class Sha256 {

    private Sha256() {}

    /** The 32 bytes of the content's hash. */
    public static byte[] of(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-256 (MessageDigest, "Every implementation … is required to support").
            throw new IllegalStateException(impossible);
        }
    }
}
