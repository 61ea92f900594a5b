package org.votingapp.systemtests.pages;

import com.microsoft.playwright.Page;
import java.util.List;

/** Posts a form that the page does not have, such as one that it had before. */
final class FormPost {

    static final String FORM = "application/x-www-form-urlencoded";

    private FormPost() {}

    /** Posts one field; returns once the page of the answer shows. */
    static void submit(Page page, String action, String type, String name, String value) {
        page.waitForResponse(
                response -> response.request().isNavigationRequest()
                        && response.request().method().equals("POST"),
                () -> page.evaluate("""
                        ([action, enctype, name, value]) => {
                          const form = Object.assign(document.createElement('form'), { action, enctype, method: 'post' });
                          form.append(Object.assign(document.createElement('input'), { name, value }));
                          document.body.append(form);
                          form.submit();
                        }""", List.of(action, type, name, value)));
        page.waitForLoadState();
    }
}
