package org.votingapp.runtime.redis;

import java.util.Base64;

/**
 * The voter codes of a poll in the fields of the hash {@link RedisNames#codes}: the hash of each code → its batch, and
 * {@code batch:<id>} → {@link #IN} or {@link #OUT}. {@code cast.lua} takes a code of a batch that is in.
 *
 * <p>A batch counts once all its codes are there, and a revoked one is out for good. No field says which codes are used: a code
 * beside the moment of its vote would tell who voted what.
 */
public final class CodeHash {

    /** The state of a batch whose codes are taken. */
    public static final String IN = "in";
    /** The state of a revoked batch. */
    public static final String OUT = "out";

    private CodeHash() {}

    /** The field of a code. */
    public static String code(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /** The field of a batch. */
    public static String batch(String id) {
        return "batch:" + id;
    }
}
