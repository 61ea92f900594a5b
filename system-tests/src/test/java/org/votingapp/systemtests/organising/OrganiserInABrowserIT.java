package org.votingapp.systemtests.organising;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.votingapp.systemtests.organising.OrganisedStack.SOON;
import static org.votingapp.systemtests.organising.OrganisedStack.awaitEffect;
import static org.votingapp.systemtests.organising.OrganisedStack.primary;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.AxeFindings;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.SharedStack;

/** An organiser runs votes in a browser: from the log-in to the file for the spreadsheet. */
@BesideOthers
@ExtendWith(SharedStack.class)
@Timeout(180)
class OrganiserInABrowserIT {

    private static final HasAttributeOptions THERE_SOON = new HasAttributeOptions().setTimeout(SOON);
    private static final HasTextOptions TEXT_SOON = new HasTextOptions().setTimeout(SOON);
    private static final ContainsTextOptions PART_SOON = new ContainsTextOptions().setTimeout(SOON);

    private final OrganisedStack stack = OrganisedStack.runs();
    private final Browser browser;

    OrganiserInABrowserIT(Browser browser) {
        this.browser = browser;
    }

    /** Makes a room, writes a poll in it, and returns the room's code. */
    private String ask(Page page, String title, String question, String rule) {
        String code = stack.makeRoom(page, title);
        write(page, code, question, rule);
        return code;
    }

    private void write(Page page, String code, String question, String rule) {
        stack.open(page, "/room?code=" + code);
        page.click("text=New poll");
        page.fill("#question", question);
        page.fill("#option0", "Pizza");
        page.press("#option0", "Enter");
        page.fill("#option1", "Sushi");
        page.press("#option1", "Enter");
        page.fill("#option2", "Salad, mixed");
        page.check("input[name=results][value=" + rule + "]");
        page.click("button:text-is('Save')");
        page.waitForURL("**/poll?id=*");
        assertThat(page.locator(".work h1")).hasText(question);
    }

    @Test
    void aPollIsWrittenAskedCountedRevealedExportedAndRecounted() throws Exception {
        try (BrowserContext desk = browser.newContext();
                BrowserContext phone = browser.newContext(new Browser.NewContextOptions().setViewportSize(390, 844));
                BrowserContext hall = browser.newContext()) {
            Page organiser = stack.logIn(desk);
            String code = ask(organiser, "Town hall", "Where do we eat?", "organiser");
            awaitEffect(organiser);
            assertThat(organiser.locator(".stage").first()).isVisible();

            BallotPage voter = new BallotPage(phone.newPage());
            voter.page().navigate(stack.parts().vote().uri("/" + code).toString());
            Page projector = hall.newPage();
            projector.navigate(
                    stack.parts().result().uri("/" + code + "/present").toString());
            assertThat(primary(organiser)).hasText("Open voting");
            primary(organiser).click();
            awaitEffect(organiser);
            assertThat(voter.ballot()).hasAttribute("data-view", "BALLOT", THERE_SOON);
            voter.vote("b");
            assertThat(organiser.locator(".total")).hasText("1 vote", TEXT_SOON);
            assertThat(projector.locator("#total")).hasText("1", TEXT_SOON);
            assertThat(projector.locator("#stage")).hasAttribute("data-hidden", "true");

            assertThat(organiser.locator(".counted")).hasText("The only vote so far is counted.", TEXT_SOON);
            assertThat(organiser.locator("[data-part=monitor]")).containsText("Busiest minute: 1.", PART_SOON);
            assertThat(organiser.locator("[data-part=monitor]")).containsText("From vote to count: ", PART_SOON);

            assertThat(primary(organiser)).hasText("Close voting");
            primary(organiser).click();
            assertThat(organiser.locator(".counted")).hasText("The only vote is counted.", TEXT_SOON);
            assertThat(projector.locator("#stage")).hasAttribute("data-hidden", "true");
            assertThat(primary(organiser)).hasText("Reveal the result");
            primary(organiser).click();
            assertThat(primary(organiser)).hasCount(0);
            assertThat(projector.locator("#winner-label")).hasText("Sushi", TEXT_SOON);

            Download csv = organiser.waitForDownload(() -> organiser.click("text=Download CSV"));
            assertThat(Files.readString(csv.path()))
                    .startsWith("\uFEFFpoll,question,round,opened,closed,final,voters,key,label,votes\r\n")
                    .contains(",1,b,Sushi,1\r\n", ",1,c,\"Salad, mixed\",0\r\n");
            Download ballots = organiser.waitForDownload(() -> organiser.click("text=Download ballots"));
            assertThat(Files.readString(ballots.path())).isEqualTo("\uFEFFkey,label\r\nb,Sushi\r\n");

            organiser.click("button:text-is('Count the ballots')");
            assertThat(organiser.locator(".recount")).containsText("1 ballot, equal to the votes.", PART_SOON);
            stack.open(organiser, "/audit?code=" + code);
            assertThat(organiser.locator(".acts li").first()).containsText("1 ballot");
        }
    }

    /** Nobody reloads the organiser's page. */
    @Test
    void thePageSaysOnHowManyScreensTheResultIsOpenAndNeverAWrongNumber() {
        LibertyPart first = stack.parts().servers(ServerKind.RESULT).get(0);
        LibertyPart second = stack.parts().servers(ServerKind.RESULT).get(1);
        try (BrowserContext desk = browser.newContext();
                BrowserContext hall = browser.newContext();
                BrowserContext lobby = browser.newContext()) {
            Page organiser = stack.logIn(desk);
            ask(organiser, "Screens", "Who watches?", "organiser");
            Locator watchers = organiser.locator(".watchers");
            assertThat(watchers).hasText("The result page is open on no screen.", TEXT_SOON);
            String poll = organiser.url().replaceFirst(".*id=", "");
            hall.newPage().navigate(first.uri("/polls/" + poll + "/present").toString());
            assertThat(watchers).hasText("The result page is open on 1 screen.", TEXT_SOON);
            lobby.newPage().navigate(second.uri("/polls/" + poll).toString());
            assertThat(watchers).hasText("The result page is open on 2 screens.", TEXT_SOON);

            second.freeze();
            assertThat(watchers)
                    .hasText("The result page is open on at least 1 screen; not all result servers answer.", TEXT_SOON);
            first.freeze();
            assertThat(watchers)
                    .hasText(
                            "It is not known on how many screens the result page is open: not all result servers answer.",
                            TEXT_SOON);
            first.thaw();
            second.thaw();
            assertThat(watchers).hasText("The result page is open on 2 screens.", TEXT_SOON);
            second.kill();
            assertThat(watchers)
                    .hasText("The result page is open on at least 1 screen; not all result servers answer.", TEXT_SOON);
        } finally {
            first.thaw();
            second.thaw();
            if (!second.isAlive()) {
                second.start();
            }
            second.awaitReady(TestStacks.START_LIMIT);
        }
    }

    @Test
    void presentModeOpensClosesAndRevealsByKeysAndButtons() {
        try (BrowserContext desk = browser.newContext();
                BrowserContext phone = browser.newContext()) {
            Page organiser = stack.logIn(desk);
            String code = ask(organiser, "Keys", "Which key?", "organiser");
            awaitEffect(organiser);
            stack.open(organiser, "/room?code=" + code);
            Page projector = organiser.waitForPopup(() -> organiser.click("text=Present"));
            FrameLocator screen = projector.frameLocator("#screen");
            Locator strip = projector.locator("#strip");
            assertThat(screen.locator("html")).hasAttribute("data-script", "runs", THERE_SOON);
            assertThat(strip.locator("[data-key=o]")).containsText("Open voting");

            // The pointer rests: nothing of the organiser's shows.
            assertThat(strip).hasCSS("opacity", "0", new LocatorAssertions.HasCSSOptions().setTimeout(SOON));
            projector.keyboard().press("o");
            assertThat(projector.locator("#ask")).isVisible();
            projector.keyboard().press("Escape");
            assertThat(projector.locator("#ask")).isHidden();
            assertThat(screen.locator("#stage")).hasAttribute("data-phase", "before");
            projector.keyboard().press("o");
            projector.click("#ask-yes");
            assertThat(screen.locator("#stage")).hasAttribute("data-phase", "open", THERE_SOON);

            BallotPage voter = new BallotPage(phone.newPage());
            voter.page().navigate(stack.parts().vote().uri("/" + code).toString());
            voter.vote("c");
            assertThat(screen.locator("#total")).hasText("1", TEXT_SOON);
            projector.mouse().move(300, 300);
            projector.mouse().move(310, 300);
            assertThat(strip.locator("[data-key=o]")).containsText("Close voting", PART_SOON);
            strip.locator("[data-key=o]").click();
            projector.click("#ask-yes");
            assertThat(strip.locator("[data-key=o]")).containsText("Open again", PART_SOON);
            assertThat(screen.locator("#stage")).hasAttribute("data-hidden", "true");

            projector.keyboard().press("r");
            assertThat(screen.locator("#winner-label")).hasText("Salad, mixed", TEXT_SOON);
            assertThat(strip.locator("[data-key=r]")).containsText("Hide the result", PART_SOON);
            projector.keyboard().press("r");
            assertThat(screen.locator("#stage")).hasAttribute("data-hidden", "true", THERE_SOON);

            write(organiser, code, "What next?", "live");
            assertThat(organiser.locator(".strip > .action")).hasText("Put on stage and open voting");
            projector.mouse().move(320, 300);
            projector.mouse().move(300, 300);
            projector.keyboard().press("ArrowRight");
            assertThat(projector.locator("#ask-what")).hasText("What next?", TEXT_SOON);
            projector.click("#ask-yes");
            assertThat(screen.locator("#question")).hasText("What next?", TEXT_SOON);
            assertThat(screen.locator("html")).hasAttribute("data-script", "runs", THERE_SOON);

            projector.keyboard().press("?");
            assertThat(screen.locator("#help")).containsText("Reveal or hide the result");
            screen.locator("#keys").uncheck();
            projector.keyboard().press("Escape");
            projector.keyboard().press("o");
            assertThat(projector.locator("#ask")).isHidden();
        }
    }

    @Test
    void whileTheWorkerIsAwayThePageSaysWhatIsNotInEffect() {
        try (BrowserContext desk = browser.newContext();
                BrowserContext phone = browser.newContext()) {
            Page organiser = stack.logIn(desk);
            String code = ask(organiser, "Outage", "Does it go on?", "live");
            awaitEffect(organiser);
            primary(organiser).click();
            awaitEffect(organiser);
            stack.parts().worker().stop();
            try {
                BallotPage voter = new BallotPage(phone.newPage());
                voter.page().navigate(stack.parts().vote().uri("/" + code).toString());
                primary(organiser).click();
                assertThat(organiser.locator(".effect")).containsText("Not in effect yet.", PART_SOON);
                // By the earlier rules, as the page says.
                voter.vote("a");
            } finally {
                stack.parts().worker().start();
                stack.parts().worker().awaitReady(TestStacks.START_LIMIT);
            }
            assertThat(organiser.locator(".effect")).containsText("In effect since", PART_SOON);
            assertThat(organiser.locator(".counted")).hasText("The only vote is counted.", TEXT_SOON);
        }
    }

    @Test
    void axeFindsNothingOnTheOrganisersPages() {
        Browser.NewContextOptions options = new Browser.NewContextOptions().setBypassCSP(true);
        List<String> pages = new ArrayList<>(List.of("/", "/audit", "/tokens", "/account"));
        try (BrowserContext desk = browser.newContext(options.setLocale("en"))) {
            Page page = stack.logIn(desk);
            String code = ask(page, "Accessible", "Can everybody read this?", "closed");
            String poll = page.url().replaceFirst(".*id=", "");
            pages.addAll(List.of(
                    "/room?code=" + code,
                    "/poll?id=" + poll,
                    "/write?room=" + code,
                    "/write?id=" + poll,
                    "/codes?id=" + poll,
                    "/share?code=" + code,
                    "/poster?code=" + code,
                    "/present?code=" + code));
            check(page, pages);
        }
        try (BrowserContext desk = browser.newContext(options.setLocale("ar"))) {
            Page page = stack.logIn(desk);
            assertThat(page.evaluate("document.documentElement.dir")).isEqualTo("rtl");
            check(page, pages);
        }
    }

    private void check(Page page, List<String> paths) {
        SoftAssertions softly = new SoftAssertions();
        for (String path : paths) {
            stack.open(page, path);
            for (int width : List.of(1920, 320)) {
                page.setViewportSize(width, 640);
                softly.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("the width of %s", path)
                        .isEqualTo(width);
            }
            AxeFindings.prepare(page);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                softly.assertThat(AxeFindings.on(page, AxeFindings.EACH_RULE))
                        .as("%s, %s", path, scheme)
                        .isEmpty();
            }
        }
        softly.assertAll();
    }
}
