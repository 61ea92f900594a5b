package org.votingapp.systemtests.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.SharedStack;

/**
 * Writes pictures of every page in every state to {@code target/screenshots}, with an {@code index.html}, for people to look
 * at. {@code mvn verify -Pscreenshots} runs it; {@code -Dscreenshots.states=vote-.*} and {@code -Dscreenshots.languages=pl,ja}
 * choose, {@code -Dscreenshots.scheme=dark} takes dark pages.
 */
@ExtendWith(SharedStack.class)
class ScreenshotGallery {

    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final List<String> LANGUAGES =
            List.of(System.getProperty("screenshots.languages", "en,de,ar").split(","));
    private static final String SCHEME = System.getProperty("screenshots.scheme", "light");

    /** Phones, a tablet, a laptop, a desktop. */
    private static final Map<Integer, Integer> HEIGHTS =
            new TreeMap<>(Map.of(320, 640, 390, 844, 768, 1024, 1280, 720, 1920, 1080));

    private static final String INDEX = """
            <!DOCTYPE html>
            <meta charset="UTF-8">
            <title>Every page in every state</title>
            <style>
              body { font: 14px system-ui; display: flex; flex-wrap: wrap; gap: 16px; align-items: start }
              figure { margin: 0 }
              img { display: block; width: 300px; border: 1px solid silver }
            </style>
            {pictures}""";

    private static final String FIGURE = """
            <figure><a href="{file}"><img src="{file}" loading="lazy" alt=""></a><figcaption>{file}</figcaption></figure>
            """;

    private final PageStates states;
    private final Browser browser;
    private final Map<String, StateWindow> windows = new HashMap<>();

    ScreenshotGallery(LocalStack stack, Browser browser) {
        this.states = new PageStates(stack);
        this.browser = browser;
    }

    @TestFactory
    Stream<DynamicTest> eachState() {
        String wanted = System.getProperty("screenshots.states", ".*");
        return Stream.concat(states.all(), new OrganiserPageStates().all())
                .filter(state -> state.name().matches(wanted))
                .flatMap(state -> LANGUAGES.stream()
                        .map(language -> DynamicTest.dynamicTest(
                                state.name() + " in " + language, () -> photograph(state, language))));
    }

    private void photograph(PageState state, String language) throws Exception {
        windows.computeIfAbsent(language, this::window).show(state, page -> {
            for (Map.Entry<Integer, Integer> size : HEIGHTS.entrySet()) {
                page.setViewportSize(size.getKey(), size.getValue());
                // A longer page in a window of its length, or its sticky button would cover its middle.
                page.setViewportSize(size.getKey(), (int) page.evaluate("document.documentElement.scrollHeight"));
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(FOLDER.resolve(SCHEME.equals("light") ? language : language + "-" + SCHEME)
                                .resolve("%s-%d.png".formatted(state.name(), size.getKey())))
                        .setAnimations(ScreenshotAnimations.DISABLED)
                        .setFullPage(true));
            }
        });
    }

    private StateWindow window(String language) {
        return new StateWindow(
                browser,
                new Browser.NewContextOptions()
                        .setLocale(language)
                        .setColorScheme(ColorScheme.valueOf(SCHEME.toUpperCase(Locale.ROOT)))
                        .setViewportSize(390, 844));
    }

    @AfterEach
    void close() {
        windows.values().forEach(StateWindow::close);
    }

    /** Shows the pictures in the folder, those of earlier runs included. */
    @AfterAll
    static void writeIndex() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            String pictures = files.filter(file -> file.toString().endsWith(".png"))
                    .map(FOLDER::relativize)
                    .sorted(Comparator.comparing(Path::getFileName).thenComparing(Path::getParent))
                    .map(file -> FIGURE.replace("{file}", file.toString()))
                    .collect(Collectors.joining());
            Files.writeString(FOLDER.resolve("index.html"), INDEX.replace("{pictures}", pictures));
        }
    }
}
