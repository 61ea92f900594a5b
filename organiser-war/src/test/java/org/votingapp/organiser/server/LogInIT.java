package org.votingapp.organiser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.testsupport.UnusedPort;

/** Log-in, sessions and what guards them, by OWASP ASVS (docs/asvs.md). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogInIT {

    private static final String NAME = "anna";
    private static final String PASSWORD = "Käse, Brot & 1 Ei";
    private static final int LAST = 100;

    @TempDir
    private static Path folder;

    private static OrganiserDatabase database;
    private static OrganiserServer server;

    @BeforeAll
    static void start() throws Exception {
        database = new OrganiserDatabase(folder.resolve("postgres"), UnusedPort.find());
        database.start();
        database.migrate();
        Map<String, String> variables = new HashMap<>(database.variables());
        variables.put(
                "ORGANISERS",
                OrganiserLine.make(NAME, OrganiserLine.ORGANISER, PASSWORD) + ","
                        + OrganiserLine.make("root", OrganiserLine.ADMINISTRATOR, PASSWORD));
        // So that a test can come from any address, and by TLS.
        variables.put("TRUSTED_PROXIES", "127\\.0\\.0\\.1");
        server = new OrganiserServer(folder, variables);
        server.start();
        server.awaitUp("ready");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @BeforeEach
    void nobodyHasTried() throws Exception {
        database.execute("TRUNCATE organiser_session, login_failure, api_token");
    }

    private static Visitor loggedIn() throws IOException {
        Visitor visitor = new Visitor(server);
        assertThat(visitor.logIn(NAME, PASSWORD).statusCode()).isEqualTo(303);
        return visitor;
    }

    private static boolean isIn(Visitor visitor) throws IOException {
        return visitor.get("/account").statusCode() == 200;
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(" | ", response.headers().allValues(name));
    }

    @Test
    void theRightPasswordLogsInAndTheStartPageSaysWho() throws Exception {
        Visitor visitor = new Visitor(server);
        HttpResponse<String> answer = visitor.logIn("  Anna ", PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("./");
        assertThat(visitor.get("/").body()).contains(">anna</a>", "name=\"csrf\"");
        assertThat(database.text("SELECT organiser || administrator FROM organiser_session"))
                .isEqualTo("annafalse");
    }

    /** Keyboards write the same letter in different ways (NIST SP 800-63B, 5.1.1.2). */
    @Test
    void aPasswordMayBeTypedInEitherFormOfUnicode() throws Exception {
        String decomposed = Normalizer.normalize(PASSWORD, Normalizer.Form.NFD);
        assertThat(decomposed).isNotEqualTo(PASSWORD);
        assertThat(new Visitor(server).logIn(NAME, decomposed).statusCode()).isEqualTo(303);
    }

    /** What somebody may do is in the list of the server, whatever Postgres has. */
    @Test
    void noRowMakesAnybodyAnAdministratorAndWhoHasLeftTheListIsNobody() throws Exception {
        Visitor visitor = loggedIn();
        String token = "A".repeat(43);
        database.execute("UPDATE organiser_session SET administrator = true;"
                + "INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at) VALUES"
                + " (sha256('" + token + "'), 'anna', true, 'script', now() + interval '1 day')");
        assertThat(visitor.get("/account").body()).contains(">anna</a>").doesNotContain("You may steer all rooms.");
        assertThat(visitor.get("/room?code=house").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/rooms/house", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(404);
        database.execute("UPDATE organiser_session SET organiser = 'left'; UPDATE api_token SET organiser = 'left'");
        assertThat(isIn(visitor)).isFalse();
        assertThat(server.get("/api/rooms", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "käse, brot & 1 ei", "Käse, Brot & 1 Ei "})
    void aWrongPasswordIsToldInWordsThatDoNotTellWhichOfTheTwoIsWrong(String password) throws Exception {
        Visitor visitor = new Visitor(server);
        HttpResponse<String> answer = visitor.logIn(NAME, password);
        assertThat(header(answer, "Set-Cookie")).isEmpty();
        assertThat(isIn(visitor)).isFalse();
        if (!password.isEmpty()) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("Name or password is wrong.").doesNotContain("value=\"" + password);
            assertThat(new Visitor(server).logIn("nobody", password).body()).contains("Name or password is wrong.");
        } else {
            assertThat(answer.body()).contains("Enter your password.", "href=\"login#password\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index",
                "/index.xhtml",
                "/account",
                "/account.xhtml",
                "/login.xhtml",
                "/logout",
                "/nothing"
            })
    void whatIsNotOpenLeadsToTheLogInPage(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(header(answer, "Location")).matches("\\./login(\\?to=[A-Za-z0-9.%]+)?");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void theApiAsksForATokenInsteadAndTakesOneThatIsInPostgres() throws Exception {
        HttpResponse<String> answer = server.get("/api/rooms");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        String token = "A".repeat(43);
        database.execute("INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at) VALUES"
                + " (sha256('" + token + "'), 'anna', false, 'script', now() + interval '1 day')");
        assertThat(server.get("/api/no-such-thing", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.get("/api/no-such-thing", "Authorization", "bearer " + token)
                        .statusCode())
                .as("a scheme is written in either case")
                .isEqualTo(404);
        database.execute("UPDATE api_token SET expires_at = now() - interval '1 second'");
        assertThat(server.get("/api/no-such-thing", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void afterTheLogInComesThePageThatWasAskedForAndNoOtherSite() throws Exception {
        Visitor visitor = new Visitor(server);
        assertThat(header(visitor.get("/account"), "Location")).isEqualTo("./login?to=account");
        assertThat(visitor.get("/login?to=account").body()).contains("name=\"to\" value=\"account\"");
        assertThat(header(visitor.logIn(NAME, PASSWORD, "account"), "Location")).isEqualTo("./account");
        for (String elsewhere : List.of(
                "//evil.example",
                "https://evil.example/",
                "/\\evil.example",
                "\\\\evil.example",
                "javascript:alert(1)",
                "a/../..//evil.example",
                "logout")) {
            assertThat(header(new Visitor(server).logIn(NAME, PASSWORD, elsewhere), "Location"))
                    .as(elsewhere)
                    .isEqualTo("./");
            String back = URLEncoder.encode(elsewhere, StandardCharsets.UTF_8);
            assertThat(header(server.get("/language?to=de&back=" + back), "Location"))
                    .as("back to %s in another language", elsewhere)
                    .isIn("./", "./logout");
        }
    }

    @Test
    void theCookieIsForThisHostAndNoScriptAndPostgresKnowsItsHashAlone() throws Exception {
        Visitor visitor = new Visitor(server);
        assertThat(header(visitor.logIn(NAME, PASSWORD), "Set-Cookie"))
                .matches("organiser=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(database.text("SELECT count(*) FROM organiser_session WHERE token_hash = sha256('"
                        + visitor.session() + "')"))
                .isEqualTo("1");
        assertThat(database.text(
                        "SELECT count(*) FROM organiser_session s WHERE s::text LIKE '%" + visitor.session() + "%'"))
                .isEqualTo("0");
        Visitor byTls = new Visitor(server, "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.1");
        HttpResponse<String> answer = byTls.logIn(NAME, PASSWORD);
        assertThat(header(answer, "Set-Cookie"))
                .matches("__Host-organiser=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
        assertThat(header(answer, "Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(isIn(byTls)).isTrue();
    }

    @Test
    void noOtherCookieIsSetAndNothingIsKeptByCaches() throws Exception {
        Visitor visitor = loggedIn();
        for (String path : List.of("/", "/account", "/login", "/nothing")) {
            HttpResponse<String> page = visitor.get(path);
            assertThat(header(page, "Set-Cookie")).as(path).isEmpty();
            assertThat(header(page, "Cache-Control")).as(path).isEqualTo("no-store");
            assertThat(header(page, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(header(page, "Content-Security-Policy"))
                    .as(path)
                    .contains("script-src 'self'; ", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'");
        }
        Matcher style = Pattern.compile("/?(assets/organiser[^\"]+)")
                .matcher(visitor.get("/").body());
        assertThat(style.find()).isTrue();
        assertThat(header(server.get("/" + style.group(1)), "Cache-Control")).contains("immutable");
    }

    @Test
    void aLogInMakesANewSessionWhateverCookieTheBrowserHadBefore() throws Exception {
        Visitor visitor = new Visitor(server);
        String planted = "B".repeat(43);
        visitor.takeSession(planted);
        visitor.logIn(NAME, PASSWORD);
        assertThat(visitor.session()).isNotEqualTo(planted);
        Visitor attacker = new Visitor(server);
        attacker.takeSession(planted);
        assertThat(isIn(attacker)).isFalse();
    }

    @Test
    void aLogOutEndsTheSessionAndNotOnlyTheCookie() throws Exception {
        Visitor visitor = loggedIn();
        Visitor other = loggedIn();
        String kept = visitor.session();
        HttpResponse<String> answer = visitor.post("/logout", Map.of("csrf", visitor.csrf()));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("./login");
        assertThat(visitor.session()).isEmpty();
        visitor.takeSession(kept);
        assertThat(isIn(visitor)).isFalse();
        assertThat(isIn(other)).isTrue();
    }

    @Test
    void aLogOutEverywhereEndsAllSessionsOfThatOrganiserAndNoOthers() throws Exception {
        Visitor visitor = loggedIn();
        Visitor other = loggedIn();
        Visitor administrator = new Visitor(server);
        administrator.logIn("root", PASSWORD);
        assertThat(visitor.get("/account").body()).contains("You are logged in in 2 browsers.");
        visitor.post("/logout", Map.of("csrf", visitor.csrf(), "everywhere", "true"));
        assertThat(isIn(visitor)).isFalse();
        assertThat(isIn(other)).isFalse();
        assertThat(isIn(administrator)).isTrue();
        assertThat(administrator.get("/account").body()).contains("You may steer all rooms.");
    }

    @Test
    void aSessionEndsWhenItIsIdleAndWhenItIsTooOld() throws Exception {
        Visitor visitor = loggedIn();
        database.execute("UPDATE organiser_session SET used_at = now() - interval '59 minutes'");
        assertThat(isIn(visitor)).isTrue();
        assertThat(database.text("SELECT used_at > now() - interval '1 minute' FROM organiser_session"))
                .isEqualTo("t");
        database.execute("UPDATE organiser_session SET used_at = now() - interval '61 minutes'");
        assertThat(isIn(visitor)).isFalse();

        Visitor later = loggedIn();
        Visitor other = loggedIn();
        assertThat(other.get("/account").body()).contains("You are logged in in 2 browsers.");
        database.execute(
                "UPDATE organiser_session SET begun_at = now() - interval '721 minutes' WHERE token_hash = sha256('%s')"
                        .formatted(later.session()));
        assertThat(isIn(later)).isFalse();
        assertThat(other.get("/account").body()).contains("You are logged in in 1 browser.");
        database.execute("UPDATE organiser_session SET begun_at = now() - interval '721 minutes'");
        assertThat(isIn(other)).isFalse();
        loggedIn();
        assertThat(database.text("SELECT count(*) FROM organiser_session")).isEqualTo("1");
    }

    @Test
    void anOrganiserHasAtMostTwentySessions() throws Exception {
        Visitor first = loggedIn();
        database.execute(
                "INSERT INTO organiser_session (token_hash, organiser, administrator, begun_at)"
                        + " SELECT sha256(n::text::bytea), 'anna', false, now() + interval '1 second' FROM generate_series(1, 25) n");
        loggedIn();
        assertThat(database.text("SELECT count(*) FROM organiser_session")).isEqualTo("20");
        assertThat(isIn(first)).isFalse();
    }

    @Test
    void aFormWithoutItsSessionsTokenIsRefused() throws Exception {
        Visitor visitor = loggedIn();
        String csrf = visitor.csrf();
        for (String wrong : List.of("", "x", loggedIn().csrf(), visitor.session())) {
            assertThat(visitor.post("/logout", Map.of("csrf", wrong)).statusCode())
                    .as(wrong)
                    .isEqualTo(403);
        }
        assertThat(visitor.post("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(visitor.post("/account", Map.of()).body()).contains("This form was out of date", "Go to your rooms");
        assertThat(isIn(visitor)).isTrue();
        assertThat(visitor.post("/logout", Map.of("csrf", csrf)).statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: https://evil.example",
                "Origin: null"
            })
    void aFormOfAnotherSiteIsRefusedThoughItHasTheToken(String header) throws Exception {
        String[] sent = header.split(": ");
        Visitor visitor = loggedIn();
        assertThat(visitor.post("/logout", Map.of("csrf", visitor.csrf()), sent).statusCode())
                .isEqualTo(403);
        Visitor victim = new Visitor(server, sent);
        assertThat(victim.logIn(NAME, PASSWORD).statusCode()).isEqualTo(403);
        assertThat(victim.session()).isEmpty();
    }

    @Test
    void theApiTakesASessionForReadingAloneSoThatNoFormReachesIt() throws Exception {
        Visitor visitor = loggedIn();
        assertThat(visitor.get("/api/no-such-thing").statusCode()).isEqualTo(404);
        assertThat(visitor.post("/api/no-such-thing", Map.of("csrf", visitor.csrf()))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aNameFromOneAddressWaitsAfterFiveFailuresAndAnotherAddressDoesNot() throws Exception {
        Visitor attacker = new Visitor(server, "X-Forwarded-For", "192.0.2.66");
        for (int failure = 0; failure < 5; failure++) {
            assertThat(attacker.logIn(NAME, "guess " + failure).statusCode()).isEqualTo(401);
        }
        // As if the last one were yet to come, since hashes of this machine may take longer than the first wait.
        database.execute(
                "UPDATE login_failure SET last_at = last_at + interval '1 hour' WHERE subject LIKE '%192.0.2.66'");
        HttpResponse<String> refused = attacker.logIn(NAME, PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).containsPattern("Too many attempts. Try again in [0-9,]+ seconds.");
        assertThat(header(refused, "Retry-After")).matches("[0-9]+");
        assertThat(new Visitor(server, "X-Forwarded-For", "192.0.2.67")
                        .logIn(NAME, PASSWORD)
                        .statusCode())
                .isEqualTo(303);
        // A refused try does not make the wait longer; and it is a minute at most, however many there were.
        database.execute("UPDATE login_failure SET failures = 25, last_at = now() - interval '61 seconds'"
                + " WHERE subject LIKE '%192.0.2.66'");
        assertThat(attacker.logIn(NAME, PASSWORD).statusCode()).isEqualTo(303);
        assertThat(database.text("SELECT count(*) FROM login_failure WHERE subject LIKE 'name%192.0.2.66'"))
                .isEqualTo("0");
    }

    @Test
    void anAddressWaitsAfterThirtyFailuresWhateverTheNames() throws Exception {
        database.execute("INSERT INTO login_failure VALUES ('address 192.0.2.66', 30, now() + interval '1 second')");
        Visitor attacker = new Visitor(server, "X-Forwarded-For", "192.0.2.66");
        assertThat(attacker.logIn("root", PASSWORD).statusCode()).isEqualTo(429);
        database.execute("UPDATE login_failure SET last_at = now() - interval '16 minutes'");
        assertThat(attacker.logIn("root", PASSWORD).statusCode()).isEqualTo(303);
    }

    /** So short that nobody can lock an organiser out. */
    @Test
    void aNameWaitsFiveSecondsAtMostAfterFiftyFailuresFromEverywhere() throws Exception {
        database.execute("INSERT INTO login_failure VALUES ('name anna', 49, now() + interval '1 second')");
        Visitor organiser = new Visitor(server, "X-Forwarded-For", "192.0.2.68");
        assertThat(organiser.logIn(NAME, "guess").statusCode()).isEqualTo(401);
        database.execute("UPDATE login_failure SET failures = 1000, last_at = clock_timestamp() + interval '1 hour'"
                + " WHERE subject = 'name anna'");
        assertThat(organiser.logIn(NAME, PASSWORD).statusCode()).isEqualTo(429);
        database.execute("UPDATE login_failure SET last_at = clock_timestamp() - interval '5 seconds'"
                + " WHERE subject = 'name anna'");
        assertThat(organiser.logIn(NAME, PASSWORD).statusCode()).isEqualTo(303);
        assertThat(server.log())
                .contains("A log-in as anna from 192.0.2.68 failed", "anna has logged in from 192.0.2.68");
    }

    /** Else many at once would have as many guesses as there are connections. */
    @Test
    void triesAtTheSameTimeAreCountedOneByOne() throws Exception {
        List<CompletableFuture<Integer>> tries = IntStream.range(0, 12)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return new Visitor(server)
                                .logIn(NAME, "guess " + number)
                                .statusCode();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                }))
                .toList();
        assertThat(tries.stream().map(CompletableFuture::join).filter(status -> status == 401))
                .hasSizeBetween(1, 7);
    }

    /** Neither words nor time tell whether a name is there: both cost the server a hash. Its clock does not run while others compute. */
    @Test
    void aNameThatNobodyHasTakesAsLongAsAWrongPassword() throws Exception {
        Duration known = Duration.ZERO;
        Duration unknown = Duration.ZERO;
        for (int round = 0; round < 3; round++) {
            known = known.plus(costOf(NAME));
            unknown = unknown.plus(costOf("nobody"));
        }
        assertThat((double) unknown.toMillis() / known.toMillis())
                .as("%s for an unknown name, %s for a known one", unknown, known)
                .isBetween(0.5, 2.0);
    }

    /** The processor's time that a wrong password takes. */
    private static Duration costOf(String name) throws IOException {
        Duration before = server.processorTime();
        assertThat(new Visitor(server).logIn(name, "wrong").statusCode()).isEqualTo(401);
        return server.processorTime().minus(before);
    }

    @Test
    void theLogInPageHasWhatPasswordManagersAndScreenReadersNeed() throws Exception {
        HttpResponse<String> page = server.get("/login", "Accept-Language", "de");
        assertThat(page.body())
                .contains(
                        "<html",
                        "lang=\"de\"",
                        "<h1>Anmelden</h1>",
                        "autocomplete=\"username\"",
                        "autocomplete=\"current-password\"")
                .contains("<label for=\"name\">", "<label for=\"password\">", "type=\"password\"")
                .contains("language?to=fr&amp;back=login\"")
                .doesNotContain("<script>", "style=", "onclick=");
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        assertThat(new Visitor(server).logIn(NAME, "x".repeat(300)).statusCode())
                .isEqualTo(401);
        assertThat(new Visitor(server)
                        .post("/login", Map.of("name", "x".repeat(70_000)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(server.get("/login", "Cookie", "organiser=" + "x".repeat(3_000))
                        .statusCode())
                .isEqualTo(200);
    }

    /** Two replicas, one after another: what a session needs is in Postgres. */
    @Test
    @Order(LAST)
    void aSessionHoldsOnAServerThatHasJustStarted() throws Exception {
        Visitor visitor = loggedIn();
        String csrf = visitor.csrf();
        server.close();
        server.start();
        server.awaitUp("ready");
        assertThat(isIn(visitor)).isTrue();
        assertThat(visitor.post("/logout", Map.of("csrf", csrf)).statusCode()).isEqualTo(303);
    }

    @Test
    @Order(LAST + 1)
    void whilePostgresIsAwayThePagesSaySoAndTheServerLives() throws Exception {
        Visitor visitor = loggedIn();
        database.stop();
        try {
            HttpResponse<String> answer = visitor.get("/account");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("Not available right now");
            assertThat(visitor.get("/robots.txt").statusCode()).isEqualTo(200);
            assertThat(visitor.get("/account").statusCode()).isEqualTo(503);
            assertThat(server.log())
                    .as("what is open asks no session, and so tells nothing of them")
                    .containsOnlyOnce("Sessions cannot be read")
                    .doesNotContain("Sessions can be read again");
            assertThat(header(answer, "Retry-After")).isEqualTo("5");
            assertThat(new Visitor(server).logIn(NAME, PASSWORD).statusCode()).isEqualTo(503);
            assertThat(server.isUp("live")).isTrue();
            assertThat(server.isUp("started")).isTrue();
            assertThat(server.isUp("ready")).isFalse();
        } finally {
            database.start();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> isIn(visitor));
        server.awaitUp("ready");
    }
}
