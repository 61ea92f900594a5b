package org.votingapp.testsupport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.votingapp.poll.VoterId;

/**
 * Makes voter cookies as a vote server with this {@code VOTER_KEY} does. A test then knows the voter even if the first
 * answer is lost. The name is {@code voter-<mark of the key>-<end of the id>}, the value the id and its HMAC-SHA256.
 *
 * @param secret the key
 */
public record VoterKey(String secret) {

    /** The cookie as a browser sends it, with its name. */
    public String cookie(VoterId voter) {
        String mark = signature("mark:").substring(0, 8);
        return "voter-%s-%s=%s".formatted(mark, voter.toString().substring(VoterId.LENGTH - 6), value(voter));
    }

    /** The value of the cookie. */
    public String value(VoterId voter) {
        return voter + "." + signature("voter:" + voter);
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
