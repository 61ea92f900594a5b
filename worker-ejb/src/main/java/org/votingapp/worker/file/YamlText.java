package org.votingapp.worker.file;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.votingapp.runtime.settings.Excerpt;

/**
 * Makes YAML 1.2 into nodes, which know their places. It makes no objects, so a tag cannot name a class.
 *
 * <p>Its work is bounded: nodes nest up to {@value #DEEPEST} deep, and lists and mappings have up to {@value #MOST_ALIASES} aliases,
 * which are not expanded.
 */
final class YamlText {

    /** A label is the seventh: file, rooms, room, polls, poll, options, label. */
    static final int DEEPEST = 10;

    static final int MOST_ALIASES = 1_000;

    private static final int LONGEST_PROBLEM = 200;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new WithoutMerges())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            // It is copied for each piece of so many characters, however long a text is.
            .setBufferSize(1 << 16)
            .build();

    private YamlText() {}

    /** The root of the one document; empty where there is none. */
    static Optional<Node> root(String yaml) throws PollsFileException {
        try {
            checkCharacters(yaml);
            checkStructure(yaml);
            return new Compose(SETTINGS).composeString(yaml);
        } catch (MarkedYamlEngineException wrong) {
            String context = String.valueOf(wrong.getContext());
            throw notYaml(
                    Place.of(wrong.getProblemMark(), ""),
                    wrong.getProblem() + (context.isBlank() || context.equals("null") ? "" : " (" + context + ")"));
        } catch (YamlEngineException wrong) {
            throw notYaml(Place.START, String.valueOf(wrong.getMessage()));
        }
    }

    /** Before nodes are made: those are made by recursion. */
    private static void checkStructure(String yaml) throws PollsFileException {
        int depth = 0;
        int aliases = 0;
        for (Event event : new Parse(SETTINGS).parseString(yaml)) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                case Alias -> aliases++;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw Mistakes.only(
                        Place.of(event.getStartMark(), ""), "nests lists and mappings deeper than " + DEEPEST);
            }
            if (aliases > MOST_ALIASES) {
                throw Mistakes.only(
                        Place.of(event.getStartMark(), ""), "has more than %d aliases".formatted(MOST_ALIASES));
            }
        }
    }

    private static PollsFileException notYaml(Place place, String problem) {
        return Mistakes.only(place, "is not YAML: " + Excerpt.text(problem, LONGEST_PROBLEM));
    }

    /** Before the parser does: it does not say in which line. */
    private static void checkCharacters(String yaml) throws PollsFileException {
        int line = 1;
        int column = 1;
        for (int at = 0; at < yaml.length(); at += Character.charCount(yaml.codePointAt(at))) {
            int character = yaml.codePointAt(at);
            if (!StreamReader.isPrintable(character)) {
                throw Mistakes.only(
                        new Place(line, column, ""), "has U+%04X, which YAML does not allow".formatted(character));
            }
            line += character == '\n' ? 1 : 0;
            column = character == '\n' ? 1 : column + 1;
        }
    }

    /** The core schema without merge keys, which are no part of YAML 1.2 and multiply what a mapping holds. */
    private static final class WithoutMerges extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }
}
