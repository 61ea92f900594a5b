package org.votingapp.worker.file;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1
 * @param field its path, such as {@code rooms[0].polls[1].options}; empty for the file as such
 */
record Place(int line, int column, String field) {

    /** The beginning of the file. */
    static final Place START = new Place(1, 1, "");

    static Place of(Optional<Mark> mark, String field) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1, field))
                .orElse(new Place(1, 1, field));
    }

    static Place of(Node node, String field) {
        return of(node.getStartMark(), field);
    }
}
