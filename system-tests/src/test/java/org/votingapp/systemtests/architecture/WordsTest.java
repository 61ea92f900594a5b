package org.votingapp.systemtests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.TestStacks;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every word of the pages stands in a resource bundle, and every word of a bundle on a page. */
class WordsTest {

    private static final List<String> BUNDLES = List.of("common", "errors", "vote", "result", "present", "organiser");
    private static final Path FOLDER =
            TestStacks.root().resolve("voting-web/src/main/resources/org/votingapp/web/words");
    /** {@code vote['retry.busy']} */
    private static final Pattern IN_TEMPLATES =
            Pattern.compile("\\b(common|vote|result|present|organiser)\\['([^']+)']");

    private static final Pattern IN_CODE = Pattern.compile("\"([a-z][a-zA-Z.]+)\"");

    private static final Pattern EXPRESSION = Pattern.compile("#\\{[^}]*}");
    private static final Set<String> SPOKEN = Set.of("title", "aria-label", "alt", "placeholder", "summary");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern LITERAL =
            Pattern.compile("'((?:[^'\\\\\\n]|\\\\.)*)'|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|`([^`]*)`");
    /** Two words, or one that begins with a capital as a label does. */
    private static final Pattern WORDS = Pattern.compile("\\p{L}{2,}[,;]? \\p{Ll}{2,}|^\\p{Lu}\\p{Ll}+[….!?]?$");
    /** Names that look like words. */
    private static final Set<String> NAMES = Set.of("use strict", "Tab", "Enter", "Escape", "Age", "Date");

    @Test
    void everyWordOnAPageComesFromABundle() throws Exception {
        List<String> found = new ArrayList<>();
        for (Path template : files(".xhtml", ".html")) {
            collectWords(parse(Files.readString(template)).getDocumentElement(), template, found);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyWordInAScriptComesFromThePage() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path script : files(".js")) {
            String code = COMMENT.matcher(Files.readString(script)).replaceAll("");
            for (MatchResult literal : LITERAL.matcher(code).results().toList()) {
                String text = Stream.of(literal.group(1), literal.group(2), literal.group(3))
                        .filter(one -> one != null)
                        .findFirst()
                        .orElseThrow();
                if (WORDS.matcher(text.replaceAll("\\$\\{[^}]*}", "")).find() && !NAMES.contains(text)) {
                    found.add(script.getFileName() + ": " + text);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyWordThatATemplateTakesIsThere() throws IOException {
        for (Path file : files(".xhtml")) {
            for (MatchResult used :
                    IN_TEMPLATES.matcher(Files.readString(file)).results().toList()) {
                assertThat(keys(used.group(1))).as("%s", file.getFileName()).contains(used.group(2));
            }
        }
    }

    /** There, the locale of the machine would change letters: in Turkish, {@code i} becomes {@code İ}. */
    @Test
    void noTemplateChangesTheCaseOfAText() throws IOException {
        for (Path file : files(".xhtml", ".html")) {
            assertThat(file).content().doesNotContain("toUpperCase", "toLowerCase");
        }
    }

    @Test
    void everyWordOfABundleIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : files(".xhtml", ".java")) {
            String source = Files.readString(file);
            IN_TEMPLATES.matcher(source).results().forEach(found -> used.add(found.group(1) + " " + found.group(2)));
            if (file.toString().endsWith(".java")) {
                IN_CODE.matcher(source)
                        .results()
                        .forEach(found -> BUNDLES.forEach(bundle -> used.add(bundle + " " + found.group(1))));
            }
        }
        for (String bundle : BUNDLES) {
            assertThat(keys(bundle)).as(bundle).allMatch(key -> used.contains(bundle + " " + withoutStatus(key)));
        }
    }

    /** Code asks for {@code "title." + status}. */
    private static String withoutStatus(String key) {
        return key.replaceFirst("\\d{3}$", "");
    }

    private static Set<String> keys(String bundle) throws IOException {
        Properties words = new Properties();
        try (Reader file = Files.newBufferedReader(FOLDER.resolve(bundle + "_en.properties"))) {
            words.load(file);
        }
        return new TreeSet<>(words.stringPropertyNames());
    }

    private static void collectWords(Node node, Path template, List<String> found) {
        if (node instanceof Element element) {
            for (int at = 0; at < element.getAttributes().getLength(); at++) {
                Node attribute = element.getAttributes().item(at);
                boolean spoken = SPOKEN.contains(attribute.getNodeName())
                        || element.getTagName().equals("meta")
                                && element.getAttribute("name").equals("description")
                                && attribute.getNodeName().equals("content");
                if (spoken) {
                    addWords(attribute.getNodeValue(), template, found);
                }
            }
        }
        boolean code =
                node instanceof Element element && Set.of("script", "style").contains(element.getTagName());
        NodeList children = node.getChildNodes();
        for (int at = 0; at < children.getLength() && !code; at++) {
            Node child = children.item(at);
            if (child.getNodeType() == Node.TEXT_NODE) {
                addWords(child.getNodeValue(), template, found);
            } else {
                collectWords(child, template, found);
            }
        }
    }

    private static void addWords(String text, Path template, List<String> found) {
        // {title} is a place in the page for errors.
        String rest = EXPRESSION
                .matcher(text)
                .replaceAll("")
                .replaceAll("\\{\\w+}", "")
                .strip();
        // Formats and the keys of a keyboard have the same name everywhere.
        if (rest.chars().anyMatch(Character::isLetter)
                && !Set.of("JSON", "CSV", "F", "L", "O", "Q", "R", "S").contains(rest)) {
            found.add(template.getFileName() + ": " + rest);
        }
    }

    private static org.w3c.dom.Document parse(String page) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
        return builder.parse(new InputSource(new StringReader(page)));
    }

    private static List<Path> files(String... endings) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : List.of("voting-web", "vote-war", "result-war", "organiser-war")) {
            try (Stream<Path> files =
                    Files.walk(TestStacks.root().resolve(module).resolve("src/main"))) {
                files.filter(file -> Stream.of(endings)
                                .anyMatch(end -> file.toString().endsWith(end)))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
