package org.votingapp.web;

/** What a status code means, in words for people: a title and a sentence. */
enum HttpStatusText {
    BAD_REQUEST(400, "Bad request", "The request could not be understood."),
    FORBIDDEN(403, "Not allowed", "This is not allowed."),
    NOT_FOUND(404, "Not found", "There is nothing at this address."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "This address does not take that kind of request."),
    REQUEST_TIMEOUT(408, "Request timeout", "The request did not come to its end in time."),
    CONTENT_TOO_LARGE(413, "Too large", "The request is larger than it may be."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "The request's content is of a type that is not taken here."),
    TOO_MANY_REQUESTS(429, "Too many requests", "There were too many requests; please try again later."),
    INTERNAL_ERROR(500, "Something went wrong", "The fault is ours. Please try again."),
    UNAVAILABLE(503, "Not available just now", "Please try again in a few seconds.");

    private final int status;
    private final String title;
    private final String sentence;

    HttpStatusText(int status, String title, String sentence) {
        this.status = status;
        this.title = title;
        this.sentence = sentence;
    }

    static Problem problem(int status) {
        for (HttpStatusText text : values()) {
            if (text.status == status) {
                return Problem.of(status, text.title, text.sentence);
            }
        }
        HttpStatusText kind = status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
        return Problem.of(status, kind.title, kind.sentence);
    }
}
