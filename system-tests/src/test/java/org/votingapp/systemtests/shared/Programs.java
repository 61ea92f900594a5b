package org.votingapp.systemtests.shared;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds installed programs. */
final class Programs {

    private Programs() {}

    /** The first that can be run: one of these names in a folder of the variable {@code PATH}, or one of the other places. */
    static Optional<Path> find(List<String> names, List<Path> places, String path) {
        Stream<Path> onThePath = Stream.of(path.split(File.pathSeparator))
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(onThePath, places.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
