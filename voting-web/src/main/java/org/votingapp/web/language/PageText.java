package org.votingapp.web.language;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.util.NoUnit;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words, numbers and times in one language.
 *
 * <p>Words stand in the resource bundles beside {@code words/}, one whole sentence a key, as patterns of ICU's
 * {@link MessageFormat}: {@code {0, plural, one {# vote} other {# votes}}}. Templates know the bundles as {@code common},
 * {@code vote}, {@code result} and {@code present}: {@code #{text.of(vote['retry.busy'], seconds)}}. Thread-safe.
 */
public final class PageText {

    private static final String BUNDLES = "org.votingapp.web.words.";
    /** Stands for the poll's own text while a sentence is formatted (U+FFFC, "object replacement character"). */
    private static final String GAP = "\uFFFC";

    /** Parts of a pattern for times that stay on one line; words.js does the same. */
    private static final Pattern BOUND = Pattern.compile("d.*?MMMM|MMMM.*?d|mm a");

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final PageLanguage language;
    private final LocalizedNumberFormatter numbers;
    private final DateTimeFormatter times;
    /** By pattern. There are as many as the bundles have sentences. */
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

    private final Map<String, String> scripts = new ConcurrentHashMap<>();

    /**
     * A sentence around a text that keeps its own language and direction.
     *
     * @param before what precedes the text
     * @param after what follows it
     */
    public record Around(String before, String after) {

        /** For templates. */
        public String getBefore() {
            return before;
        }

        /** For templates. */
        public String getAfter() {
            return after;
        }
    }

    PageText(PageLanguage language) {
        this.language = language;
        this.numbers = NumberFormatter.withLocale(language.locale())
                // From 1.000 on, as MessageFormat and words.js do, in languages that begin at 10.000, too.
                .grouping(NumberFormatter.GroupingStrategy.ON_ALIGNED);
        String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                FormatStyle.LONG, FormatStyle.SHORT, IsoChronology.INSTANCE, language.locale());
        this.times = DateTimeFormatter.ofPattern(
                        BOUND.matcher(pattern).replaceAll(part -> part.group().replace(' ', '\u00A0')),
                        language.locale())
                .localizedBy(language.locale())
                .withZone(ZoneOffset.UTC);
    }

    /** The sentence with this key in a bundle. */
    public String sentence(String bundle, String key) {
        return ResourceBundle.getBundle(BUNDLES + bundle, language.locale(), PageText.class.getClassLoader())
                .getString(key);
    }

    /** A pattern with its placeholders filled. */
    public String of(String pattern, Object... arguments) {
        MessageFormat format = formats.computeIfAbsent(pattern, text -> new MessageFormat(text, language.locale()));
        // Not thread-safe, and cheaper to share than to make.
        synchronized (format) {
            return format.format(arguments);
        }
    }

    /**
     * A pattern around its placeholder {@code {0}}, which the poll's own text takes.
     *
     * @param further what {@code {1}} stands for, if the pattern has it
     */
    public Around around(String pattern, Object further) {
        String[] parts = of(pattern, GAP, further).split(GAP, 2);
        return new Around(parts[0], parts[1]);
    }

    /** A whole number. */
    public String number(long number) {
        return numbers.format(number).toString();
    }

    /** A percentage, with the decimals that it has: {@code 66.7%}. */
    public String percent(BigDecimal percent) {
        return numbers.unit(NoUnit.PERCENT)
                .precision(Precision.fixedFraction(percent.scale()))
                .format(percent)
                .toString();
    }

    /**
     * Date and time in UTC: {@code November 29, 2026 at 1:03 PM UTC}, without a break between day and month or after the minutes. Scripts put the
     * browser's own time in its place.
     */
    public String time(Instant time) {
        return times.format(time) + "\u00A0UTC";
    }

    /**
     * A pattern for {@code words.js}: JSON with a text for each plural category (Unicode CLDR, "Language Plural Rules"), or
     * {@code other} alone. {@code #} stands for the number.
     *
     * @param pattern has at most one plural
     */
    public String forScript(String pattern) {
        return scripts.computeIfAbsent(pattern, PageText::variants);
    }

    private static String variants(String pattern) {
        MessagePattern parsed = new MessagePattern(pattern);
        JsonObjectBuilder variants = JSON.createObjectBuilder();
        for (int at = 0; at < parsed.countParts(); at++) {
            if (parsed.getPart(at).getArgType() == MessagePattern.ArgType.PLURAL
                    && parsed.getPartType(at) == MessagePattern.Part.Type.ARG_START) {
                addVariants(parsed, at, variants);
                return variants.build().toString();
            }
        }
        return variants.add("other", pattern).build().toString();
    }

    private static void addVariants(MessagePattern parsed, int start, JsonObjectBuilder variants) {
        String pattern = parsed.getPatternString();
        int end = parsed.getLimitPartIndex(start);
        String before = pattern.substring(0, parsed.getPatternIndex(start));
        String after = pattern.substring(parsed.getPart(end).getLimit());
        for (int at = start; at < end; at++) {
            if (parsed.getPartType(at) == MessagePattern.Part.Type.ARG_SELECTOR) {
                String category = parsed.getSubstring(parsed.getPart(at));
                int from = at + 1;
                while (parsed.getPartType(from) != MessagePattern.Part.Type.MSG_START) {
                    // An explicit number, such as "=0".
                    from++;
                }
                int to = parsed.getLimitPartIndex(from);
                String text = pattern.substring(
                        parsed.getPart(from).getLimit(), parsed.getPart(to).getIndex());
                variants.add(category, before + text + after);
                at = to;
            }
        }
    }

    /** The language tag of the page (BCP 47). */
    public String getTag() {
        return language.getTag();
    }

    /** The direction of the page: {@code ltr} or {@code rtl}. */
    public String getDirection() {
        return language.direction();
    }

    /** The locale for Faces. */
    public Locale getLocale() {
        return language.locale();
    }

    /** The language's name in itself. */
    public String getOwnName() {
        return language.getOwnName();
    }

    /** All languages, for the switch. */
    public List<PageLanguage> getLanguages() {
        return Stream.of(PageLanguage.values()).toList();
    }
}
