package org.votingapp.organiser.openid;

import java.util.Set;

/**
 * Who logged in at the provider.
 *
 * @param issuer the provider
 * @param subject the provider's stable identifier of a person; with the issuer the only one (OpenID Connect Core 1.0, section
 *     5.7)
 * @param displayName how pages call them; another person may have the same
 * @param groups the groups that the ID token lists, or, where it says nothing of groups, the userinfo endpoint
 * @param idToken as it came, by which the provider knows what to end at the log-out
 */
public record OpenIdPerson(String issuer, String subject, String displayName, Set<String> groups, String idToken) {

    /** Without the token. */
    @Override
    public String toString() {
        return "%s (%s) of %s".formatted(subject, displayName, issuer);
    }
}
