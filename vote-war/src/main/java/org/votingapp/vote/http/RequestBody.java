package org.votingapp.vote.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A request body of at most {@value #LIMIT} bytes, or the reason why it is refused. */
public final class RequestBody {

    /** The largest accepted body, in bytes. */
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

    /** Whether {@code Content-Type} names this media type; parameters are ignored (RFC 9110, section 8.3). */
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
     * @throws RefusedException if the body is refused
     * @throws CharacterCodingException if it is not UTF-8
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

    /** The body is too large, late or incomplete, or too many bodies are arriving. The message is a sentence for the client. */
    public static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        private RefusedException(int status, String message, Throwable cause) {
            super(message, cause);
            this.status = status;
        }

        /** The HTTP status (RFC 9110, section 15): 400, 408, 413 or 503. */
        public int status() {
            return status;
        }

        /** Seconds until a retry may succeed; 0 if the same request would be refused again. */
        public int retryAfterSeconds() {
            return status == 503 ? 10 : 0;
        }
    }
}
