package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.Count;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;

/** The result page in more tabs than a browser opens connections to one host. */
@ExtendWith(SharedStack.class)
class ManyTabsIT {

    private static final int TABS = 7;
    private static final int TAKEN_OVER_WITHIN_MILLIS = 10_000;

    private final LocalStack stack;
    private final Count count;
    private final BrowserContext context;

    ManyTabsIT(LocalStack stack, BrowserContext context) {
        this.stack = stack;
        this.context = context;
        this.count = new Count(stack);
    }

    /** The first host is a secure context, which has Web Locks; the second is not. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", Chromium.HOST})
    void eachTabMovesWithAVote(String host) throws Exception {
        List<Page> tabs = open(host, TABS);
        new VoteClient(stack.vote()).castByApi("a");
        showWhatIsCounted(tabs);
    }

    /** An older browser, and one that blocks this site's storage. */
    @ParameterizedTest
    @ValueSource(
            strings = {"delete window.BroadcastChannel", "BroadcastChannel = function () { throw new Error('denied') }"
            })
    void tabsThatCannotCommunicateEachPoll(String script) throws Exception {
        context.addInitScript(script);
        List<Page> tabs = open("127.0.0.1", TABS);
        new VoteClient(stack.vote()).castByApi("b");
        showWhatIsCounted(tabs);
    }

    @Test
    void tabsShareOneStreamWhichAnotherTakesOverFromOneThatCloses() throws Exception {
        PlayedStream stream = new PlayedStream(context);
        List<Page> tabs = open("127.0.0.1", 1);
        Connection first = stream.next(tabs.get(0));
        tabs.addAll(open("127.0.0.1", 2));
        first.tally(PlayedTally.open(1, 0));
        show("1 vote", tabs);
        Assertions.assertThat(stream.isLeftAlone()).isTrue();

        tabs.remove(0).close();
        stream.next(tabs.get(0)).tally(PlayedTally.open(2, 0));
        show("2 votes", tabs);
    }

    /** With and without the browser's {@code freeze} event. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherTabTakesTheStreamOverFromAFrozenOne(boolean unnoticed) throws Exception {
        if (unnoticed) {
            context.addInitScript(
                    "window.addEventListener('freeze', event => event.stopImmediatePropagation(), {capture: true})");
        }
        PlayedStream stream = new PlayedStream(context);
        List<Page> tabs = open("127.0.0.1", 1);
        stream.next(tabs.get(0)).tally(PlayedTally.open(1, 0));
        tabs.addAll(open("127.0.0.1", 2));
        show("1 vote", tabs);

        freeze(tabs.remove(0));
        stream.next(tabs.get(0)).tally(PlayedTally.open(2, 0));
        show("2 votes", tabs);
    }

    @Test
    void aVisibleTabTakesTheStreamOverFromAHiddenOne() throws Exception {
        PlayedStream stream = new PlayedStream(context);
        List<Page> tabs = open("127.0.0.1", 1);
        stream.next(tabs.get(0)).tally(PlayedTally.open(1, 0));
        tabs.addAll(open("127.0.0.1", 1));
        show("1 vote", tabs);

        tabs.get(0).evaluate("""
                    () => {
                      Object.defineProperty(document, 'hidden', {get: () => true});
                      document.dispatchEvent(new Event('visibilitychange'));
                    }""");
        stream.next(tabs.get(1)).tally(PlayedTally.open(2, 0));
        show("2 votes", tabs);
    }

    private static void freeze(Page page) {
        JsonObject state = new JsonObject();
        state.addProperty("state", "frozen");
        page.context().newCDPSession(page).send("Page.setWebLifecycleState", state);
    }

    private List<Page> open(String host, int number) {
        List<Page> tabs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Page tab = context.newPage();
            tab.navigate("http://%s:%d/".formatted(host, stack.result().uri("/").getPort()));
            tabs.add(tab);
        }
        return tabs;
    }

    private void showWhatIsCounted(List<Page> tabs) throws Exception {
        await().until(() -> count.waiting() == 0);
        long cats = count.tallyTable().getOrDefault("a", 0L);
        long dogs = count.tallyTable().getOrDefault("b", 0L);
        for (Page tab : tabs) {
            assertThat(tab.locator("#sign")).hasText("Live");
            assertThat(tab.locator("[data-option=a] .votes")).hasText(Pattern.compile("^" + cats + " votes?$"));
            assertThat(tab.locator("[data-option=b] .votes")).hasText(Pattern.compile("^" + dogs + " votes?$"));
        }
    }

    private static void show(String cats, List<Page> tabs) {
        for (Page tab : tabs) {
            assertThat(tab.locator("[data-option=a] .votes"))
                    .hasText(cats, new LocatorAssertions.HasTextOptions().setTimeout(TAKEN_OVER_WITHIN_MILLIS));
            assertThat(tab.locator("#sign")).hasText("Live");
        }
    }
}
