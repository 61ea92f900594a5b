package org.votingapp.worker.file;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.votingapp.runtime.settings.Excerpt;

/** Collects what is wrong with a file, so that its author learns all of it at once, up to {@value #MOST} mistakes. */
final class Mistakes {

    static final int MOST = 20;
    private static final int LONGEST_SHOWN = 80;
    private static final Comparator<Mistake> IN_ORDER =
            comparingInt((Mistake mistake) -> mistake.place.line()).thenComparingInt(mistake -> mistake.place.column());

    private final List<Mistake> found = new ArrayList<>();

    private record Mistake(Place place, String problem) {
        String sentence() {
            String subject = place.field().isEmpty() ? "the file" : place.field();
            return "line %d, column %d: %s %s".formatted(place.line(), place.column(), subject, problem);
        }
    }

    /**
     * Adds one.
     *
     * @throws PollsFileException where that is the last one that is reported, which bounds the work that a file makes, too
     */
    void add(Place place, String problem) throws PollsFileException {
        found.add(new Mistake(place, problem));
        if (found.size() == MOST) {
            throwIfAny();
        }
    }

    /** Adds that a field has a value that it must not have. */
    void addValue(Place place, String value, String expected) throws PollsFileException {
        add(place, "is \"%s\"; it must be %s".formatted(shown(value), expected));
    }

    void throwIfAny() throws PollsFileException {
        if (!found.isEmpty()) {
            List<String> sentences = new ArrayList<>();
            found.stream().sorted(IN_ORDER).map(Mistake::sentence).forEach(sentences::add);
            if (found.size() == MOST) {
                sentences.add("There may be more: these are the first %d.".formatted(MOST));
            }
            throw new PollsFileException(sentences);
        }
    }

    /** A file with this mistake only. */
    static PollsFileException only(Place place, String problem) {
        return new PollsFileException(List.of(new Mistake(place, problem).sentence()));
    }

    static String shown(String value) {
        return Excerpt.text(value, LONGEST_SHOWN);
    }
}
