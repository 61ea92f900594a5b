package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.Poll;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.InEachBrowser;
import org.votingapp.systemtests.shared.SharedStack;

/**
 * Present mode on the screens of a laptop, a projector, a 4K wall and a screen that stands upright: everything is on the screen, nothing lies on anything
 * else, and labels and code can be read from the back of a room. The server renders each poll itself.
 */
@ExtendWith(SharedStack.class)
class PresentModeFitsIT {

    private static final List<Screen> SCREENS = List.of(
            new Screen(1280, 720),
            new Screen(1366, 625),
            new Screen(1920, 937),
            new Screen(1920, 1080),
            new Screen(1024, 768),
            new Screen(3840, 2160),
            new Screen(768, 1024),
            new Screen(1080, 1920));

    private static final double LEAST_LABEL = 0.024;
    private static final double LEAST_LABEL_OF_MANY = 0.017;
    private static final double LEAST_CODE = 0.2;
    private static final int FEW = 5;

    private static final List<String> LABELS = List.of(
            "Dark mode",
            "Offline support",
            "A public API",
            "Faster search",
            "Mobile app",
            "Better docs",
            "Plugins",
            "Keyboard shortcuts",
            "Team accounts",
            "Something else");

    /** With marks above and below the letters. */
    private static final List<String> SCRIPTS = List.of(
            "في الصدارة جميعًا",
            "ג׳וק קופץ ץץ",
            "中华料理",
            "ぎょうざとラーメン",
            "Żółw, gęś, ćma i źrebię",
            "Ästhetik & Çağ, ÅÉŇ",
            "Việt Nam ngày ấy",
            "ไก่ย่างส้มตำ",
            "हिन्दी चाय",
            "👩‍👩‍👧‍👦 jgpqy");

    /** 95 characters. */
    private static final String LONG =
            "Repair the playground next to the school so that it can be used again before the summer holiday";

    /** 100 characters, each as wide as two. */
    private static final String WIDE = "夏休みの前に学校の隣の遊び場を直してまた使えるように".repeat(4).substring(0, Poll.LONGEST_LABEL);

    private final LocalStack stack;
    private final Browser browser;
    private final Page page;
    private AskedPoll poll;

    /** A window, in CSS pixels. */
    private record Screen(int width, int height) {}

    PresentModeFitsIT(LocalStack stack, Browser browser, BrowserContext context) {
        this.stack = stack;
        this.browser = browser;
        this.page = context.newPage();
    }

    @BeforeEach
    void keepThePoll() throws SQLException {
        poll = new AskedPoll(stack);
    }

    @AfterEach
    void putThePollBack() throws SQLException {
        // It would reload itself for the old poll, and a browser context may not close while it does.
        page.close();
        poll.close();
    }

    static Stream<Arguments> polls() {
        return Stream.of(
                        IntStream.rangeClosed(Poll.FEWEST_OPTIONS, Poll.MOST_OPTIONS)
                                .mapToObj(options -> Arguments.of(options, "short")),
                        IntStream.of(2, 3, 4, 5, 6, 10).mapToObj(options -> Arguments.of(options, "long")),
                        IntStream.of(5, 10).mapToObj(options -> Arguments.of(options, "wide")))
                .flatMap(polls -> polls);
    }

    @ParameterizedTest(name = "{0} options with {1} labels")
    @MethodSource("polls")
    void everyScreenShowsAll(int options, String kind) throws Exception {
        ask(options, kind);
        page.navigate(address());
        boolean mayShrink = kind.equals("wide");
        double leastLabel = mayShrink ? 0 : options <= FEW ? LEAST_LABEL : LEAST_LABEL_OF_MANY;
        for (Screen screen : SCREENS) {
            page.setViewportSize(screen.width(), screen.height());
            assertThat(faults(page, leastLabel)).as("%s", screen).isEmpty();
        }
    }

    @InEachBrowser
    void tenLongLabelsFitInEachBrowser() throws Exception {
        everyScreenShowsAll(10, "long");
    }

    /** A font of another script may reach further below the line than the page's own. */
    @ParameterizedTest
    @ValueSource(strings = {"ar", "ja"})
    void noBarCoversALetterOfAnyScript(String language) throws Exception {
        for (int options : List.of(2, 5, 10)) {
            ask(options, "scripts");
            try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setLocale(language))) {
                Page own = context.newPage();
                own.navigate(address());
                for (Screen screen : SCREENS) {
                    own.setViewportSize(screen.width(), screen.height());
                    assertThat(faults(own, 0))
                            .as("%s, %s options", screen, options)
                            .isEmpty();
                }
                own.close();
            }
        }
    }

    private String address() {
        return "http://%s:%d/present".formatted(Chromium.HOST, stack.result().port());
    }

    private void ask(int options, String kind) throws Exception {
        List<AskedPoll.Choice> choices = new ArrayList<>();
        for (int at = 0; at < options; at++) {
            String label =
                    switch (kind) {
                        case "long" -> LONG;
                        case "wide" -> WIDE;
                        case "scripts" -> SCRIPTS.get(at);
                        default -> LABELS.get(at);
                    };
            choices.add(new AskedPoll.Choice(Poll.keyAt(at), label, 1234L / (at + 1)));
        }
        String question = kind.equals("short") || kind.equals("scripts")
                ? "What should we build next?"
                : "How should we spend the remaining budget of the parents’ association in this school year?";
        poll.ask(AskedPoll.Poll.open(question, choices));
        poll.awaitShown();
    }

    /** What is off the screen, on top of something else, or too small. */
    @SuppressWarnings("unchecked")
    private static List<String> faults(Page page, double leastLabel) {
        // A window's new size reaches the script with the next frame.
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return (List<String>) page.evaluate("""
                ({leastLabel, leastCode}) => {
                  const faults = [];
                  document.getElementById('sign').textContent = 'Connection lost. Numbers from 12:34 PM.';
                  const parts = [...document.querySelectorAll(
                      '#question, .name, .votes, .percent, .bar, .code, .address, .controls, .total, .clock, .sign')];
                  const name = part => part.className + ' ' + (part.closest('.row') || part).dataset.option;
                  const boxes = parts.map(part => part.getBoundingClientRect());
                  parts.forEach((part, at) => {
                    const box = boxes[at];
                    if (box.width < 1 || box.height < 1) {
                      faults.push(name(part) + ' is not there');
                    }
                    if (box.left < 0 || box.top < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) {
                      faults.push(name(part) + ' leaves the screen');
                    }
                    if (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0) {
                      faults.push(name(part) + ' is too wide for its place');
                    }
                    boxes.slice(at + 1).forEach((other, further) => {
                      if (Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
                          && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1) {
                        faults.push(name(part) + ' lies on ' + name(parts[at + 1 + further]));
                      }
                    });
                  });
                  const canvas = document.createElement('canvas').getContext('2d');
                  const baseline = (part, place) => {
                    const probe = document.createElement('span');
                    probe.style.display = 'inline-block';
                    part[place](probe);
                    const { bottom } = probe.getBoundingClientRect();
                    probe.remove();
                    return bottom;
                  };
                  for (const words of document.querySelectorAll('.label, .mark-word, .mark-tie')) {
                    const style = getComputedStyle(words);
                    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
                    canvas.direction = style.direction;
                    const ink = canvas.measureText(words.textContent);
                    const place = words.getBoundingClientRect();
                    const top = baseline(words, 'prepend') - ink.actualBoundingBoxAscent;
                    const bottom = baseline(words, 'append') + ink.actualBoundingBoxDescent;
                    for (const bar of document.querySelectorAll('.bar')) {
                      const box = bar.getBoundingClientRect();
                      if (Math.min(box.right, place.right) - Math.max(box.left, place.left) > 1
                          && Math.min(box.bottom, bottom) - Math.max(box.top, top) > 0) {
                        faults.push(`${name(bar)} covers letters of ${name(words)} by ${Math.min(box.bottom, bottom) - Math.max(box.top, top)}`);
                      }
                    }
                  }
                  for (const label of document.querySelectorAll('.label')) {
                    const share = parseFloat(getComputedStyle(label).fontSize) / Math.min(innerWidth, innerHeight);
                    if (share < leastLabel) {
                      faults.push(name(label) + ' is ' + share + ' of the shorter side');
                    }
                  }
                  const code = document.querySelector('.code').getBoundingClientRect().width / innerWidth;
                  if (code < leastCode) {
                    faults.push('the code is ' + code + ' of the width');
                  }
                  const address = document.querySelector('.address strong');
                  if (address.getClientRects().length !== 1) {
                    faults.push('the address is broken');
                  }
                  if (document.documentElement.scrollHeight > innerHeight) {
                    faults.push('the page scrolls');
                  }
                  return faults;
                }""", Map.of("leastLabel", leastLabel, "leastCode", LEAST_CODE));
    }
}
