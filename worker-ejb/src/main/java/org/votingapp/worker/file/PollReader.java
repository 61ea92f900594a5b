package org.votingapp.worker.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.PollParts;
import org.votingapp.poll.PollText;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;

/** Reads the polls of a file, room by room. Used by one thread. */
final class PollReader {

    private static final List<String> POLL =
            List.of("id", "question", "language", "options", "revote", "results", "opens", "closes");
    private static final String QUESTION = "1 to %d characters of text".formatted(Poll.LONGEST_QUESTION);
    private static final String LABELS =
            "a list of %d to %d labels, such as [Cats, Dogs]".formatted(Poll.FEWEST_OPTIONS, Poll.MOST_OPTIONS);

    private final String housePoll;
    private final Mistakes mistakes;
    private final Firsts ids;
    private int count;

    /** @param housePoll the id that no poll may have */
    PollReader(String housePoll, Mistakes mistakes) {
        this.housePoll = housePoll;
        this.mistakes = mistakes;
        this.ids = new Firsts("an id that no other poll of the file has", mistakes);
    }

    /** The polls of one room; those without what a poll must have are left out, and that is among the mistakes. */
    List<PollPlan> of(List<Found<Node>> nodes) throws PollsFileException {
        Firsts questions =
                new Firsts("another question, since a poll without an id is known by its question", mistakes);
        List<PollPlan> polls = new ArrayList<>();
        for (Found<Node> node : nodes) {
            if (++count > PollsFile.MOST_POLLS) {
                mistakes.add(node.place(), "is one poll too many; the file may have " + PollsFile.MOST_POLLS);
                mistakes.throwIfAny();
            }
            Optional<Fields> fields = Fields.of(node, "a poll", POLL, mistakes);
            if (fields.isPresent()) {
                poll(fields.get(), questions).ifPresent(polls::add);
            }
        }
        return polls;
    }

    private Optional<PollPlan> poll(Fields fields, Firsts questions) throws PollsFileException {
        Optional<Found<String>> id = fields.optional("id", PollParts::id);
        if (id.isPresent()) {
            ids.add(id.get(), id.get().value());
            if (id.get().value().equals(housePoll)) {
                mistakes.addValue(
                        id.get().place(), housePoll, "another id than POLL_ID, the id of the house room's poll");
            }
        }
        Optional<Found<String>> question =
                fields.required("question", QUESTION, text -> PollParts.text(text, Poll.LONGEST_QUESTION));
        if (question.isPresent() && !fields.has("id")) {
            questions.add(question.get(), PollText.composed(question.get().value()));
        }
        Optional<Found<String>> language = fields.optional("language", PollParts::language);
        List<PollOption> options = options(fields);
        Optional<Found<RevoteRule>> revote = fields.optional("revote", PollParts::revote);
        Optional<Found<ResultsRule>> results = fields.optional("results", PollParts::results);
        Optional<Found<Instant>> opens = fields.optional("opens", PollParts::time);
        Optional<Found<Instant>> closes = fields.optional("closes", PollParts::time);
        checkHours(opens, closes);
        return question.map(found -> new PollPlan(
                id.map(Found::value),
                found.value(),
                language.map(Found::value).orElse("en"),
                options,
                revote.map(Found::value).orElse(RevoteRule.FINAL),
                results.map(Found::value).orElse(ResultsRule.LIVE),
                opens.map(Found::value),
                closes.map(Found::value)));
    }

    private List<PollOption> options(Fields fields) throws PollsFileException {
        List<String> labels = new ArrayList<>();
        List<Found<Node>> items = fields.items("options", Poll.FEWEST_OPTIONS, Poll.MOST_OPTIONS, LABELS);
        for (Found<Node> item : items) {
            fields.part(item, text -> PollParts.text(text, Poll.LONGEST_LABEL))
                    .map(Found::value)
                    .ifPresent(labels::add);
        }
        if (labels.isEmpty() || labels.size() < items.size()) {
            // What is wrong with the others has been said.
            return List.of();
        }
        try {
            return PollParts.options(labels, "");
        } catch (PollPartException wrong) {
            mistakes.addValue(fields.place("options"), String.join(", ", labels), wrong.getMessage());
            return List.of();
        }
    }

    private void checkHours(Optional<Found<Instant>> opens, Optional<Found<Instant>> closes) throws PollsFileException {
        try {
            PollParts.closesAfter(opens.map(Found::value), closes.map(Found::value), "opens");
        } catch (PollPartException wrong) {
            Found<Instant> late = closes.orElseThrow();
            mistakes.addValue(late.place(), late.value().toString(), wrong.getMessage());
        }
    }
}
