package org.votingapp.worker.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.votingapp.poll.PartReader;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.Spelling;

/** The fields of one mapping: each known, at most once, of the right type. What is wrong goes to the {@link Mistakes}. */
final class Fields {

    private final Place place;
    private final Mistakes mistakes;
    private final Map<String, NodeTuple> entries = new HashMap<>();
    private final Set<String> misspelled = new HashSet<>();

    private Fields(Place place, Mistakes mistakes) {
        this.place = place;
        this.mistakes = mistakes;
    }

    /**
     * The fields of a mapping; empty where the node is none.
     *
     * @param what what they are fields of, such as {@code a room}
     * @param known the names of its fields
     */
    static Optional<Fields> of(Found<Node> node, String what, List<String> known, Mistakes mistakes)
            throws PollsFileException {
        Place place = node.place();
        if (!(node.value() instanceof MappingNode mapping) || !mapping.getTag().equals(Tag.MAP)) {
            mistakes.add(place, "%s; it must be a mapping with %s".formatted(NodeKind.of(node.value()), names(known)));
            return Optional.empty();
        }
        Fields fields = new Fields(place, mistakes);
        for (NodeTuple entry : mapping.getValue()) {
            fields.add(entry, what, known);
        }
        return Optional.of(fields);
    }

    private void add(NodeTuple entry, String what, List<String> known) throws PollsFileException {
        Node key = entry.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            mistakes.add(Place.of(key, place.field()), "has a name that " + NodeKind.of(key) + "; it must be text");
            return;
        }
        String name = scalar.getValue();
        if (!known.contains(name)) {
            Optional<String> meant = Spelling.nearest(name, known);
            meant.ifPresent(misspelled::add);
            mistakes.add(
                    Place.of(key, path(Mistakes.shown(name))),
                    "is no field of %s; %s"
                            .formatted(
                                    what,
                                    meant.map("did you mean %s?"::formatted).orElse("it has " + names(known))));
            return;
        }
        NodeTuple first = entries.putIfAbsent(name, entry);
        if (first != null) {
            int line = Place.of(first.getKeyNode(), "").line();
            mistakes.add(Place.of(key, path(name)), "stands there twice, first in line %d; remove one".formatted(line));
        }
    }

    /** A part that may be left out; empty, too, where it is not what it must be. */
    <T> Optional<Found<T>> optional(String name, PartReader<T> reader) throws PollsFileException {
        return has(name) ? part(new Found<>(entries.get(name).getValueNode(), place(name)), reader) : Optional.empty();
    }

    /**
     * A part that must be there; empty where it is not, or is not what it must be.
     *
     * @param expected what it must be
     */
    <T> Optional<Found<T>> required(String name, String expected, PartReader<T> reader) throws PollsFileException {
        return has(name, expected) ? optional(name, reader) : Optional.empty();
    }

    /**
     * The items of a list that must be there; none where it is no list of so many.
     *
     * @param expected what it must be
     */
    List<Found<Node>> items(String name, int least, int most, String expected) throws PollsFileException {
        if (!has(name, expected)) {
            return List.of();
        }
        Node node = entries.get(name).getValueNode();
        if (!(node instanceof SequenceNode list) || !list.getTag().equals(Tag.SEQ)) {
            mistakes.add(place(name), "%s; it must be %s".formatted(NodeKind.of(node), expected));
            return List.of();
        }
        int size = list.getValue().size();
        if (size < least || size > most) {
            String items = size == 1 ? "1 item" : size + " items";
            mistakes.add(place(name), "has %s; it must be %s".formatted(items, expected));
            return List.of();
        }
        List<Found<Node>> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new Found<>(item, Place.of(item, "%s[%d]".formatted(path(name), items.size()))));
        }
        return items;
    }

    /** Whether a field is there, whatever it is. */
    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Where a field that is there stands. */
    Place place(String name) {
        return Place.of(entries.get(name).getValueNode(), path(name));
    }

    private boolean has(String name, String expected) throws PollsFileException {
        // What is misspelled has been told.
        if (!has(name) && !misspelled.contains(name)) {
            mistakes.add(place, "has no %s, which must be %s".formatted(name, expected));
        }
        return has(name);
    }

    /** What a node is as a part; empty where it is no text, or not what it must be. */
    <T> Optional<Found<T>> part(Found<Node> node, PartReader<T> reader) throws PollsFileException {
        if (!(node.value() instanceof ScalarNode scalar)) {
            mistakes.add(node.place(), NodeKind.of(node.value()) + "; it must be text");
            return Optional.empty();
        }
        try {
            T value = reader.read(scalar.getValue().strip());
            if (scalar.getTag().equals(Tag.STR)) {
                return Optional.of(new Found<>(value, node.place()));
            }
            mistakes.add(
                    node.place(),
                    "%s; it must be text, so quote it: \"%s\""
                            .formatted(NodeKind.of(scalar), Mistakes.shown(scalar.getValue())));
        } catch (PollPartException wrong) {
            mistakes.add(node.place(), "%s; it must be %s".formatted(NodeKind.of(scalar), wrong.getMessage()));
        }
        return Optional.empty();
    }

    private String path(String name) {
        return place.field().isEmpty() ? name : place.field() + "." + name;
    }

    private static String names(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
