package org.votingapp.systemtests.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ViewportSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A window that shows one state after another, each as to a new visitor. The first page of a new window takes a second, its
 * next one a tenth of that: the browser has a process for it, and its scripts are compiled.
 */
final class StateWindow implements AutoCloseable {

    private static final String FORGET = """
            try {
              localStorage.clear();
              sessionStorage.clear();
            } catch (denied) {
              // A page without an origin keeps nothing.
            }""";

    private final Browser browser;
    private final Browser.NewContextOptions options;
    private final Deque<Runnable> after = new ArrayDeque<>();
    private Page page;
    private ViewportSize size;
    private boolean isSpent;

    /** A window with these options, which opens for its first state. */
    StateWindow(Browser browser, Browser.NewContextOptions options) {
        this.browser = browser;
        this.options = options;
    }

    /** Shows a state to a test, and forgets it. */
    void show(PageState state, Consumer<Page> test) throws Exception {
        boolean isDone = false;
        try {
            test.accept(state.way().open(this));
            isDone = true;
        } finally {
            isSpent |= !isDone;
            leave();
        }
    }

    /** The page, in which a state is to show. */
    Page page() {
        if (page == null) {
            page = browser.newContext(options).newPage();
            size = page.viewportSize();
        }
        return page;
    }

    /** The same, for a state that changes what cannot be changed back, such as the page's clock. */
    Page pageForOnce() {
        isSpent = true;
        return page();
    }

    BrowserContext context() {
        return page().context();
    }

    /** Does this once the state has been looked at. */
    void afterwards(Runnable step) {
        after.push(step);
    }

    private void leave() {
        if (isSpent) {
            close();
        } else {
            page().evaluate(FORGET);
            page().setViewportSize(size.width, size.height);
            context().clearCookies();
            context().unrouteAll();
            context().setExtraHTTPHeaders(Map.of());
        }
        while (!after.isEmpty()) {
            after.pop().run();
        }
    }

    @Override
    public void close() {
        isSpent = false;
        if (page != null) {
            page.context().close();
            page = null;
        }
    }
}
