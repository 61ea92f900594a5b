package org.votingapp.systemtests.organising;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;

/**
 * The stack of all tests in this package, with an organiser server, two result servers and one organiser who logs in. It
 * ends with the JVM.
 */
final class OrganisedStack {

    /** How long a page may take to show what another part of the system did, in milliseconds. */
    static final double SOON = 30_000;

    private static final String NAME = "anna";
    private static final String PASSWORD = "Käse, Brot & 1 Ei";

    private final LocalStack parts;

    private OrganisedStack() {
        parts = TestStacks.open(TestStacks.describe()
                .count(ServerKind.ORGANISER, 1)
                .count(ServerKind.RESULT, 2)
                .set(ServerKind.ORGANISER, "ORGANISERS", OrganiserLine.make(NAME, OrganiserLine.ORGANISER, PASSWORD)));
        parts.start(TestStacks.START_LIMIT);
    }

    /** Started by the first test that needs it. */
    private static final class Holder {
        private static final OrganisedStack ONE = new OrganisedStack();
    }

    /** The running stack. A test leaves it ready; its rooms stay. */
    static OrganisedStack runs() {
        return Holder.ONE;
    }

    LocalStack parts() {
        return parts;
    }

    /** A new page of this organiser: the rooms. */
    Page logIn(BrowserContext context) {
        Page page = context.newPage();
        open(page, "/");
        page.fill("#name", NAME);
        page.fill("#password", PASSWORD);
        page.click("#enter");
        page.waitForURL(parts.organiser().uri("/").toString());
        return page;
    }

    /** Makes a room from the page of the rooms, and returns its code; the page then shows the room. */
    String makeRoom(Page page, String title) {
        open(page, "/");
        page.fill("#title", title);
        page.click("text=Make room");
        page.waitForURL("**/room?code=*");
        return page.url().replaceFirst(".*code=", "");
    }

    /** Opens a page of the organiser server. */
    void open(Page page, String path) {
        page.navigate(parts.organiser().uri(path).toString());
    }

    /** The button for the poll's next step. */
    static Locator primary(Page page) {
        return page.locator(".strip > .action");
    }

    /** Waits until the page of a poll says that all is in effect. */
    static void awaitEffect(Page page) {
        assertThat(page.locator(".effect"))
                .hasAttribute("data-effect", "true", new HasAttributeOptions().setTimeout(SOON));
    }
}
