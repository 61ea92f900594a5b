package org.votingapp.organiser.openid;

/**
 * What ties a log-in at the provider to the browser that began it.
 *
 * @param state comes back with the code (RFC 6749, section 10.12)
 * @param nonce comes back in the ID token (OpenID Connect Core 1.0, section 15.5.2)
 * @param verifier proves that whoever redeems the code began the log-in (RFC 7636)
 */
public record OpenIdFlow(String state, String nonce, String verifier) {

    /** Without what proves anything. */
    @Override
    public String toString() {
        return "a log-in at the provider";
    }
}
