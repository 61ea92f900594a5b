package org.votingapp.vote.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The body of a request: its type, and its text of at most {@value #LIMIT} bytes, which is UTF-8 without exception. */
public final class RequestBody {

    /** The largest body that is read, in bytes. */
    public static final int LIMIT = 64 * 1024;

    private RequestBody() {}

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
     * @throws RefusedException where it is larger than the limit (no more than that was read), or does not come to its end
     * @throws CharacterCodingException where it is not UTF-8
     */
    public static String read(HttpServletRequest request) throws RefusedException, CharacterCodingException {
        long length = request.getContentLengthLong();
        if (length > LIMIT) {
            throw tooLarge();
        }
        byte[] body;
        try {
            // Where the length is known no more than that is made room for.
            body = request.getInputStream().readNBytes(length < 0 ? LIMIT + 1 : (int) length);
        } catch (SocketTimeoutException silent) {
            throw new RefusedException(408, "Request timeout", "The body did not come to its end in time", silent);
        } catch (IOException cutOff) {
            throw new RefusedException(
                    400,
                    "Bad request",
                    "The body ends before its length is reached, or its chunks are malformed",
                    cutOff);
        }
        if (body.length > LIMIT) {
            throw tooLarge();
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static RefusedException tooLarge() {
        return new RefusedException(413, "Too large", "The body is larger than 64 KB", null);
    }

    /** The body is larger than the limit, or did not come to its end; the message says so in a sentence. */
    public static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String title;

        private RefusedException(int status, String title, String message, IOException cause) {
            super(message, cause);
            this.status = status;
            this.title = title;
        }

        /** The HTTP status that says so (RFC 9110, section 15.5): 400, 408 or 413. */
        public int status() {
            return status;
        }

        /** The status in words. */
        public String title() {
            return title;
        }
    }
}
