package org.votingapp.web;

/**
 * The text of an HTTP status: its phrase for programs (RFC 9110, section 15; RFC 6585), and a title and a sentence for
 * people.
 */
enum HttpStatusText {
    BAD_REQUEST(400, "Bad Request", "Bad request", "The request could not be understood."),
    FORBIDDEN(403, "Forbidden", "Not allowed", "This is not allowed."),
    NOT_FOUND(404, "Not Found", "Not found", "There is nothing at this address."),
    METHOD_NOT_ALLOWED(
            405, "Method Not Allowed", "Method not allowed", "This address does not take that kind of request."),
    REQUEST_TIMEOUT(408, "Request Timeout", "Request timeout", "The request did not come to its end in time."),
    CONFLICT(409, "Conflict", "Not possible", "Something else stands against it."),
    CONTENT_TOO_LARGE(413, "Content Too Large", "Too large", "The request is larger than it may be."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "Unsupported Media Type",
            "Unsupported media type",
            "The request's content is of a type that is not taken here."),
    TOO_MANY_REQUESTS(
            429, "Too Many Requests", "Too many requests", "There were too many requests; please try again later."),
    HEADER_FIELDS_TOO_LARGE(
            431,
            "Request Header Fields Too Large",
            "Too many headers",
            "The request has more header fields than the " + HeaderCountFilter.MOST + " that are taken here."),
    INTERNAL_ERROR(500, "Internal Server Error", "Something went wrong", "The fault is ours. Please try again."),
    UNAVAILABLE(503, "Service Unavailable", "Not available just now", "Please try again in a few seconds.");

    private final int status;
    private final String phrase;
    private final String title;
    private final String sentence;

    HttpStatusText(int status, String phrase, String title, String sentence) {
        this.status = status;
        this.phrase = phrase;
        this.title = title;
        this.sentence = sentence;
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

    String phrase() {
        return phrase;
    }

    String title() {
        return title;
    }

    String sentence() {
        return sentence;
    }
}
