package org.votingapp.web.language;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Picks the language of a page: the one that the browser's cookie keeps ({@code LanguageServlet}), else the best of its
 * {@code Accept-Language} (RFC 9110, section 12.5.4; lookup by RFC 4647, section 3.4), else English. Thread-safe.
 *
 * <p>A page whose language is picked varies by {@value #VARY}.
 */
@Singleton
public class PageLanguages {

    /** The cookie that keeps a choice. Its value is a language's code; any other value is ignored. */
    public static final String COOKIE = "language";
    /** What a page in a picked language says in {@code Vary}. */
    public static final String VARY = "Accept-Language, Cookie";

    /** Browsers send a few kinds of headers. Invented ones must not fill the memory. */
    private static final int MOST_KEPT = 500;

    private static final int LONGEST_HEADER = 200;

    private static final List<String> CODES =
            Stream.of(PageLanguage.values()).map(PageLanguage::getCode).toList();

    private final Map<String, PageLanguage> accepted = new ConcurrentHashMap<>();
    private final Map<PageLanguage, PageText> texts = new ConcurrentHashMap<>();

    /** The language of the page that answers this request. */
    public PageLanguage of(HttpServletRequest request) {
        return kept(request.getCookies()).orElseGet(() -> accepted(request.getHeader("Accept-Language")));
    }

    /** Words, numbers and times in a language. */
    public PageText text(PageLanguage language) {
        return texts.computeIfAbsent(language, PageText::new);
    }

    /** The same in the language of the request; {@code text} in templates. */
    @Produces
    @Named("text")
    public PageText text(HttpServletRequest request) {
        return text(of(request));
    }

    private static Optional<PageLanguage> kept(Cookie[] cookies) {
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (COOKIE.equals(cookie.getName())) {
                    return PageLanguage.ofCode(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private PageLanguage accepted(String header) {
        if (header == null || header.length() > LONGEST_HEADER) {
            return PageLanguage.ENGLISH;
        }
        PageLanguage known = accepted.get(header);
        if (known == null) {
            known = lookUp(header);
            if (accepted.size() >= MOST_KEPT) {
                accepted.clear();
            }
            accepted.put(header, known);
        }
        return known;
    }

    private static PageLanguage lookUp(String header) {
        try {
            return Optional.ofNullable(Locale.lookupTag(LanguageRange.parse(header), CODES))
                    .flatMap(PageLanguage::ofCode)
                    .orElse(PageLanguage.ENGLISH);
        } catch (IllegalArgumentException malformed) {
            return PageLanguage.ENGLISH;
        }
    }
}
