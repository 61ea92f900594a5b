package org.votingapp.systemtests.shared;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The browser for tests: an installed Chromium or Chrome, else Playwright's download, else (as root, with apt) Debian's
 * package.
 *
 * @param executable the installed browser, or empty for Playwright's own
 */
public record Chromium(Optional<Path> executable) {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<Path> PLACES = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));
    /** A name of this machine that browsers do not treat as a secure context without TLS, unlike localhost. */
    public static final String HOST = "voting.test";

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--host-resolver-rules=MAP " + HOST + " 127.0.0.1");

    /**
     * Finds a browser, or installs one. Thread-safe: only one thread installs.
     *
     * @param path the folders to search, as in the variable {@code PATH}
     * @throws IllegalStateException naming what to install, if none is found and none can be installed
     */
    public static synchronized Chromium find(String path) {
        return installed(path)
                .or(Chromium::fromPlaywright)
                .or(() -> fromApt(path))
                .orElseThrow(() -> new IllegalStateException(
                        "These tests need a browser and could not fetch one: install Chromium or Google Chrome."));
    }

    public static Optional<Chromium> installed(String path) {
        return Programs.find(NAMES, PLACES, path).map(found -> new Chromium(Optional.of(found)));
    }

    private static Optional<Chromium> fromPlaywright() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        boolean fetched = succeeds(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                "com.microsoft.playwright.CLI",
                "install",
                "chromium");
        return Optional.of(new Chromium(Optional.empty())).filter(own -> fetched && own.starts());
    }

    private static Optional<Chromium> fromApt(String path) {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean installed = root
                && succeeds("apt-get", "update", "--quiet")
                && succeeds("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium");
        return installed ? installed(path) : Optional.empty();
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Playwright's own browser may lack system libraries. */
    private boolean starts() {
        try (Playwright playwright = driver()) {
            launch(playwright).close();
            return true;
        } catch (PlaywrightException unfit) {
            return false;
        }
    }

    /** Playwright without a browser of its own. */
    public static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** The browser's program, for programs that start it themselves. */
    public Path program() {
        try (Playwright playwright = driver()) {
            return executable.orElseGet(() -> Path.of(playwright.chromium().executablePath()));
        }
    }

    /** Starts the browser; the caller closes it. */
    public Browser launch(Playwright playwright) {
        BrowserType.LaunchOptions options =
                new BrowserType.LaunchOptions().setHeadless(true).setArgs(ARGUMENTS);
        executable.ifPresent(options::setExecutablePath);
        return playwright.chromium().launch(options);
    }
}
