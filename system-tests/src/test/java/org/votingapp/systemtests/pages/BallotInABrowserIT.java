package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Media;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.BallotPage;
import org.votingapp.systemtests.shared.SharedStack;

/** How the ballot behaves in a browser until its vote is sent, and how its cards fit phones. */
@ExtendWith(SharedStack.class)
class BallotInABrowserIT {

    /** Ten labels of up to 100 characters: Latin, Arabic, Hebrew, Chinese, emoji with joiners, and unbreakable words. */
    private static final List<String> LONG_LABELS = List.of(
            "An option with a long label ".repeat(4).substring(0, 100),
            "خيار طويل جدا يصف شيئا ما ".repeat(4).substring(0, 100),
            "אפשרות ארוכה מאוד שמתארת ".repeat(4),
            "这是一个非常长的选项标签".repeat(8),
            "👩‍👩‍👧‍👦".repeat(14),
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzendenwitwe",
            "m".repeat(100),
            "W".repeat(100),
            "Short",
            "Ω");

    private final LocalStack stack;
    private final Page page;
    private final BallotPage ballot;

    BallotInABrowserIT(LocalStack stack, BrowserContext context) {
        this.stack = stack;
        this.page = context.newPage();
        this.ballot = new BallotPage(page);
    }

    @Test
    void theButtonSaysWhatItWillDo() {
        open(page);
        assertThat(ballot.button()).hasText("Vote");
        ballot.option("b").check();
        assertThat(ballot.button()).hasText("Vote for Dogs");
    }

    @Test
    void aVoteOnItsWayIsNotSentTwiceAndCanBeSentAgainAfterItWasStopped() {
        page.clock().install();
        open(page);
        ballot.option("a").check();
        countPosts();

        ballot.button().dblclick();

        assertThat(ballot.button()).hasText("Recording…");
        assertThat(ballot.button()).hasAttribute("aria-disabled", "true");
        Assertions.assertThat(page.evaluate("posts")).isEqualTo(1);

        page.clock().runFor(20_000);
        assertThat(ballot.button()).hasText("Vote for Cats");
        ballot.button().click();
        Assertions.assertThat(page.evaluate("posts")).isEqualTo(2);
    }

    /** The back/forward cache keeps a page as it was left: with a vote on its way. */
    @Test
    void aPageFromTheBackForwardCacheIsReadyAgain() {
        open(page);
        ballot.option("a").check();
        countPosts();
        ballot.button().click();
        assertThat(ballot.button()).hasText("Recording…");
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
        assertThat(ballot.button()).hasText("Vote for Cats");
        Assertions.assertThat(ballot.button().getAttribute("aria-disabled")).isNull();
    }

    /** Counts the posts that the page lets through instead of sending them. */
    private void countPosts() {
        page.evaluate("""
                () => {
                  window.posts = 0;
                  document.querySelector('form').addEventListener('submit', event => {
                    posts += event.defaultPrevented ? 0 : 1;
                    event.preventDefault();
                  });
                }""");
    }

    @Test
    void withoutAChoiceNothingIsSent() {
        open(page);
        ballot.button().click();
        assertThat(page.locator("input:invalid").first()).isFocused();
        assertThat(ballot.button()).hasText("Vote");
    }

    @Test
    void aChoiceNotYetSentIsKept() {
        open(page);
        ballot.option("b").check();
        open(page);
        assertThat(ballot.option("b")).isChecked();
        assertThat(ballot.button()).hasText("Vote for Dogs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open\":true", "\"question\":\"Cats vs Dogs!\""})
    void aPollThatChangesShowsByItself(String fact) {
        List<String> answers = new CopyOnWriteArrayList<>(List.of(fact));
        page.route("**/api/poll", route -> {
            String now = route.fetch().text();
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(now.replace(fact, answers.get(0))));
        });
        page.clock().install();
        open(page);
        page.waitForResponse("**/api/poll", () -> page.clock().runFor(10_000));
        // A question may be on its way already.
        page.waitForRequest(stack.vote().uri("/").toString(), () -> {
            answers.set(0, fact.replace("true", "false").replace("Cats", "Mice"));
            page.clock().runFor(10_000);
        });
        // A question that is on its way would keep the page from closing.
        page.unrouteAll();
    }

    /** Asked every five seconds, a server that fails would be asked sixty times. */
    @Test
    void aServerThatDoesNotAnswerIsAskedLessAndLess() {
        List<String> asked = countQuestions(Route::abort);
        page.clock().install();
        open(page);
        for (int second = 0; second < 300; second += 5) {
            page.clock().runFor(5_000);
        }
        Assertions.assertThat(asked).hasSizeBetween(5, 12);
    }

    /** A thousand pages that ask at the same moment would come back at the same moment. */
    @ParameterizedTest
    @CsvSource({"0.0, 3750", "0.999, 6247"})
    void chanceSpreadsTheQuestions(double chance, int afterMillis) {
        page.addInitScript("Math.random = () => " + chance);
        List<String> asked = countQuestions(Route::abort);
        openWithoutTimePassing();
        page.clock().runFor(afterMillis - 10);
        Assertions.assertThat(asked).isEmpty();
        page.waitForRequest("**/api/poll", () -> page.clock().runFor(20));
    }

    @Test
    void aQuestionThatGetsNoAnswerIsGivenUp() {
        List<String> failures = new CopyOnWriteArrayList<>();
        page.onRequestFailed(request -> failures.add(request.url()));
        List<String> asked = countQuestions(route -> {});
        openWithoutTimePassing();
        page.waitForRequest("**/api/poll", () -> page.clock().runFor(6_250));
        // A request is told before its route is.
        page.waitForCondition(() -> asked.size() == 1);
        Assertions.assertThat(failures).isEmpty();
        page.clock().runFor(5_000);
        page.waitForCondition(() -> failures.size() == 1);
        page.waitForRequest("**/api/poll", () -> page.clock().runFor(12_500));
        page.waitForCondition(() -> asked.size() > 1);
        Assertions.assertThat(asked).as("not while the first one hangs").hasSize(2);
    }

    @Test
    void aPageThatNobodySeesAsksNothingUntilItIsSeen() {
        page.addInitScript("Object.defineProperty(document, 'hidden', { get: () => window.isSeen !== true })");
        List<String> asked = countQuestions(Route::resume);
        openWithoutTimePassing();
        page.clock().runFor(60_000);
        Assertions.assertThat(asked).isEmpty();
        page.waitForRequest("**/api/poll", () -> {
            page.evaluate("window.isSeen = true; document.dispatchEvent(new Event('visibilitychange'))");
            page.clock().runFor(2_000);
        });
    }

    /** The questions for the poll, which get this answer. */
    private List<String> countQuestions(Consumer<Route> answer) {
        List<String> asked = new CopyOnWriteArrayList<>();
        page.route("**/api/poll", route -> {
            asked.add(route.request().url());
            answer.accept(route);
        });
        return asked;
    }

    private void openWithoutTimePassing() {
        page.clock().install();
        page.clock().pauseAt(System.currentTimeMillis() + 1_000);
        open(page);
    }

    /** What comes where the button was takes no tap for a moment. */
    @Test
    void aSecondTapHitsNothingOnTheReceipt() {
        open(page);
        ballot.vote("a");
        Locator link = page.locator(".slip a");

        link.evaluate("link => link.getAnimations().forEach(rest => rest.finish())");
        Assertions.assertThat(hits(link)).as("once it has rested").isTrue();

        page.reload();
        Assertions.assertThat(link.evaluate("""
                link => link.getAnimations().filter(one => one.animationName === 'rest').map(rest => {
                  rest.pause();
                  rest.currentTime = 600;
                  return rest.effect.getComputedTiming().endTime;
                })""")).isEqualTo(List.of(700));
        Assertions.assertThat(hits(link)).as("while it rests").isFalse();
    }

    private boolean hits(Locator element) {
        return (boolean) element.evaluate("""
                element => {
                  const box = element.getBoundingClientRect();
                  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === element;
                }""");
    }

    /** Not by its colour alone. */
    @Test
    void theChosenOptionHasAThickBorderAndACheckMark() {
        open(page);
        String before = marks("a");
        ballot.option("a").check();
        page.waitForCondition(() -> marks("a").equals("3px 1"));
        Assertions.assertThat(before).isEqualTo("1px 0");
        Assertions.assertThat(marks("b")).isEqualTo("1px 0");
    }

    private String marks(String key) {
        return (String) ballot.option(key).evaluate("""
                input => getComputedStyle(input.nextElementSibling).borderBlockStartWidth + ' '
                    + getComputedStyle(input, '::after').opacity""");
    }

    @Test
    void tenOptionsFitTwoPhoneScreens() {
        page.setViewportSize(390, 664);
        open(page);
        show(List.of(
                "Swimming", "Cycling", "Walking", "Reading", "Cooking", "Games", "Cinema", "Garden", "Sleep", "More"));
        Assertions.assertThat(height(page)).isLessThanOrEqualTo(2 * 664);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768, 1280, 1920})
    void longLabelsStayInTheirCards(int width) {
        page.setViewportSize(width, 640);
        open(page);
        show(LONG_LABELS);
        ballot.option("g").check();
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(width);
        Assertions.assertThat(page.evaluate("""
                () => [...document.querySelectorAll('.card')].filter(card => {
                  const outer = card.getBoundingClientRect();
                  const inner = card.querySelector('.label').getBoundingClientRect();
                  const radio = card.previousElementSibling.getBoundingClientRect();
                  return inner.bottom > outer.bottom || inner.top < outer.top || inner.right > radio.left
                      || card.querySelector('.label').scrollWidth > inner.width + 1;
                }).length""")).isEqualTo(0);
        BoundingBox button = ballot.button().boundingBox();
        Assertions.assertThat(button.y + button.height)
                .as("the button is in sight")
                .isLessThanOrEqualTo(640);
        Assertions.assertThat(button.height).as("on one line").isLessThan(70);
    }

    /** As at 400 % zoom, where a button that stays in sight would hide the options. */
    @Test
    void onALowScreenTheButtonScrollsWithThePage() {
        page.setViewportSize(320, 256);
        open(page);
        Assertions.assertThat(page.locator(".bar").evaluate("bar => getComputedStyle(bar).position"))
                .isEqualTo("static");
        ballot.vote("a");
        Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(320);
    }

    @Test
    void onPaperThereAreQuestionOptionsAndAddress() {
        open(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.getByText("Cats vs Dogs!")).isVisible();
        assertThat(page.locator(".card").first()).isVisible();
        assertThat(page.locator(".address")).hasText("localhost:" + stack.vote().port() + "/");
        assertThat(page.locator(".address")).isVisible();
        assertThat(ballot.button()).isHidden();
    }

    /** Puts these options in the place of the two of the shared poll. */
    private void show(List<String> labels) {
        page.evaluate("""
                labels => {
                  const options = document.querySelector('.options');
                  options.dataset.count = labels.length;
                  labels.forEach((label, at) => {
                    const option = options.children[at] || options.appendChild(options.children[0].cloneNode(true));
                    const key = 'abcdefghij'[at];
                    option.dataset.option = key;
                    option.querySelector('input').value = key;
                    option.querySelector('input').id = `vote-${key}`;
                    option.querySelector('.card').htmlFor = `vote-${key}`;
                    option.querySelector('.letter').textContent = key.toUpperCase();
                    option.querySelector('.label').textContent = label;
                    option.querySelector('.label').dataset.size = label.length > 40 ? 'long' : 'short';
                  });
                }""", labels);
    }

    private static int height(Page page) {
        return (int) page.evaluate("document.documentElement.scrollHeight");
    }

    private void open(Page in) {
        in.navigate(stack.vote().uri("/").toString());
    }
}
