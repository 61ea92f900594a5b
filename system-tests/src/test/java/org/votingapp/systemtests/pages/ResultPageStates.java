package org.votingapp.systemtests.pages;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.votingapp.poll.Poll;
import org.votingapp.stack.LocalStack;
import org.votingapp.systemtests.pages.AskedPoll.Choice;
import org.votingapp.systemtests.pages.PlayedStream.Connection;
import org.votingapp.systemtests.shared.Chromium;

/** The states of the result page and of present mode: of tallies in Postgres, or of a stream that the test plays. */
final class ResultPageStates {

    private static final Duration OPEN = Duration.ofHours(2);
    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final List<String> TEN_LABELS = List.of(
            "Pizza",
            "Sushi, but only if we can sit outside and nobody has to wait for longer than half an hour",
            "سلطة الحمص",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenknopfloch",
            "中华料理",
            "👩‍👩‍👧‍👦 What the children want",
            "שקשוקה",
            "Curry",
            "Bring your own lunch",
            "I have no opinion");

    private final LocalStack stack;

    ResultPageStates(LocalStack stack) {
        this.stack = stack;
    }

    Stream<PageState> all() {
        return Stream.concat(resultPage(), presentMode());
    }

    private Stream<PageState> resultPage() {
        String lead = PlayedTally.open(140, 72);
        return Stream.of(
                played("result-no-votes", PlayedTally.open(0, 0), Event.NONE),
                played("result-leader", lead, Event.NONE),
                played("result-tie", PlayedTally.open(53, 53), Event.NONE),
                played("result-closed", PlayedTally.counting(140, 72), Event.NONE),
                played("result-final", PlayedTally.last(140, 72), Event.NONE),
                played("result-final-tie", PlayedTally.last(53, 53), Event.NONE),
                played("result-final-none", PlayedTally.last(0, 0), Event.NONE),
                played("result-behind", lead, (page, connection) -> {
                    connection.heartbeat("behind");
                    page.locator("[data-sign=behind]").waitFor();
                }),
                played("result-lost", lead, Event.LOSS),
                played("result-paused", lead, (page, connection) -> {
                    page.locator("#pause").click();
                    page.locator("[data-sign=paused]").waitFor();
                }),
                asked("result-not-yet-open", "/", WAIT, page -> {}),
                asked("result-ten", "/", Duration.ZERO, page -> {}));
    }

    private Stream<PageState> presentMode() {
        String lead = PlayedTally.open(140, 72);
        return Stream.of(
                played("present-no-votes", PlayedTally.open(0, 0), Event.NONE),
                played("present-live", lead, Event.NONE),
                played("present-tie", PlayedTally.open(53, 53), Event.NONE),
                played("present-closed", PlayedTally.counting(140, 72), Event.NONE),
                played("present-final", PlayedTally.last(140, 72), Event.NONE),
                played("present-final-tie", PlayedTally.last(53, 53), Event.NONE),
                played("present-lost", lead, Event.LOSS),
                played(
                        "present-help",
                        lead,
                        (page, connection) -> page.keyboard().press("?")),
                played(
                        "present-code-large",
                        lead,
                        (page, connection) -> page.keyboard().press("q")),
                asked("present-not-yet-open", "/present", WAIT, page -> {}),
                asked("present-ten", "/present", Duration.ZERO, page -> {}),
                asked("present-last-seconds", "/present", Duration.ZERO, page -> {
                    page.clock().fastForward(OPEN.minusSeconds(8).toMillis());
                    page.locator("[data-last=true]").waitFor();
                }));
    }

    /** What comes after the tally. */
    private interface Event {

        Event NONE = (page, connection) -> {};

        Event LOSS = (page, connection) -> {
            connection.cut();
            page.locator("[data-sign=lost], #stage #sign:not(:empty)").waitFor();
        };

        void happen(Page page, Connection connection) throws Exception;
    }

    /** The page of the stack's own poll that hears this tally and event. */
    private PageState played(String name, String tally, Event event) {
        return new PageState(name, window -> {
            PlayedStream stream = new PlayedStream(window.context());
            window.afterwards(stream::close);
            Page page = window.page();
            Connection connection = stream.open(page, address(name.startsWith("present-") ? "/present" : "/"));
            connection.tally(tally);
            awaitShown(page, JsonParser.parseString(tally).getAsJsonObject());
            event.happen(page, connection);
            return page;
        });
    }

    private static void awaitShown(Page page, JsonObject tally) {
        String phase =
                tally.get("final").getAsBoolean() ? "final" : tally.get("open").getAsBoolean() ? "open" : "counting";
        page.locator("[data-phase=%s]".formatted(phase)).waitFor();
        page.waitForFunction(
                "votes => document.querySelector('[data-option=a] .votes').textContent.replace(/\\D/g, '') === votes",
                tally.getAsJsonArray("options")
                        .get(0)
                        .getAsJsonObject()
                        .get("votes")
                        .getAsString());
    }

    /** The page of another poll, with ten options, that opens after this time. */
    private PageState asked(String name, String path, Duration wait, Consumer<Page> steps) {
        return new PageState(name, window -> {
            AskedPoll poll = new AskedPoll(stack);
            window.afterwards(() -> putBack(poll));
            poll.ask(lunch(wait));
            poll.awaitShown();
            Page page = window.pageForOnce();
            page.clock().install();
            page.navigate(address(path));
            page.locator("[data-script=runs]").waitFor();
            steps.accept(page);
            return page;
        });
    }

    private static AskedPoll.Poll lunch(Duration wait) {
        List<Choice> choices = new ArrayList<>();
        for (String label : TEN_LABELS) {
            int at = choices.size();
            choices.add(new Choice(Poll.keyAt(at), label, wait.isZero() ? 1234 / (at + 1) : 0));
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Optional<Instant> opens = wait.isZero() ? Optional.empty() : Optional.of(now.plus(wait));
        return new AskedPoll.Poll("Where do we eat on Friday?", opens, Optional.of(now.plus(OPEN)), choices);
    }

    private static void putBack(AskedPoll poll) {
        try {
            poll.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** By a host that a phone can reach, so that the page shows the code. */
    private String address(String path) {
        return "http://%s:%d%s".formatted(Chromium.HOST, stack.result().port(), path);
    }
}
