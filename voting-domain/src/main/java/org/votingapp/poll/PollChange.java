package org.votingapp.poll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a configuration changes about a poll that is registered, before and after. Immutable.
 *
 * <p>Harmless, whoever has voted: another question or language, a corrected label ({@link Label}), any label of an option
 * without votes, a further option, an option that is offered no more (its votes stay in the result; an older server in a
 * roll looks the same), other hours of a poll that is not closed. It betrays voters when an option with votes gets
 * another label, a label with votes stands at another key, a first vote is no longer final or a choice no longer
 * changeable, or a closed poll takes votes again. In a file, so does the removal of an option with votes. Without votes nothing
 * does.
 */
public final class PollChange {

    private final RegisteredPoll before;
    private final Poll after;
    private final PollSource source;
    private final Instant now;
    private final List<String> harmless = new ArrayList<>();
    private final List<String> betrayals = new ArrayList<>();
    private final Set<String> restoring = new LinkedHashSet<>();

    private PollChange(RegisteredPoll before, Poll after, PollSource source, Instant now) {
        this.before = before;
        this.after = after;
        this.source = source;
        this.now = now;
        compareOptions();
        compareRules();
        compareTexts();
    }

    /** Compares a registered poll with one of the same id in the settings. */
    public static PollChange of(RegisteredPoll before, Poll after, Instant now) {
        return of(before, after, PollSource.SETTINGS, now);
    }

    /** Compares a registered poll with one of the same id that is written somewhere. */
    public static PollChange of(RegisteredPoll before, Poll after, PollSource source, Instant now) {
        return new PollChange(before, after, source, now);
    }

    /** What changes without harm, such as {@code question "Cats?" → "Cats or dogs?"}. */
    public List<String> harmless() {
        return List.copyOf(harmless);
    }

    /** What would make votes mean something else, likewise. */
    public List<String> betrayals() {
        return List.copyOf(betrayals);
    }

    /** Everything that changes, in one line; empty where nothing does. */
    public Optional<String> line() {
        List<String> all = new ArrayList<>(betrayals);
        all.addAll(harmless);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of("Poll %s (%s) changes: %s".formatted(after.id(), votes(), String.join("; ", all)));
    }

    /** Why it is refused and what the operator can do, in one line. */
    String refusal() {
        return ("Poll %s is not started, since its votes (%s) would no longer mean what voters chose: %s. "
                        + "Restore %s, or %s, and the votes count as they would then read.")
                .formatted(
                        after.id(),
                        votes(),
                        String.join("; ", betrayals),
                        String.join(" and ", restoring),
                        source.waysOut());
    }

    private String votes() {
        String recorded = count(before.recorded());
        return before.unrecorded() == 0 ? recorded : recorded + " and %d not recorded".formatted(before.unrecorded());
    }

    private static String count(long votes) {
        return votes == 1 ? "1 vote" : votes + " votes";
    }

    private void compareOptions() {
        for (PollOption option : after.options()) {
            Optional<PollOption> same = before.poll().option(option.key());
            Optional<PollOption> origin = origin(option);
            if (same.isPresent() && same.get().label().equals(option.label())) {
                continue;
            }
            boolean meantOther = same.isPresent()
                    && before.mayHaveVotes(option.key())
                    && (origin.isPresent() || !Label.corrects(same.get().label(), option.label()));
            if (meantOther) {
                betray("option %s (%s) \"%s\" → \"%s\""
                        .formatted(
                                option.key(), votesFor(option.key()), same.get().label(), option.label()));
            } else if (origin.filter(other -> before.mayHaveVotes(other.key())).isPresent()) {
                betray("\"%s\" from option %s (%s) → option %s"
                        .formatted(
                                option.label(),
                                origin.get().key(),
                                votesFor(origin.get().key()),
                                option.key()));
            } else {
                harmless.add("option %s %s → \"%s\""
                        .formatted(
                                option.key(),
                                same.map(old -> "\"" + old.label() + "\"").orElse("new"),
                                option.label()));
            }
        }
        for (PollOption option : before.poll().options()) {
            if (after.option(option.key()).isEmpty()) {
                compareRemoved(option);
            }
        }
    }

    /** Vote servers with older settings look as if an option were removed; no vote server reads the file. */
    private void compareRemoved(PollOption option) {
        String name = "option %s \"%s\" → ".formatted(option.key(), option.label());
        if (!before.mayHaveVotes(option.key())) {
            harmless.add(name + "gone");
        } else if (source == PollSource.SETTINGS) {
            harmless.add(name + "offered no more, its " + votesFor(option.key()) + " stay");
        } else {
            betray("option %s (%s) \"%s\" → gone".formatted(option.key(), votesFor(option.key()), option.label()));
        }
    }

    /** Where the label of an option stood, if that was at another key which has another label now. */
    private Optional<PollOption> origin(PollOption moved) {
        return before.poll().options().stream()
                .filter(old -> !old.key().equals(moved.key()))
                .filter(old -> Label.same(old.label(), moved.label()))
                .filter(old -> after.option(old.key())
                        .filter(stayed -> Label.same(stayed.label(), old.label()))
                        .isEmpty())
                .findFirst();
    }

    private String votesFor(String key) {
        long votes = before.votes(key);
        return votes == 0 && before.unrecorded() > 0 ? "votes that are not recorded" : count(votes);
    }

    private void betray(String what) {
        betrayals.add(what);
        restoring.add(source.restored(
                before.poll().options().stream().map(PollOption::label).toList()));
    }

    private void compareRules() {
        Poll old = before.poll();
        if (old.revote() != after.revote()) {
            String change = "%s %s → %s".formatted(source.field("revote"), name(old.revote()), name(after.revote()));
            judge(before.hasVotes(), change, source.restored("revote", name(old.revote())));
        }
        if (!old.closes().equals(after.closes())) {
            boolean reopens =
                    before.hasVotes() && old.stateAt(now) == PollState.CLOSED && after.stateAt(now) != PollState.CLOSED;
            judge(
                    reopens,
                    "%s %s → %s%s"
                            .formatted(
                                    source.field("closes"),
                                    time(old.closes()),
                                    time(after.closes()),
                                    reopens ? ", though it has closed" : ""),
                    source.restored(
                            "closes", old.closes().map(Instant::toString).orElse("")));
        }
        if (!old.opens().equals(after.opens())) {
            harmless.add("%s %s → %s".formatted(source.field("opens"), time(old.opens()), time(after.opens())));
        }
    }

    private void judge(boolean betrays, String change, String restored) {
        (betrays ? betrayals : harmless).add(change);
        if (betrays) {
            restoring.add(restored);
        }
    }

    private void compareTexts() {
        Poll old = before.poll();
        if (!old.question().equals(after.question())) {
            harmless.add("question \"%s\" → \"%s\"".formatted(old.question(), after.question()));
        }
        if (!old.language().equals(after.language())) {
            harmless.add("language %s → %s".formatted(old.language(), after.language()));
        }
    }

    private static String name(RevoteRule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("not set");
    }
}
