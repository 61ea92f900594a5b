package org.votingapp.systemtests.pages;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.stream.Stream;
import org.votingapp.stack.LocalStack;

/** The pages for requests that fail. */
final class ErrorPageStates {

    private final String vote;
    private final String result;

    ErrorPageStates(LocalStack stack) {
        vote = stack.vote().uri("/").toString();
        result = stack.result().uri("/").toString();
    }

    Stream<PageState> all() {
        return Stream.of(
                new PageState("error-400", context -> afterPost(context, vote, vote, FormPost.FORM, "choice")),
                new PageState("error-403", context -> afterPost(context, "about:blank", vote, FormPost.FORM, "vote")),
                new PageState("error-404", context -> open(context, vote + "nothing")),
                new PageState("error-405", context -> afterPost(context, result, result, FormPost.FORM, "vote")),
                new PageState("error-415", context -> afterPost(context, vote, vote, "text/plain", "vote")));
    }

    private static Page open(BrowserContext context, String address) {
        Page page = context.newPage();
        page.navigate(address);
        return page;
    }

    private static Page afterPost(BrowserContext context, String from, String to, String type, String field) {
        Page page = open(context, from);
        FormPost.submit(page, to, type, field, "a");
        return page;
    }
}
