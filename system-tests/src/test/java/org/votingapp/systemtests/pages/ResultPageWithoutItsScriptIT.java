package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.SharedStack;

/** The result page where its script does not run: it asks for itself again every few seconds. */
@ExtendWith(SharedStack.class)
class ResultPageWithoutItsScriptIT {

    private static final String EVERY_SCRIPT = "**/*.js";

    private final LocalStack stack;
    private final Browser browser;

    ResultPageWithoutItsScriptIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    @Test
    void scriptsAreOff() {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            comesAnew(open(context));
        }
    }

    @Test
    void noScriptArrives() {
        try (BrowserContext context = browser.newContext()) {
            context.route(EVERY_SCRIPT, Route::abort);
            comesAnew(open(context));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"**/result.*.js", "**/tally-source.*.js"})
    void oneScriptDoesNotArrive(String script) {
        try (BrowserContext context = browser.newContext()) {
            context.route(script, route -> route.fulfill(new Route.FulfillOptions().setStatus(403)));
            comesAnew(open(context));
        }
    }

    /** As in a browser that is older than what the script is written in. */
    @Test
    void theScriptIsASyntaxError() {
        try (BrowserContext context = browser.newContext()) {
            context.route(
                    "**/result.*.js",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/javascript")
                            .setBody("a ?.? b")));
            comesAnew(open(context));
        }
    }

    @Test
    void theBrowserLacksWhatTheScriptUses() {
        try (BrowserContext context = browser.newContext()) {
            context.addInitScript("delete window.WeakMap");
            comesAnew(open(context));
        }
    }

    @Test
    void aPageWhoseScriptRunsStays() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.clock().install();
            page.navigate(stack.result().uri("/").toString());
            assertThat(page.locator("#sign")).hasText("Live");
            page.evaluate("window.isOld = true");
            page.clock().runFor(40_000);
            Assertions.assertThat(page.evaluate("window.isOld")).isEqualTo(true);
        }
    }

    private Page open(BrowserContext context) {
        Page page = context.newPage();
        page.navigate(stack.result().uri("/").toString());
        return page;
    }

    private static void comesAnew(Page page) {
        assertThat(page.locator("#rows")).isVisible();
        page.waitForRequest(
                request -> request.isNavigationRequest() && request.url().equals(page.url()), () -> {});
        assertThat(page.locator("#rows")).isVisible();
    }
}
