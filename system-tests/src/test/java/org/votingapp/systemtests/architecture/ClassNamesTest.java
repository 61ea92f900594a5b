package org.votingapp.systemtests.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class name means one thing in the whole project, tests included. */
class ClassNamesTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void noSimpleClassNameStandsInTwoModules() throws IOException {
        Map<String, TreeSet<String>> modules;
        try (Stream<Path> files = sources()) {
            modules = files.collect(groupingBy(
                    file -> file.getFileName().toString(),
                    TreeMap::new,
                    mapping(file -> ROOT.relativize(file).getName(0).toString(), toCollection(TreeSet::new))));
        }
        assertThat(modules).as("all sources").hasSizeGreaterThan(400);
        modules.values().removeIf(names -> names.size() == 1);
        assertThat(modules).as("class names in two modules").isEmpty();
    }

    private static Stream<Path> sources() throws IOException {
        return Files.list(ROOT)
                .map(module -> module.resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(ClassNamesTest::javaFiles)
                .filter(file -> !file.endsWith("package-info.java"));
    }

    private static Stream<Path> javaFiles(Path folder) {
        try {
            return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
