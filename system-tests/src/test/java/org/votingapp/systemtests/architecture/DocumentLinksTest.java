package org.votingapp.systemtests.architecture;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documents lead somewhere: each link of a Markdown file, and each test that one names. Needs no network. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", "data", ".git", ".idea");

    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]+`");
    private static final Pattern INLINE = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([^\\]]+)]: (\\S+)$");
    private static final Pattern REFERENCE = Pattern.compile("(?<!])\\[([^\\[\\]]+)](?![(\\[])");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern TEST_NAME =
            Pattern.compile("\\b([A-Z]\\w*[a-z0-9](?:Test|IT))\\b(?:[`\\]]*[.#](?!java)(\\w+))?");

    /** The text of each document, by its path from the root. */
    private static Map<Path, String> documents;

    /** The source of each test, by its simple class name. */
    private static Map<String, Path> tests;

    @BeforeAll
    static void findFiles() throws IOException {
        List<Path> files = files();
        documents = new TreeMap<>();
        for (Path file : files) {
            if (file.toString().endsWith(".md")) {
                documents.put(ROOT.relativize(file), Files.readString(file));
            }
        }
        tests = files.stream()
                .filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                .collect(toMap(file -> file.getFileName().toString().replace(".java", ""), file -> file));
        assertThat(documents).containsKey(Path.of("README.md"));
        assertThat(tests).containsKey(DocumentLinksTest.class.getSimpleName());
    }

    @Test
    void everyRelativeLinkLeadsToAFileOfThisRepository() {
        List<String> dead = new ArrayList<>();
        documents.forEach((document, text) ->
                links(text).filter(link -> !isThere(document, link)).forEach(link -> dead.add(document + ": " + link)));

        assertThat(dead).isEmpty();
    }

    @Test
    void everyAnchorIsAHeading() {
        List<String> dead = new ArrayList<>();
        documents.forEach((document, text) -> links(text)
                .filter(link -> link.contains("#") && isThere(document, link) && !isHeading(document, link))
                .forEach(link -> dead.add(document + ": " + link)));

        assertThat(dead).isEmpty();
    }

    @Test
    void everyReferenceIsDefined() {
        List<String> undefined = new ArrayList<>();
        documents.forEach((document, text) -> {
            Set<String> defined = DEFINITION
                    .matcher(text)
                    .results()
                    .map(definition -> definition.group(1))
                    .collect(toSet());
            REFERENCE
                    .matcher(withoutCode(text))
                    .results()
                    .map(reference -> reference.group(1))
                    .filter(reference -> !defined.contains(reference))
                    .forEach(reference -> undefined.add(document + ": [" + reference + "]"));
        });

        assertThat(undefined).isEmpty();
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<Path, String> document : documents.entrySet()) {
            for (MatchResult name :
                    TEST_NAME.matcher(document.getValue()).results().toList()) {
                if (!exists(name.group(1), name.group(2))) {
                    missing.add(document.getKey() + ": " + name.group());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** Links to files and anchors; addresses of the web are not looked up. */
    private static Stream<String> links(String text) {
        String prose = withoutCode(text);
        return Stream.concat(
                        INLINE.matcher(prose).results().map(link -> link.group(1)),
                        DEFINITION.matcher(prose).results().map(link -> link.group(2)))
                .filter(link -> !link.contains("://"));
    }

    private static String withoutCode(String text) {
        return CODE.matcher(text).replaceAll("");
    }

    private static Path target(Path document, String link) {
        String path = link.replaceAll("#.*", "");
        Path file = ROOT.resolve(document);
        return path.isEmpty() ? file : file.resolveSibling(path).normalize();
    }

    private static boolean isThere(Path document, String link) {
        Path target = target(document, link);
        return target.startsWith(ROOT) && Files.exists(target);
    }

    private static boolean isHeading(Path document, String link) {
        String text = documents.getOrDefault(ROOT.relativize(target(document, link)), "");
        String anchor = link.substring(link.indexOf('#') + 1);
        return HEADING.matcher(text.replaceAll("(?ms)^```.*?^```", ""))
                .results()
                .anyMatch(heading -> anchorOf(heading.group(1)).equals(anchor));
    }

    /** As GitHub makes it. */
    private static String anchorOf(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static boolean exists(String test, String method) throws IOException {
        Path source = tests.get(test);
        return source != null && (method == null || Files.readString(source).contains(" void " + method + "("));
    }
}
