package org.votingapp.vote.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A form as browsers post it: {@code application/x-www-form-urlencoded} (URL Standard, section 5.1). */
public final class FormBody {

    /** The media type of such a form. */
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private FormBody() {}

    /**
     * The value of a field that may stand in the form once.
     *
     * @return empty where it is missing
     * @throws MalformedFormException where it stands there more than once, or is not encoded right
     */
    public static Optional<String> single(String form, String field) throws MalformedFormException {
        Optional<String> found = Optional.empty();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && pair.substring(0, equals).equals(field)) {
                if (found.isPresent()) {
                    throw new MalformedFormException();
                }
                found = Optional.of(decode(pair.substring(equals + 1)));
            }
        }
        return found;
    }

    private static String decode(String value) throws MalformedFormException {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            throw new MalformedFormException();
        }
    }

    /** Nobody can say what a field of the form means. */
    public static final class MalformedFormException extends Exception {

        private static final long serialVersionUID = 1L;

        private MalformedFormException() {}
    }
}
