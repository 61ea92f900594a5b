package org.votingapp.systemtests.pages;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.StoredPolls;

/** The organiser's pages in their states, all from a stack of their own with two rooms, which the first state starts. */
final class OrganiserPageStates {

    private static final String ANNA = "anna";
    private static final String BEN = "ben";
    private static final String PASSWORD = "Käse, Brot & 1 Ei";
    private static final String TOKEN = "screenshots".repeat(4).substring(0, 43);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private LocalStack stack;
    private List<Cookie> annasLogIn;
    private String hall;
    private String empty;
    private String waiting;
    private String scheduled;
    private String open;
    private String closed;
    private String shown;
    private String archived;

    Stream<PageState> all() {
        return Stream.of(
                visited("log-in", page -> {}),
                visited("log-in-missing", page -> {
                    page.evaluate("document.getElementById('login').noValidate = true");
                    FormPost.awaitAnswer(page, () -> page.click("#enter"));
                }),
                visited("log-in-wrong", page -> logIn(page, ANNA, "something else")),
                visited("rooms-none", page -> logIn(page, BEN, PASSWORD)),
                state("rooms", () -> "/"),
                state("room", () -> "/room?code=" + hall),
                state("room-empty", () -> "/room?code=" + empty),
                state("poll-waiting", () -> "/poll?id=" + waiting),
                state("poll-scheduled", () -> "/poll?id=" + scheduled),
                state("poll-open", () -> "/poll?id=" + open),
                state("poll-closed", () -> "/poll?id=" + closed),
                state("poll-revealed", () -> "/poll?id=" + shown),
                state("poll-archived", () -> "/poll?id=" + archived),
                state("write-new", () -> "/write?room=" + hall),
                state("write-change", () -> "/write?id=" + scheduled),
                state("write-fixed", () -> "/write?id=" + open),
                state("write-wrong", () -> "/write?room=" + hall, page -> {
                    page.evaluate("document.getElementById('poll-form').noValidate = true");
                    page.fill("#option0", "The same");
                    page.fill("#option1", "The same");
                    FormPost.awaitAnswer(page, () -> page.click("form.sheet .action"));
                }),
                state("share", () -> "/share?code=" + hall),
                state("poster", () -> "/poster?code=" + hall),
                state("poster-empty", () -> "/poster?code=" + empty),
                state(
                        "present",
                        () -> "/present?code=" + hall,
                        page -> page.frameLocator("#screen")
                                .locator("html[data-script=runs]")
                                .waitFor()),
                state("present-asks", () -> "/present?code=" + hall, page -> {
                    page.frameLocator("#screen")
                            .locator("html[data-script=runs]")
                            .waitFor();
                    page.click("[data-key=o]");
                }),
                state("audit", () -> "/audit"),
                state("tokens", () -> "/tokens"),
                state("token-made", () -> "/tokens", page -> {
                    page.fill("#name", "Spreadsheet of the results");
                    FormPost.awaitAnswer(page, () -> page.click("form.form .action"));
                }),
                state("account", () -> "/account"),
                state("error-404", () -> "/room?code=222222"));
    }

    private interface Address {
        String path();
    }

    private PageState state(String name, Address address) {
        return state(name, address, page -> {});
    }

    /** A page as Anna sees it. */
    private PageState state(String name, Address address, Consumer<Page> steps) {
        return new PageState("organiser-" + name, window -> {
            start();
            // These pages look for news, and load anew once the log-in has ended: none of them may meet the next state.
            Page page = window.pageForOnce();
            if (annasLogIn == null) {
                page.navigate(uri("/login"));
                logIn(page, ANNA, PASSWORD);
                annasLogIn = window.context().cookies();
            }
            window.context().addCookies(annasLogIn);
            page.navigate(uri(address.path()));
            steps.accept(page);
            return page;
        });
    }

    /** The log-in page, and what follows. */
    private PageState visited(String name, Consumer<Page> steps) {
        return new PageState("organiser-" + name, window -> {
            start();
            Page page = window.pageForOnce();
            page.navigate(uri("/login"));
            steps.accept(page);
            return page;
        });
    }

    private static void logIn(Page page, String name, String password) {
        page.fill("#name", name);
        page.fill("#password", password);
        FormPost.awaitAnswer(page, () -> page.click("#enter"));
    }

    private String uri(String path) {
        return stack.organiser().uri(path).toString();
    }

    private void start() throws Exception {
        if (stack == null) {
            stack = TestStacks.open(TestStacks.describe()
                    .count(ServerKind.ORGANISER, 1)
                    .set(
                            ServerKind.ORGANISER,
                            "ORGANISERS",
                            OrganiserLine.make(ANNA, OrganiserLine.ORGANISER, PASSWORD)
                                    + ","
                                    + OrganiserLine.make(BEN, OrganiserLine.ORGANISER, PASSWORD)));
            stack.start(TestStacks.START_LIMIT);
            new StoredPolls(stack)
                    .execute("INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at)"
                            + " VALUES (sha256('%s'), '%s', false, 'Calendar', now() + interval '90 days')"
                                    .formatted(TOKEN, ANNA));
            meet();
        }
    }

    /** Two rooms, and polls of each kind. */
    private void meet() throws Exception {
        empty = text(post("rooms", "{\"title\":\"Board of directors\"}"), "code");
        hall = text(post("rooms", "{\"title\":\"Town hall on Friday\"}"), "code");
        open = ask("Where do we eat?", "live", "", "Pizza from the stone oven", "Sushi", "Salad, mixed");
        shown = ask("Do we meet in the evening from now on?", "organiser", "", "Yes", "No");
        closed = ask("Who brings the cake?", "organiser", "", "Anna", "Ben", "Carla", "Nobody: we buy one");
        archived = ask("Is this the right room?", "live", "", "Yes", "No");
        waiting = ask("Which day is best for the next meeting?", "closed", "", "Monday", "Wednesday", "Friday");
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES);
        String times = ",\"opens\":\"%s\",\"closes\":\"%s\"".formatted(tomorrow, tomorrow.plus(30, ChronoUnit.MINUTES));
        scheduled = ask("What was best today?", "voted", times, "The talks", "The food", "The people");
        for (String poll : List.of(archived, closed, shown, open)) {
            post("polls/" + poll + "/stage", "");
            post("polls/" + poll + "/open", "");
        }
        count(open, 112, 64, 31);
        count(shown, 140, 72);
        count(closed, 21, 34, 8, 34);
        for (String poll : List.of(archived, closed, shown)) {
            post("polls/" + poll + "/close", "");
            await().atMost(SOON).until(() -> text(get("polls/" + poll), "state").equals("final"));
        }
        post("polls/" + archived + "/archive", "");
        post("polls/" + shown + "/reveal", "");
        for (String poll : List.of(open, shown, closed, waiting, scheduled)) {
            await().atMost(SOON)
                    .until(() -> get("polls/" + poll).get("inEffect").getAsBoolean());
        }
    }

    private String ask(String question, String results, String times, String... labels) throws Exception {
        JsonArray options = new JsonArray();
        Stream.of(labels).forEach(options::add);
        return text(
                post(
                        "rooms/" + hall + "/polls",
                        "{\"question\":\"%s\",\"results\":\"%s\",\"options\":%s%s}"
                                .formatted(question, results, options, times)),
                "id");
    }

    private void count(String poll, int... votes) throws SQLException {
        for (int at = 0; at < votes.length; at++) {
            new StoredPolls(stack)
                    .execute("UPDATE tally SET votes = %d WHERE poll_id = '%s' AND choice = '%c'"
                            .formatted(votes[at], poll, (char) ('a' + at)));
        }
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private JsonObject post(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(body.isEmpty() ? request : request.header("Content-Type", "application/json"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(uri("/api/" + path))).header("Authorization", "Bearer " + TOKEN);
    }

    private JsonObject send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        return JsonParser.parseString(answer).getAsJsonObject();
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).getAsString();
    }
}
