package org.votingapp.worker.file;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Says what a node is where something else belongs. */
final class NodeKind {

    private NodeKind() {}

    /** What it is, to follow the name of its field. */
    static String of(Node node) {
        Tag tag = node.getTag();
        if (node instanceof SequenceNode && tag.equals(Tag.SEQ)) {
            return "is a list";
        }
        if (node instanceof MappingNode && tag.equals(Tag.MAP)) {
            return "is a mapping";
        }
        if (node instanceof ScalarNode scalar) {
            String value = Mistakes.shown(scalar.getValue());
            if (tag.equals(Tag.NULL)) {
                return "is empty";
            }
            if (tag.equals(Tag.BOOL)) {
                return "is the boolean " + value;
            }
            if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
                return "is the number " + value;
            }
            if (tag.equals(Tag.STR)) {
                return "is \"%s\"".formatted(value);
            }
        }
        return "has the tag " + Mistakes.shown(tag.getValue());
    }
}
