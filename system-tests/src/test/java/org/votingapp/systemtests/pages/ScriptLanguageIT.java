package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.TestStacks;
import org.votingapp.systemtests.shared.SharedStack;

/** The pages' scripts are ECMAScript 2017, so browsers since 2017 parse them. Inline scripts are ECMAScript 5. */
@ExtendWith(SharedStack.class)
class ScriptLanguageIT {

    private static final String PARSER = "META-INF/resources/webjars/acorn/8.11.3/dist/acorn.js";

    private final Browser browser;

    ScriptLanguageIT(Browser browser) {
        this.browser = browser;
    }

    @Test
    void scriptsAreEcmaScript2017() throws IOException {
        List<Path> scripts = scripts("src/main/resources/assets");
        assertThat(scripts).isNotEmpty();
        assertAreOf(2017, scripts);
    }

    @Test
    void inlineScriptsAreEcmaScript5() throws IOException {
        List<Path> scripts = scripts("src/main/resources/org");
        assertThat(scripts).isNotEmpty();
        assertAreOf(5, scripts);
    }

    private void assertAreOf(int version, List<Path> scripts) throws IOException {
        try (Page page = browser.newPage();
                InputStream parser = getClass().getClassLoader().getResourceAsStream(PARSER)) {
            page.evaluate(new String(parser.readAllBytes(), StandardCharsets.UTF_8));
            for (Path script : scripts) {
                Map<String, Object> text = Map.of("code", Files.readString(script), "version", version);
                assertThat(page.evaluate("""
                        ({code, version}) => {
                          try {
                            acorn.parse(code, {ecmaVersion: version});
                            return 'good';
                          } catch (error) {
                            return error.message;
                          }
                        }""", text)).as("%s", script).isEqualTo("good");
            }
        }
    }

    private static List<Path> scripts(String folder) throws IOException {
        try (Stream<Path> files = Stream.of("vote-war", "result-war", "organiser-war", "voting-web")
                .map(module -> TestStacks.root().resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(ScriptLanguageIT::walk)) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
