package org.votingapp.organiser.api;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Refuses bodies that are longer than any form (413). */
@Provider
public class BodyLimit implements ContainerRequestFilter {

    /** Ten labels and a question of characters outside the Basic Multilingual Plane, escaped, are 15 KB. */
    static final int MOST_BYTES = 32_768;

    private static final int TOO_LARGE = 413;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (!request.hasEntity()) {
            return;
        }
        byte[] body = request.getLength() > MOST_BYTES
                ? new byte[MOST_BYTES + 1]
                : request.getEntityStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ClientErrorException("The body must have at most %d bytes.".formatted(MOST_BYTES), TOO_LARGE);
        }
        request.setEntityStream(new ByteArrayInputStream(body));
    }
}
