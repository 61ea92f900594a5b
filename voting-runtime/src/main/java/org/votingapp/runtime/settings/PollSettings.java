package org.votingapp.runtime.settings;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.votingapp.poll.PartReader;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollParts;
import org.votingapp.poll.PollText;
import org.votingapp.poll.ResultsRule;

/**
 * Makes the poll from the settings {@code POLL_ID}, {@code POLL_QUESTION}, {@code POLL_LANGUAGE}, {@code POLL_OPTIONS} (or
 * {@code OPTION_A} and {@code OPTION_B}), {@code POLL_REVOTE}, {@code POLL_OPENS} and {@code POLL_CLOSES}. It also reads
 * {@code POLL_RESULTS} and {@code POLL_ACCEPT_CHANGES}. {@link PollParts} says what is valid.
 *
 * <p>{@code POLL_OPTIONS} lists labels, separated by commas. A comma in a label is written {@code \,} as in MicroProfile Config
 * (section "Array Converter").
 */
public final class PollSettings {

    private static final Pattern UNESCAPED_COMMA = Pattern.compile("(?<!\\\\),");

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
        closes.ifPresent(time -> Settings.part("poll.closes", time.toString(), written -> {
            PollParts.closesAfter(opens, closes, "POLL_OPENS");
            return time;
        }));
        acceptsChanges(settings);
        results(settings);
        return new Poll(
                id,
                question,
                part(settings, "poll.language", PollParts::language),
                options(settings),
                part(settings, "poll.revote", PollParts::revote),
                opens,
                closes);
    }

    /** Who sees the poll's result when. */
    public static ResultsRule results(Settings settings) {
        return part(settings, "poll.results", PollParts::results);
    }

    /**
     * The id of the poll only, for a server that reads the rest from Postgres.
     *
     * @throws InvalidSettingException where it is not an id
     */
    public static String id(Settings settings) {
        return part(settings, "poll.id", PollParts::id);
    }

    /** A part that must be set; no part is valid where it is empty. */
    private static <T> T part(Settings settings, String property, PartReader<T> reader) {
        return Settings.part(property, settings.optional(property).orElse(""), reader);
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

    private static List<PollOption> options(Settings settings) {
        Optional<String> list = settings.optional("poll.options");
        Optional<String> first = settings.optional("option.a");
        Optional<String> second = settings.optional("option.b");
        if (list.isEmpty()) {
            String a = text("option.a", first.orElse(CLASSIC_LABELS.get(0)), Poll.LONGEST_LABEL);
            String b = text("option.b", second.orElse(CLASSIC_LABELS.get(1)), Poll.LONGEST_LABEL);
            if (PollText.composed(a).equals(PollText.composed(b))) {
                throw first.isPresent()
                        ? Settings.invalid("option.a", a, "another label than that of OPTION_B, which is " + b)
                        : Settings.invalid("option.b", b, "another label than that of OPTION_A, which is " + a);
            }
            return List.of(new PollOption(Poll.keyAt(0), a), new PollOption(Poll.keyAt(1), b));
        }
        if (first.isPresent() || second.isPresent()) {
            throw Settings.invalid(
                    "poll.options", list.get(), "left out where OPTION_A or OPTION_B is set: give one or the other");
        }
        return Settings.part(
                "poll.options",
                list.get(),
                written -> PollParts.options(split(written), " with commas between them, such as Cats,Dogs"));
    }

    private static List<String> split(String list) {
        return Arrays.stream(UNESCAPED_COMMA.split(list, -1))
                .map(part -> part.replace("\\,", ",").strip())
                .toList();
    }

    private static String text(String property, String value, int longest) {
        return Settings.part(property, value, written -> PollParts.text(written, longest));
    }
}
