package org.votingapp.systemtests.shared;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A browser in which tests run. */
enum TestBrowser {
    CHROMIUM {
        @Override
        Browser launch(Playwright playwright) {
            return Chromium.find(PATH).launch(playwright);
        }

        @Override
        Optional<String> missing() {
            return Optional.empty();
        }
    },
    FIREFOX {
        @Override
        Browser launch(Playwright playwright) {
            return Firefox.installed(PATH).orElseThrow().launch(playwright);
        }

        @Override
        Optional<String> missing() {
            return Firefox.installed(PATH).isPresent() ? Optional.empty() : Optional.of(NO_FIREFOX);
        }
    };

    private static final Namespace CHOICE = Namespace.create(TestBrowser.class);
    private static final String PATH = System.getenv("PATH");
    private static final String NO_FIREFOX =
            "No test runs in Firefox: it is not installed. Debian's package is firefox-esr.";

    abstract Browser launch(Playwright playwright);

    /** What to install, where the browser is missing and no test fetches it. */
    abstract Optional<String> missing();

    /** Makes it the browser of a test. */
    void choose(ExtensionContext test) {
        test.getStore(CHOICE).put(TestBrowser.class, this);
    }

    /** The browser of a test. */
    static TestBrowser of(ExtensionContext test) {
        return test.getStore(CHOICE).getOrDefault(TestBrowser.class, TestBrowser.class, CHROMIUM);
    }
}
