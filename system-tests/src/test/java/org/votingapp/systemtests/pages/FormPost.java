package org.votingapp.systemtests.pages;

import com.microsoft.playwright.Page;
import java.util.List;

/** Posts a form, of the page or one that the page had before. */
final class FormPost {

    static final String FORM = "application/x-www-form-urlencoded";

    private FormPost() {}

    /** Posts one field; returns once the page of the answer shows. */
    static void submit(Page page, String action, String type, String name, String value) {
        awaitAnswer(page, () -> page.evaluate("""
                ([action, enctype, name, value]) => {
                  const form = Object.assign(document.createElement('form'), { action, enctype, method: 'post' });
                  form.append(Object.assign(document.createElement('input'), { name, value }));
                  document.body.append(form);
                  form.submit();
                }""", List.of(action, type, name, value)));
    }

    /** Waits until another document than the one that posts has loaded. */
    static void awaitAnswer(Page page, Runnable post) {
        page.evaluate("window.posts = true");
        post.run();
        // The response comes before its document: until then, the page's load state is the old document's.
        page.waitForFunction("() => window.posts === undefined && document.readyState === 'complete'");
    }
}
