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

/** If its script does not run, the result page reloads itself every few seconds. */
@ExtendWith(SharedStack.class)
class ResultPageWithoutItsScriptIT {

    private final LocalStack stack;
    private final Browser browser;
    private final BrowserContext context;

    ResultPageWithoutItsScriptIT(LocalStack stack, Browser browser, BrowserContext context) {
        this.stack = stack;
        this.browser = browser;
        this.context = context;
    }

    @Test
    void thePageReloadsWhereScriptsAreOff() {
        try (BrowserContext scriptless =
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            assertReloads(open(scriptless));
        }
    }

    @Test
    void thePageReloadsIfNoScriptArrives() {
        context.route("**/*.js", Route::abort);
        assertReloads(open(context));
    }

    @ParameterizedTest
    @ValueSource(strings = {"**/tally-source.*.js", "**/words.*.js"})
    void thePageReloadsIfOneScriptDoesNotArrive(String script) {
        context.route(script, route -> route.fulfill(new Route.FulfillOptions().setStatus(403)));
        assertReloads(open(context));
    }

    @Test
    void thePageReloadsInABrowserTooOldForTheScriptsSyntax() {
        context.route(
                "**/result.*.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("a ?.? b")));
        assertReloads(open(context));
    }

    @Test
    void thePageReloadsInABrowserThatLacksAClassTheScriptUses() {
        context.addInitScript("delete window.WeakMap");
        assertReloads(open(context));
    }

    @Test
    void aPageWhoseScriptRunsDoesNotReload() {
        Page page = context.newPage();
        page.clock().install();
        page.navigate(stack.result().uri("/").toString());
        assertThat(page.locator("#sign")).hasText("Live");
        page.evaluate("window.isOld = true");
        page.clock().runFor(40_000);
        Assertions.assertThat(page.evaluate("window.isOld")).isEqualTo(true);
    }

    private Page open(BrowserContext in) {
        Page page = in.newPage();
        page.navigate(stack.result().uri("/").toString());
        return page;
    }

    private static void assertReloads(Page page) {
        assertThat(page.locator("#rows")).isVisible();
        page.waitForRequest(
                request -> request.isNavigationRequest() && request.url().equals(page.url()), () -> {});
        assertThat(page.locator("#rows")).isVisible();
    }
}
