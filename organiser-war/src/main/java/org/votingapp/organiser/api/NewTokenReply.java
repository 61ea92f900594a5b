package org.votingapp.organiser.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token that was just made. */
@Schema(name = "NewToken")
public class NewTokenReply {

    /** What proves it. It is told once. */
    public final String token;

    NewTokenReply(String token) {
        this.token = token;
    }
}
