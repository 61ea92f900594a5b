package org.votingapp.vote.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the body of a request: at most {@value #LIMIT} bytes, and as UTF-8 without exception. */
public final class RequestBody {

    /** The largest body that is read, in bytes. */
    public static final int LIMIT = 64 * 1024;

    private RequestBody() {}

    /**
     * The body as text.
     *
     * @throws TooLargeException where it is larger than the limit; no more than that was read
     * @throws CharacterCodingException where it is not UTF-8
     * @throws IOException where the client is gone
     */
    public static String read(HttpServletRequest request) throws IOException, TooLargeException {
        if (request.getContentLengthLong() > LIMIT) {
            throw new TooLargeException();
        }
        byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
        if (body.length > LIMIT) {
            throw new TooLargeException();
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    /** The body is larger than the limit. */
    public static final class TooLargeException extends Exception {

        private static final long serialVersionUID = 1L;

        private TooLargeException() {
            super("the body is larger than " + LIMIT + " bytes");
        }
    }
}
