package org.votingapp.vote.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The body of a request, of at most {@value #LIMIT} bytes, or why it is refused. */
public final class RequestBody {

    /** The largest body that is read, in bytes. */
    public static final int LIMIT = 64 * 1024;

    private final byte[] bytes;
    private final RefusedException refusal;

    private RequestBody(byte[] bytes, RefusedException refusal) {
        this.bytes = bytes;
        this.refusal = refusal;
    }

    static RequestBody of(byte[] bytes) {
        return new RequestBody(bytes, null);
    }

    static RequestBody tooLarge() {
        return refused(413, "The body is larger than 64 KB", null);
    }

    static RequestBody tooSlow(Exception cause) {
        return refused(408, "The body did not come to its end in time", cause);
    }

    static RequestBody cutOff(Throwable cause) {
        return refused(400, "The body ends before its length is reached, or its chunks are malformed", cause);
    }

    static RequestBody oneTooMany() {
        return refused(503, "Too many requests wait for the rest of their body; send it at once", null);
    }

    private static RequestBody refused(int status, String message, Throwable cause) {
        return new RequestBody(null, new RefusedException(status, message, cause));
    }

    /** Whether the body is said to be of this media type, whatever parameters follow (RFC 9110, section 8.3). */
    public static boolean isOf(String mediaType, HttpServletRequest request) {
        String given = request.getContentType();
        if (given == null) {
            return false;
        }
        int parameters = given.indexOf(';');
        return (parameters < 0 ? given : given.substring(0, parameters)).strip().equalsIgnoreCase(mediaType);
    }

    /**
     * The body as text.
     *
     * @throws RefusedException where it is larger than the limit (no more than that was read), or did not come to its end
     * @throws CharacterCodingException where it is not UTF-8
     */
    public String text() throws RefusedException, CharacterCodingException {
        if (refusal != null) {
            throw refusal;
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** The body is larger than the limit, or did not come to its end; the message says so in a sentence. */
    public static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        private RefusedException(int status, String message, Throwable cause) {
            super(message, cause);
            this.status = status;
        }

        /** The HTTP status that says so (RFC 9110, section 15): 400, 408, 413 or 503. */
        public int status() {
            return status;
        }

        /** When to try again, in seconds; 0 where the same request would be refused again. */
        public int retryAfterSeconds() {
            return status == 503 ? 10 : 0;
        }
    }
}
