package org.votingapp.organiser.api;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.TokenView;

/** A token, for programs; without what proves it. */
@Schema(name = "Token")
public class TokenReply {

    /** Its number. */
    public final long id;

    /** What it is for. */
    public final String name;

    /** Since when it is. */
    public final Instant createdAt;

    /** From when on it proves nothing. */
    public final Instant expiresAt;

    /** When it was last used; null where it never was. */
    public final Instant usedAt;

    TokenReply(TokenView token) {
        id = token.id();
        name = token.name();
        createdAt = token.createdAt();
        expiresAt = token.expiresAt();
        usedAt = token.usedAt().orElse(null);
    }
}
