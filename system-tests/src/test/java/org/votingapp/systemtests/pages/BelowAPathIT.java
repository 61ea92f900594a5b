package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.SharedStack;

/** Both pages behind a proxy that serves each below a path of one host, without telling the servers. */
@ExtendWith(SharedStack.class)
class BelowAPathIT {

    private final LocalStack stack;
    private final List<String> missing = new CopyOnWriteArrayList<>();
    private PathProxy proxy;
    private final BrowserContext context;
    private Page page;

    BelowAPathIT(LocalStack stack, BrowserContext context) {
        this.stack = stack;
        this.context = context;
    }

    @BeforeEach
    void openBrowser() throws IOException {
        proxy = new PathProxy(Map.of(
                "/vote", stack.vote().uri("/").getPort(),
                "/result", stack.result().uri("/").getPort()));
        context.onResponse(this::note);
        page = context.newPage();
    }

    @AfterEach
    void closeBrowser() throws IOException {
        proxy.close();
    }

    private void note(Response response) {
        if (response.status() >= 400 && !response.request().isNavigationRequest()) {
            missing.add(response.status() + " " + response.url());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", Chromium.HOST})
    void aVoteIsCastAndItsPageShown(String host) {
        page.clock().install();
        page.navigate(at(host, "/vote/"));
        Response poll = page.waitForResponse("**/api/poll", () -> page.clock().runFor(10_000));
        Assertions.assertThat(poll.url()).isEqualTo(at(host, "/vote/api/poll"));
        BallotPage ballot = new BallotPage(page);
        ballot.vote("a");
        assertThat(ballot.receipt()).hasText("You voted for Cats");
        assertThat(page).hasURL(at(host, "/vote/"));
        assertIsStyled();
    }

    @Test
    void theResultPageIsLiveAndItsLinksLead() {
        page.navigate(at("127.0.0.1", "/result/"));
        assertThat(page.locator("#sign")).hasText("Live");
        assertIsStyled();
        for (String form : List.of("JSON", "CSV")) {
            String link = (String) page.getByText(form).evaluate("link => link.href");
            Assertions.assertThat(page.request().get(link).status()).as(link).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vote/nothing", "/vote/nothing/at/all/", "/result/assets/nothing"})
    void thePageOfAnErrorIsStyledAndLeadsToTheFirstPage(String path) {
        page.navigate(at("127.0.0.1", path));
        assertThat(page.locator("h1")).hasText("Page not found");
        assertIsStyled();
        page.getByRole(AriaRole.LINK).click();
        assertThat(page).hasURL(at("127.0.0.1", path.replaceFirst("(/[a-z]+/).*", "$1")));
        assertThat(page.locator("h1")).hasText("Cats vs Dogs!");
    }

    private void assertIsStyled() {
        Assertions.assertThat(missing).isEmpty();
        Assertions.assertThat(page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 0)"))
                .isEqualTo(true);
    }

    private String at(String host, String path) {
        return "http://%s:%d%s".formatted(host, proxy.port(), path);
    }
}
