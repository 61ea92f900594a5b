package org.votingapp.organiser.page;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.votingapp.organiser.desk.PollStep;
import org.votingapp.organiser.desk.PollSummary;
import org.votingapp.organiser.desk.RecountState;
import org.votingapp.organiser.desk.RecountSummary;
import org.votingapp.poll.RevoteRule;
import org.votingapp.web.language.PageLanguage;
import org.votingapp.web.language.PageText;

/** What was before and after an act, in the reader's language. What earlier releases wrote in words is shown as it stands. */
final class AuditWords {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** Of which the row keeps what was copied as what was before. */
    private static final Set<String> COPIES = Set.of("poll.duplicated", "poll.askedAgain");

    private final PageText text;

    /**
     * A part of what was before or after.
     *
     * @param before words, or what precedes the time
     * @param time for machines; empty where there is none
     * @param shown the time for people
     * @param after what follows the time
     * @param language of the words; empty where nobody knows
     */
    public record Part(String before, String time, String shown, String after, String language) {}

    AuditWords(PageText text) {
        this.text = text;
    }

    /**
     * What was before an act, without what is the same afterwards.
     *
     * @param before what the row keeps of it
     * @param after what the row keeps of what is afterwards
     */
    List<Part> before(String action, String before, String after) {
        return COPIES.contains(action) ? List.of() : without(parts(action, before), parts(action, after));
    }

    /** What is after an act, without what was the same before. */
    List<Part> after(String action, String before, String after) {
        return COPIES.contains(action)
                ? Stream.concat(Stream.of(said("audit.from", before)), parts(action, after).stream())
                        .toList()
                : without(parts(action, after), parts(action, before));
    }

    private static List<Part> without(List<Part> some, List<Part> others) {
        return some.stream().filter(part -> !others.contains(part)).toList();
    }

    private List<Part> parts(String action, String stored) {
        if (stored.isEmpty()) {
            return List.of();
        }
        return PollSummary.read(action, stored)
                .map(this::poll)
                .or(() -> RecountSummary.read(action, stored).map(this::recount))
                .orElseGet(() -> List.of(single(action, stored)));
    }

    private Part single(String action, String stored) {
        return switch (action) {
            case "poll.opened", "poll.openedAgain", "poll.closed" -> step(stored);
            case "poll.extended" ->
                moment(stored).map(time -> timed("", time, "")).orElseGet(() -> plain(stored));
            case "poll.moved" -> counted("audit.place", stored);
            case "codes.made", "codes.revoked" -> counted("codes.batch", stored);
            default -> plain(stored);
        };
    }

    private Part step(String stored) {
        return Stream.of(PollStep.values())
                .filter(step -> step.word().equals(stored))
                .findFirst()
                .map(step -> said(step.key()))
                .orElseGet(() -> plain(stored));
    }

    private static Optional<Instant> moment(String stored) {
        try {
            return Optional.of(Instant.parse(stored));
        } catch (DateTimeParseException words) {
            return Optional.empty();
        }
    }

    private Part counted(String key, String stored) {
        return NUMBER.matcher(stored).matches() ? said(key, Integer.valueOf(stored)) : plain(stored);
    }

    private List<Part> poll(PollSummary poll) {
        List<Part> parts = new ArrayList<>();
        parts.add(in(poll.language(), poll.question()));
        parts.add(in(poll.language(), String.join(" | ", poll.options())));
        parts.add(language(poll.language()));
        parts.add(said(poll.revote() == RevoteRule.CHANGEABLE ? "form.change" : "audit.final"));
        parts.add(in(
                text.getTag(),
                sentence("form.results") + ": "
                        + sentence("results." + poll.results().word())));
        poll.opens().ifPresent(time -> parts.add(timed("poll.opensAt", time)));
        poll.closes().ifPresent(time -> parts.add(timed("poll.closesAt", time)));
        if (poll.needsCode()) {
            parts.add(said("form.codes"));
        }
        return parts;
    }

    private static Part language(String tag) {
        return in(
                tag,
                Stream.of(PageLanguage.values())
                        .filter(one -> one.getTag().equals(tag))
                        .findFirst()
                        .map(PageLanguage::getOwnName)
                        .orElse(tag));
    }

    private List<Part> recount(RecountSummary recount) {
        List<Part> parts = new ArrayList<>();
        parts.add(said(recount.found().key(), recount.ballots(), recount.votes()));
        if (recount.found() == RecountState.DIFFERENT) {
            recount.differences()
                    .forEach(one -> parts.add(in(
                            text.getTag(),
                            one.key().toUpperCase(Locale.ROOT) + ": "
                                    + text.of(sentence("recount.difference"), one.ballots(), one.votes()))));
        }
        return parts;
    }

    private String sentence(String key) {
        return text.sentence("organiser", key);
    }

    private Part said(String key, Object... arguments) {
        return in(text.getTag(), text.of(sentence(key), arguments));
    }

    private static Part in(String language, String words) {
        return new Part(words, "", "", "", language);
    }

    private static Part plain(String stored) {
        return in("", stored);
    }

    private Part timed(String key, Instant time) {
        PageText.Around around = text.around(sentence(key), "");
        return timed(around.before(), time, around.after());
    }

    private Part timed(String before, Instant time, String after) {
        return new Part(before, time.toString(), text.time(time), after, text.getTag());
    }
}
