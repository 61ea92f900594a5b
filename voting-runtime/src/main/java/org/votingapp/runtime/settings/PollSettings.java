package org.votingapp.runtime.settings;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollText;
import org.votingapp.poll.RevoteRule;

/**
 * Makes the poll from the settings {@code POLL_ID}, {@code POLL_QUESTION}, {@code POLL_LANGUAGE}, {@code POLL_OPTIONS} (or
 * {@code OPTION_A} and {@code OPTION_B}), {@code POLL_REVOTE}, {@code POLL_OPENS} and {@code POLL_CLOSES}. It also reads
 * {@code POLL_ACCEPT_CHANGES}.
 *
 * <p>{@code POLL_OPTIONS} lists labels, separated by commas. A comma in a label is written {@code \,} as in MicroProfile Config
 * (section "Array Converter"). {@link PollText} says which texts are valid.
 */
public final class PollSettings {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern UNESCAPED_COMMA = Pattern.compile("(?<!\\\\),");
    /** The longest language tag that every implementation must accept (RFC 5646, section 4.4.1). */
    private static final int LONGEST_LANGUAGE = 35;

    private static final List<String> CLASSIC_LABELS = List.of("Cats", "Dogs");

    private PollSettings() {}

    /**
     * The poll that the settings describe.
     *
     * @throws InvalidSettingException naming the first setting that is wrong
     */
    public static Poll read(Settings settings) {
        String id = id(settings);
        String question = text(
                "poll.question",
                settings.required("poll.question", "the question to ask, such as Cats vs Dogs!"),
                Poll.LONGEST_QUESTION);
        Optional<Instant> opens = settings.time("poll.opens");
        Optional<Instant> closes = settings.time("poll.closes");
        if (opens.isPresent() && closes.isPresent() && !opens.get().isBefore(closes.get())) {
            throw Settings.invalid(
                    "poll.closes", closes.get().toString(), "later than POLL_OPENS, which is " + opens.get());
        }
        acceptsChanges(settings);
        return new Poll(id, question, language(settings), options(labels(settings)), revote(settings), opens, closes);
    }

    /**
     * The id of the poll only, for a server that reads the rest from Postgres.
     *
     * @throws InvalidSettingException where it is not an id
     */
    public static String id(Settings settings) {
        String expected = "1 to 63 lower-case letters, digits and hyphens, such as cats-vs-dogs";
        String id = settings.required("poll.id", expected);
        if (!ID.matcher(id).matches()) {
            throw Settings.invalid("poll.id", id, expected);
        }
        return id;
    }

    /**
     * Whether configuration may change what the votes of a poll mean.
     *
     * @throws InvalidSettingException where it says neither true nor false
     */
    public static boolean acceptsChanges(Settings settings) {
        String expected = "true (the votes of POLL_ID count as its options and rules read now) or false";
        String value = settings.required("poll.accept-changes", expected).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw Settings.invalid("poll.accept-changes", value, expected);
        }
        return value.equals("true");
    }

    private static String language(Settings settings) {
        String expected = "a language tag (BCP 47) of at most %d characters, such as en, pt-BR or zh-Hant"
                .formatted(LONGEST_LANGUAGE);
        String tag = settings.required("poll.language", expected);
        if (tag.length() > LONGEST_LANGUAGE) {
            throw Settings.invalid("poll.language", tag, expected);
        }
        try {
            return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException illFormed) {
            throw Settings.invalid("poll.language", tag, expected);
        }
    }

    private static List<String> labels(Settings settings) {
        Optional<String> list = settings.optional("poll.options");
        Optional<String> first = settings.optional("option.a");
        Optional<String> second = settings.optional("option.b");
        if (list.isEmpty()) {
            String a = text("option.a", first.orElse(CLASSIC_LABELS.get(0)), Poll.LONGEST_LABEL);
            String b = text("option.b", second.orElse(CLASSIC_LABELS.get(1)), Poll.LONGEST_LABEL);
            if (composed(a).equals(composed(b))) {
                throw first.isPresent()
                        ? Settings.invalid("option.a", a, "another label than that of OPTION_B, which is " + b)
                        : Settings.invalid("option.b", b, "another label than that of OPTION_A, which is " + a);
            }
            return List.of(a, b);
        }
        if (first.isPresent() || second.isPresent()) {
            throw Settings.invalid(
                    "poll.options", list.get(), "left out where OPTION_A or OPTION_B is set: give one or the other");
        }
        return split(list.get());
    }

    private static List<String> split(String list) {
        List<String> labels = new ArrayList<>();
        for (String part : UNESCAPED_COMMA.split(list, -1)) {
            String label = part.replace("\\,", ",").strip();
            String number = "label " + (labels.size() + 1);
            PollText.fault(label, Poll.LONGEST_LABEL).ifPresent(fault -> {
                throw Settings.invalid(
                        "poll.options",
                        list,
                        "labels of 1 to %d characters each; %s %s".formatted(Poll.LONGEST_LABEL, number, fault));
            });
            labels.add(label);
        }
        if (labels.size() < Poll.FEWEST_OPTIONS || labels.size() > Poll.MOST_OPTIONS) {
            throw Settings.invalid(
                    "poll.options",
                    list,
                    "%d to %d labels with commas between them, such as Cats,Dogs"
                            .formatted(Poll.FEWEST_OPTIONS, Poll.MOST_OPTIONS));
        }
        // "é" may be one code point or two.
        if (labels.stream().map(PollSettings::composed).distinct().count() < labels.size()) {
            throw Settings.invalid("poll.options", list, "labels that differ from each other");
        }
        return labels;
    }

    private static List<PollOption> options(List<String> labels) {
        List<PollOption> options = new ArrayList<>();
        for (String label : labels) {
            options.add(new PollOption(Poll.keyAt(options.size()), label));
        }
        return options;
    }

    private static String text(String property, String value, int longest) {
        PollText.fault(value, longest).ifPresent(fault -> {
            throw Settings.invalid(
                    property, value, "1 to %d characters of text on one line; it %s".formatted(longest, fault));
        });
        return value;
    }

    private static String composed(String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFC);
    }

    private static RevoteRule revote(Settings settings) {
        String expected = "final (the first vote stands) or changeable (the newest stands)";
        String value = settings.required("poll.revote", expected);
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "final" -> RevoteRule.FINAL;
            case "changeable" -> RevoteRule.CHANGEABLE;
            default -> throw Settings.invalid("poll.revote", value, expected);
        };
    }
}
