package org.votingapp.systemtests.shared;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An installed Firefox for tests. Playwright drives it by WebDriver BiDi, so it need not be Playwright's own build.
 *
 * <p>Playwright's options for colour scheme, forced colours and scripts have no effect over BiDi.
 *
 * @param executable the program
 */
public record Firefox(Path executable) {

    private static final List<String> NAMES = List.of("firefox-esr", "firefox");
    private static final List<Path> PLACES = List.of(Path.of("/Applications/Firefox.app/Contents/MacOS/firefox"));

    /** By this channel Playwright speaks BiDi, whatever the executable. */
    private static final String BIDI = "moz-firefox";

    /**
     * Finds a Firefox.
     *
     * @param path the folders to search, as in the variable {@code PATH}
     */
    public static Optional<Firefox> installed(String path) {
        return Programs.find(NAMES, PLACES, path).map(Firefox::new);
    }

    /** Starts the browser; the caller closes it. */
    public Browser launch(Playwright playwright) {
        return playwright
                .firefox()
                .launch(new BrowserType.LaunchOptions()
                        .setChannel(BIDI)
                        .setExecutablePath(executable)
                        .setFirefoxUserPrefs(Map.of("network.dns.localDomains", Chromium.HOST))
                        .setHeadless(true));
    }
}
