package org.votingapp.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.systemtests.shared.Chromium;
import org.votingapp.systemtests.shared.Lighthouse;
import org.votingapp.systemtests.shared.Lighthouse.Screen;
import org.votingapp.systemtests.shared.SharedStack;
import org.votingapp.systemtests.shared.VoteClient;

/** The scores of the pages by Lighthouse. {@code mvn verify -Plighthouse} runs it beside the other tests. */
@ExtendWith(SharedStack.class)
class LighthouseScores {

    private static final String PATH = System.getenv("PATH");
    private static final int FAST = 95;
    private static final Map<String, Integer> FLAWLESS =
            Map.of("accessibility", 100, "best-practices", 100, "seo", 100);

    /** What else the machine does counts as the page's work: a page that was not fast has two more runs, of which most count. */
    private static final int MOST_RUNS = 3;

    private static Lighthouse lighthouse;
    private static Path chromium;

    private final LocalStack stack;

    LighthouseScores(LocalStack stack) {
        this.stack = stack;
    }

    /** A page, on the screen that most of its readers have. */
    private enum Shown {
        VOTE("/", Screen.PHONE),
        RECEIPT("/", Screen.PHONE),
        RESULT("/", Screen.PHONE),
        RESULT_ON_A_DESK("/", Screen.DESKTOP),
        PRESENT("/present", Screen.DESKTOP);

        private final String path;
        private final Screen screen;

        Shown(String path, Screen screen) {
            this.path = path;
            this.screen = screen;
        }

        LibertyPart server(LocalStack stack) {
            return this == VOTE || this == RECEIPT ? stack.vote() : stack.result();
        }
    }

    @BeforeAll
    static void fetch() throws Exception {
        Optional<Lighthouse> fetched = Lighthouse.fetch(PATH);
        if (fetched.isEmpty()) {
            System.out.println("Lighthouse is not run: npm is not installed, or could not fetch it.");
            abort("no Lighthouse");
        }
        lighthouse = fetched.get();
        chromium = Chromium.find(PATH).program();
    }

    @ParameterizedTest
    @EnumSource
    void thePageIsFastAndTheRestIsFlawless(Shown page) throws Exception {
        String cookie = page == Shown.RECEIPT ? voted() : "";
        List<Integer> performance = new ArrayList<>();
        do {
            Map<String, Integer> scores = scores(page, cookie);
            assertThat(scores).containsOnlyKeys("performance", "accessibility", "best-practices", "seo");
            assertThat(scores).containsAllEntriesOf(FLAWLESS);
            performance.add(scores.get("performance"));
        } while (performance.get(0) < FAST && performance.size() < MOST_RUNS);
        assertThat(median(performance)).as("performance: %s", performance).isGreaterThanOrEqualTo(FAST);
    }

    private Map<String, Integer> scores(Shown page, String cookie) throws Exception {
        String report = page.name().toLowerCase(Locale.ROOT);
        for (int run = 0; run < MOST_RUNS; run++) {
            Map<String, Integer> scores =
                    lighthouse.scores(page.server(stack).uri(page.path), report, page.screen, cookie, chromium);
            System.out.printf("Lighthouse, %s: %s%n", report, scores);
            if (!scores.isEmpty()) {
                return scores;
            }
        }
        return abort("Lighthouse has said why it has no scores");
    }

    private static int median(List<Integer> numbers) {
        return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
    }

    private String voted() throws Exception {
        VoteClient client = new VoteClient(stack.vote());
        Optional<String> cookie = client.castByForm("a", Optional.empty()).cookie();
        assertThat(client.page(cookie).body()).contains("data-view=\"RECEIPT\"");
        return cookie.orElseThrow();
    }
}
