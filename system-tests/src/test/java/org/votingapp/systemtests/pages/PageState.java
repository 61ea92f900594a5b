package org.votingapp.systemtests.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.function.Consumer;

/**
 * A page in one of its states.
 *
 * @param name the page and the state, such as {@code vote-receipt}
 * @param way leads to it
 */
record PageState(String name, Way way) {

    /** Leads to a state, the same each time. */
    interface Way {

        /** Opens the page in a new context, in the language and the size of that; returns once the state shows. */
        Page open(BrowserContext context) throws Exception;
    }

    /** Shows the page to a test, in a context of its own. */
    void show(Browser browser, Browser.NewContextOptions options, Consumer<Page> test) throws Exception {
        try (BrowserContext context = browser.newContext(options)) {
            test.accept(way.open(context));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
