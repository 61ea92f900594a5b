package org.votingapp.systemtests.pages;

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
                new PageState("error-400", window -> afterPost(window, vote, vote, FormPost.FORM, "choice")),
                new PageState("error-403", window -> afterPost(window, "about:blank", vote, FormPost.FORM, "vote")),
                new PageState("error-404", window -> open(window, vote + "nothing")),
                new PageState("error-405", window -> afterPost(window, result, result, FormPost.FORM, "vote")),
                new PageState("error-415", window -> afterPost(window, vote, vote, "text/plain", "vote")));
    }

    private static Page open(StateWindow window, String address) {
        Page page = window.page();
        page.navigate(address);
        return page;
    }

    private static Page afterPost(StateWindow window, String from, String to, String type, String field) {
        Page page = open(window, from);
        FormPost.submit(page, to, type, field, "a");
        return page;
    }
}
