package org.votingapp.faults;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.votingapp.poll.VoterId;

/**
 * Makes voters' cookies as a vote server with this {@code VOTER_KEY} does (HMAC-SHA256 of {@code voter:<id>}), so that a
 * voter is known even where the first answer is lost.
 *
 * @param secret the key
 */
public record VoterKey(String secret) {

    /** The value of the cookie {@code voter}. */
    public String cookie(VoterId voter) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(("voter:" + voter).getBytes(StandardCharsets.US_ASCII));
            return voter + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
