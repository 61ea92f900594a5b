package org.votingapp.systemtests.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.shared.OtherPoll;
import org.votingapp.systemtests.shared.SharedStack;

/** Both pages tell when voting closes in the browser's time, by the word "today" where that holds there. */
@ExtendWith(SharedStack.class)
class TimesInABrowserIT {

    private static final String LATE = "2127-03-01T09:00:00Z";

    /** Where it is noon, so that neither two hours ago nor in two hours is another day. */
    private final ZoneId zone = ZoneId.of(
            "Etc/GMT%+d".formatted(Instant.now().atZone(ZoneOffset.UTC).getHour() - 12));

    private final LocalStack stack;
    private final Browser browser;

    TimesInABrowserIT(LocalStack stack, Browser browser) {
        this.stack = stack;
        this.browser = browser;
    }

    @ParameterizedTest
    @CsvSource({
        "2, 'Open · closes today at %2$s', 'Closes today at %2$s'",
        "48, 'Open · closes on %1$s, %3$s at %2$s', 'Closes on %1$s at %2$s'"
    })
    void whenVotingCloses(int hours, String onTheBallot, String onTheResult) throws Exception {
        Instant closes = Instant.now().plus(Duration.ofHours(hours)).truncatedTo(ChronoUnit.MINUTES);
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setTimezoneId(zone.getId()))) {
            Page ballot = context.newPage();
            ballot.route("**/", route -> answer(route, closes.toString()));
            ballot.navigate(OtherPoll.TEN_OPTIONS.stack().vote().uri("/").toString());
            assertThat(ballot.locator(".state")).hasText(filled(onTheBallot, closes));
        }
        try (AskedPoll poll = new AskedPoll(stack);
                BrowserContext context =
                        browser.newContext(new Browser.NewContextOptions().setTimezoneId(zone.getId()))) {
            List<AskedPoll.Choice> choices =
                    List.of(new AskedPoll.Choice("a", "Cats", 1), new AskedPoll.Choice("b", "Dogs", 3));
            poll.ask(new AskedPoll.Poll("Cats vs Dogs!", Optional.empty(), Optional.of(closes), choices));
            poll.awaitShown();
            Page result = context.newPage();
            result.navigate(stack.result().uri("/").toString());
            assertThat(result.locator("#when")).hasText(filled(onTheResult, closes));
            // The poll that comes back would reload it.
            result.close();
        }
    }

    /** The real page of a poll that closes at another time. */
    private static void answer(Route route, String closes) {
        APIResponse real = route.fetch();
        route.fulfill(
                new Route.FulfillOptions().setResponse(real).setBody(real.text().replace(LATE, closes)));
    }

    /** A pattern with day, time and year there; between parts of a time stand spaces of several kinds. */
    private Pattern filled(String pattern, Instant time) {
        ZonedDateTime there = time.atZone(zone);
        String text = pattern.formatted(in(there, "MMMM d"), in(there, "h:mm a"), in(there, "yyyy"));
        return Pattern.compile(text.replace(" ", "\\s"));
    }

    private static String in(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
