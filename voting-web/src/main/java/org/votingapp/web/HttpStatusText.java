package org.votingapp.web;

/**
 * The text of an HTTP status for programs: its phrase (RFC 9110, section 15; RFC 6585) and a sentence. Pages have their own
 * words for it, in the bundle {@code errors}.
 */
enum HttpStatusText {
    BAD_REQUEST(400, "Bad Request", "The request could not be understood."),
    UNAUTHORIZED(401, "Unauthorized", "Say who you are.", 403),
    FORBIDDEN(403, "Forbidden", "This is not allowed."),
    NOT_FOUND(404, "Not Found", "There is nothing at this address."),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", "This address does not take that kind of request."),
    REQUEST_TIMEOUT(408, "Request Timeout", "The request did not come to its end in time."),
    CONFLICT(409, "Conflict", "Something else stands against it."),
    GONE(410, "Gone", "This room was deleted by its organiser, with all its polls."),
    PRECONDITION_FAILED(412, "Precondition Failed", "It has changed meanwhile.", 409),
    CONTENT_TOO_LARGE(413, "Content Too Large", "The request is larger than it may be."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", "The request's content is of a type that is not taken here."),
    TOO_MANY_REQUESTS(429, "Too Many Requests", "There were too many requests; please try again later."),
    HEADER_FIELDS_TOO_LARGE(
            431,
            "Request Header Fields Too Large",
            "The request has more header fields than the " + HeaderCountFilter.MOST + " that are taken here."),
    INTERNAL_ERROR(500, "Internal Server Error", "The fault is ours. Please try again."),
    UNAVAILABLE(503, "Service Unavailable", "Please try again in a few seconds.");

    private final int status;
    private final String phrase;
    private final String sentence;
    private final int words;

    HttpStatusText(int status, String phrase, String sentence) {
        this(status, phrase, sentence, status);
    }

    /** @param words the status whose words a page takes */
    HttpStatusText(int status, String phrase, String sentence, int words) {
        this.status = status;
        this.phrase = phrase;
        this.sentence = sentence;
        this.words = words;
    }

    /** The text of a status; for one without a text of its own, that of 400 or 500. */
    static HttpStatusText of(int status) {
        for (HttpStatusText text : values()) {
            if (text.status == status) {
                return text;
            }
        }
        return status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
    }

    int status() {
        return status;
    }

    /** The status whose words a page takes for it. */
    int words() {
        return words;
    }

    String phrase() {
        return phrase;
    }

    String sentence() {
        return sentence;
    }
}
