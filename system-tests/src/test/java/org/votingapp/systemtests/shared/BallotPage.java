package org.votingapp.systemtests.shared;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/**
 * The voting page in a browser.
 *
 * @param page where it is open
 */
public record BallotPage(Page page) {

    /** The page itself, which tells its state in data attributes. */
    public Locator ballot() {
        return page.locator(".ballot");
    }

    /** An option's radio button. */
    public Locator option(String key) {
        return page.locator("input[name=vote][value=%s]".formatted(key));
    }

    /** The button that sends the choice. */
    public Locator button() {
        return page.locator("form button[type=submit]");
    }

    /** The heading of the receipt. */
    public Locator receipt() {
        return page.locator("#receipt");
    }

    /** Chooses an option and sends it. */
    public void vote(String key) {
        option(key).check();
        button().click();
        receipt().waitFor();
    }

    /** Waits until an element takes taps. It takes none for a moment, so that a second tap presses nothing new. */
    public void awaitRested(Locator element) {
        page.waitForCondition(
                () -> !"none".equals(element.evaluate("element => getComputedStyle(element).pointerEvents")));
    }

    /** The key of the choice on record by this page; empty if it shows none. */
    public String onRecord() {
        return ballot().getAttribute("data-choice");
    }
}
