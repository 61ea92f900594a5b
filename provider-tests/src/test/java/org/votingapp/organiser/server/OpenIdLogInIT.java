package org.votingapp.organiser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.testsupport.UnusedPort;

/** Log-in by OpenID Connect at a real provider, on two organiser servers; the second knows no names and passwords. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenIdLogInIT {

    private static final String PASSWORD = "Käse, Brot & 1 Ei";
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int LAST = 100;

    @TempDir
    private static Path folder;

    private static OrganiserDatabase database;
    private static OrganiserServer server;
    private static OrganiserServer second;
    private static SpringProvider provider;

    @BeforeAll
    static void start() throws Exception {
        provider = new SpringProvider();
        database = new OrganiserDatabase(folder.resolve("postgres"), UnusedPort.find());
        database.start();
        database.migrate();
        Map<String, String> variables = new HashMap<>(database.variables());
        variables.put("OIDC_ISSUER", provider.issuer());
        variables.put("OIDC_CLIENT_ID", SpringProvider.CLIENT);
        variables.put("OIDC_CLIENT_SECRET", SpringProvider.SECRET);
        variables.put("OIDC_ORGANISERS", "run-votes");
        variables.put("OIDC_ADMINISTRATORS", "run-all-votes");
        second = new OrganiserServer(
                Files.createDirectory(folder.resolve("second")),
                Files.createDirectory(folder.resolve("output")),
                variables);
        variables.put("ORGANISERS", OrganiserLine.make("ben", OrganiserLine.ORGANISER, PASSWORD));
        server = new OrganiserServer(folder, variables);
        server.start();
        second.start();
        server.awaitUp("ready");
        second.awaitUp("ready");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        second.close();
        provider.close();
        database.close();
    }

    @BeforeEach
    void nobodyHasTriedAndNobodyDoesMischief() throws Exception {
        database.execute("TRUNCATE organiser_session, login_failure, api_token, organiser_identity");
        SpringProvider.claims = builder -> {};
        SpringProvider.tampering = UnaryOperator.identity();
        SpringProvider.userInfo = SpringProvider::subjectAlone;
    }

    private static void startProvider() {
        provider.start(server.host(), second.host());
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(" | ", response.headers().allValues(name));
    }

    /** The path and query of the callback with which somebody comes back, after this browser has begun. */
    private static String comeBack(Visitor visitor, String name, String to) throws IOException {
        HttpResponse<String> sent = visitor.get("/openid?to=" + to);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        URI callback = URI.create(provider.logIn(header(sent, "Location"), name));
        return callback.getRawPath() + "?" + callback.getRawQuery();
    }

    private static HttpResponse<String> logIn(Visitor visitor, String name) throws IOException {
        return visitor.get(comeBack(visitor, name, ""));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String words) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words, "href=\"openid", "id=\"password\"");
        assertThat(header(answer, "Set-Cookie")).doesNotContain("organiser=");
        assertThat(database.text("SELECT count(*) FROM organiser_session")).isEqualTo("0");
    }

    @Test
    @Order(FIRST)
    void whileTheProviderIsDownTheLogInPageSaysSoAndPasswordsLogIn() throws Exception {
        assertThat(server.get("/login").body()).contains("href=\"openid\"", "id=\"password\"");
        HttpResponse<String> answer = server.get("/openid?to=account");
        assertRefused(answer, 503, "log-in service does not answer right now");
        Visitor ben = new Visitor(server);
        assertThat(ben.logIn("ben", PASSWORD, "account").statusCode()).isEqualTo(303);
        assertThat(ben.get("/account").body()).contains(">ben</a>");
        assertThat(server.log()).contains("The OpenID provider cannot be used: discovery failed");
    }

    /** After the pause of five seconds that follows a failure. */
    @Test
    @Order(SECOND)
    void aProviderThatComesUpIsFoundWithoutARestart() {
        startProvider();
        await().until(() -> server.get("/openid").statusCode() == 303
                && second.get("/openid").statusCode() == 303);
    }

    @Test
    void aMemberOfTheGroupLogsInAndTheWantedPageFollows() throws Exception {
        Visitor anna = new Visitor(server);
        HttpResponse<String> answer = anna.get(comeBack(anna, "anna", "account"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        // No redirect: the browser would not send a SameSite=Strict cookie to where the provider's page leads.
        assertThat(answer.body()).contains("http-equiv=\"refresh\" content=\"0; url=./account\"", "You are logged in.");
        assertThat(header(answer, "Set-Cookie"))
                .containsPattern("organiser=[^;]+; Path=/; HttpOnly; SameSite=Strict")
                .contains("organiser-login=; Path=/; HttpOnly; SameSite=Lax");
        assertThat(anna.get("/account").body()).contains(">Anna Łęcka</a>").doesNotContain("You may steer all rooms");
        assertThat(database.text("SELECT issuer || ' ' || subject || ' ' || display_name FROM organiser_identity"))
                .isEqualTo(provider.issuer() + " anna Anna Łęcka");
        assertThat(database.text("SELECT organiser || administrator FROM organiser_session"))
                .matches("oidc:[A-Za-z0-9_-]{24}false");
    }

    /** The provider is at localhost and the server at 127.0.0.1: two sites. */
    @Test
    void aRealBrowserIsLoggedInThoughTheProviderIsAnotherSiteAndLoggedOutAtBoth() {
        BrowserType.LaunchOptions chromium = new BrowserType.LaunchOptions()
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
        installedChromium().ifPresent(chromium::setExecutablePath);
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(chromium)) {
            Page page = browser.newPage();
            page.navigate("http://" + server.host() + "/account");
            page.locator(".provider a").click();
            page.locator("#username").fill("anna");
            page.locator("#password").fill(SpringProvider.PASSWORD);
            page.locator("button[type=submit]").click();
            page.waitForURL("http://" + server.host() + "/account");
            assertThat(page.locator(".me a").textContent()).isEqualTo("Anna Łęcka");

            page.locator(".me button").click();
            page.waitForURL("http://" + server.host() + "/login");
            page.locator(".provider a").click();
            // Whom the provider knew would be back by now.
            page.locator("#username").waitFor();
            assertThat(page.url()).startsWith(provider.issuer() + "/login");
        }
    }

    /** Empty where it is Playwright's own: one of the two is there after the system tests, which get a browser. */
    private static Optional<Path> installedChromium() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void aLogOutLeadsToTheProviderWithTheIdTokenAndWithoutASession() throws Exception {
        Visitor anna = new Visitor(server);
        String given = header(logIn(anna, "anna"), "Set-Cookie");
        assertThat(given).containsPattern("organiser-id=[^;]+; Path=/; HttpOnly; SameSite=Strict");
        String token = given.replaceAll("(?s).*organiser-id=([^;]+).*", "$1");
        assertThat(anna.get("/account").body()).doesNotContain(token);

        HttpResponse<String> answer = anna.post("/logout", Map.of("csrf", anna.csrf()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String logOut = provider.issuer() + "/connect/logout?";
        assertThat(answer.body())
                .contains("You are logged out here.", "http-equiv=\"refresh\" content=\"0; url=" + logOut)
                .contains("id_token_hint=" + token, "client_id=" + SpringProvider.CLIENT)
                .contains(
                        "post_logout_redirect_uri=http%3A%2F%2F" + server.host().replace(":", "%3A") + "%2Flogin")
                .doesNotContain("id=\"password\"");
        assertThat(header(answer, "Set-Cookie")).contains("organiser=;", "organiser-id=;");
        assertThat(header(answer, "Cache-Control")).contains("no-store");
        assertThat(database.text("SELECT count(*) FROM organiser_session")).isEqualTo("0");
        assertThat(server.log()).doesNotContain(token);
    }

    @Test
    void whoeverHasLoggedInByPasswordSinceIsNotSentToTheProvider() throws Exception {
        Visitor ben = new Visitor(server);
        logIn(ben, "anna");
        assertThat(ben.logIn("ben", PASSWORD).statusCode()).isEqualTo(303);
        HttpResponse<String> answer = ben.post("/logout", Map.of("csrf", ben.csrf()));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("./login");
    }

    /** As the log-out of somebody whose token is too long for a cookie. */
    @Test
    void withoutTheIdTokenTheProviderIsToldTheClientAlone() throws Exception {
        SpringProvider.claims = builder -> builder.claim("much", "x".repeat(4_000));
        Visitor anna = new Visitor(server);
        assertThat(header(logIn(anna, "anna"), "Set-Cookie")).contains("organiser-id=-;");
        assertThat(anna.post("/logout", Map.of("csrf", anna.csrf())).body())
                .contains("/connect/logout?", "client_id=" + SpringProvider.CLIENT)
                .doesNotContain("id_token_hint");
    }

    @Test
    void whatABrowserKeepsInPlaceOfTheIdTokenIsNotPassedOn() throws Exception {
        Visitor anna = new Visitor(server);
        logIn(anna, "anna");
        HttpResponse<String> answer = server.send(
                "POST",
                "/logout",
                "csrf=" + anna.csrf(),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Cookie",
                anna.cookies().replaceAll("organiser-id=[^;]+", "organiser-id=a.b.c"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("/connect/logout?").doesNotContain("id_token_hint", "a.b.c");
    }

    private static void withoutGroups(JwtClaimsSet.Builder builder) {
        builder.claims(claims -> claims.remove("groups"));
    }

    @Test
    void groupsAreAskedForWhereTheIdTokenSaysNothingOfThem() throws Exception {
        SpringProvider.claims = OpenIdLogInIT::withoutGroups;
        SpringProvider.userInfo = SpringProvider::groupsToo;
        Visitor anna = new Visitor(server);
        assertThat(logIn(anna, "anna").statusCode()).isEqualTo(200);
        assertThat(anna.get("/account").body()).contains(">Anna Łęcka</a>").doesNotContain("You may steer all rooms");
        Visitor root = new Visitor(server);
        assertThat(logIn(root, "root").statusCode()).isEqualTo(200);
        assertThat(root.get("/account").body()).contains("You may steer all rooms");
    }

    @Test
    void whoIsInNoGroupThereEitherIsRefused() throws Exception {
        SpringProvider.claims = OpenIdLogInIT::withoutGroups;
        assertRefused(logIn(new Visitor(server), "anna"), 403, "in no group that may run votes");
    }

    @Test
    void theGroupsOfTheIdTokenGoBeforeThoseOfTheUserinfoEndpoint() throws Exception {
        SpringProvider.claims = builder -> builder.claim("groups", List.of());
        SpringProvider.userInfo = SpringProvider::groupsToo;
        assertRefused(logIn(new Visitor(server), "anna"), 403, "in no group that may run votes");
    }

    /** OpenID Connect Core 1.0, section 5.3.2. */
    @Test
    void whatTheUserinfoEndpointTellsOfSomebodyElseIsRefused() throws Exception {
        SpringProvider.claims = OpenIdLogInIT::withoutGroups;
        SpringProvider.userInfo = name -> SpringProvider.groupsToo("root");
        assertRefused(logIn(new Visitor(server), "anna"), 401, "verify who you are");
    }

    @Test
    void aLogInBegunOnOneServerEndsOnAnotherAndHoldsOnBoth() throws Exception {
        Visitor browser = new Visitor(server);
        String back = comeBack(browser, "root", "");
        // The provider sends browsers to the host that they came from; behind it stands either server.
        HttpResponse<String> answer = second.get(back, "Cookie", browser.cookies(), "Host", server.host());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String session = header(answer, "Set-Cookie").replaceAll("(?s).*\\borganiser=([^;]+).*", "organiser=$1");
        for (OrganiserServer one : List.of(server, second)) {
            assertThat(one.get("/account", "Cookie", session).body())
                    .contains(">Rosa Root</a>", "You may steer all rooms");
        }
    }

    @Test
    void withoutOrganisersThePageOffersTheProviderAlone() throws Exception {
        assertThat(second.get("/login").body())
                .contains("href=\"openid\"")
                .doesNotContain("id=\"password\"")
                .doesNotContain("Or with a name");
        assertThat(new Visitor(second).logIn("ben", PASSWORD).statusCode()).isNotEqualTo(303);
    }

    @Test
    void whatSomebodyDoesIsUnderANameThatStaysAndTheAuditLogCallsThemByTheirOwn() throws Exception {
        Visitor anna = new Visitor(server);
        logIn(anna, "anna");
        HttpResponse<String> made = anna.post("/", Map.of("csrf", anna.csrf(), "title", "Annas Raum", "make", ""));
        assertThat(database.text("SELECT owner FROM room WHERE title = 'Annas Raum'"))
                .as(made.statusCode() + made.body())
                .startsWith("oidc:")
                .isEqualTo(database.text("SELECT name FROM organiser_identity"));
        assertThat(anna.get("/audit").body()).contains("Anna Łęcka");
        SpringProvider.claims = builder -> builder.claim("name", "Anna Novak");
        Visitor married = new Visitor(server);
        logIn(married, "anna");
        assertThat(married.get("/").body()).contains("Anna Novak", "Annas Raum");
        assertThat(married.get("/audit").body()).contains("Anna Łęcka");
        Visitor other = new Visitor(server);
        SpringProvider.claims = builder -> builder.subject("another anna");
        logIn(other, "anna");
        assertThat(other.get("/").body()).contains("Anna Łęcka").doesNotContain("Annas Raum");
    }

    @Test
    void whoIsInNoGroupIsRefusedInWordsAndLosesSessionsAndTokens() throws Exception {
        Visitor eve = new Visitor(server);
        assertRefused(logIn(eve, "eve"), 403, "in no group that may run votes");
        Visitor anna = new Visitor(server);
        logIn(anna, "anna");
        assertThat(anna.get("/account").statusCode()).isEqualTo(200);
        database.execute("INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at)"
                + " SELECT '\\x00', organiser, false, 'script', now() + interval '1 day' FROM organiser_session");
        SpringProvider.claims = builder -> builder.claim("groups", List.of("staff", "RUN-VOTES"));
        assertRefused(logIn(new Visitor(server), "anna"), 403, "in no group that may run votes");
        assertThat(anna.get("/account").statusCode()).isEqualTo(303);
        assertThat(database.text("SELECT count(*) FROM api_token")).isEqualTo("0");
    }

    @Test
    void whoIsNoAdministratorAnyMoreIsNoneInOlderSessionsToo() throws Exception {
        Visitor root = new Visitor(server);
        logIn(root, "root");
        assertThat(root.get("/account").body()).contains("You may steer all rooms");
        // One group, as some providers name it.
        SpringProvider.claims = builder -> builder.claim("groups", "run-votes");
        logIn(new Visitor(server), "root");
        assertThat(root.get("/account").body()).contains("Rosa Root").doesNotContain("You may steer all rooms");
    }

    @Test
    void aTokenOfTheApiHoldsWhileItsOwnerLogsInNowAndThen() throws Exception {
        logIn(new Visitor(server), "anna");
        String token = "A".repeat(43);
        database.execute(
                "INSERT INTO api_token (token_hash, organiser, administrator, name, expires_at) SELECT sha256('" + token
                        + "'), organiser, false, 'script', now() + interval '1 year' FROM organiser_session");
        assertThat(rooms(token)).isEqualTo(200);
        database.execute("UPDATE organiser_identity SET logged_in_at = now() - interval '31 days'");
        assertThat(rooms(token)).isEqualTo(401);
        database.execute("UPDATE organiser_identity SET logged_in_at = now(), issuer = 'https://another.example'");
        assertThat(rooms(token)).as("of a provider that is set no more").isEqualTo(401);
    }

    private static int rooms(String token) throws IOException {
        return server.get("/api/rooms", "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void anAnswerThatThisBrowserDidNotAskForIsRefused() throws Exception {
        Visitor anna = new Visitor(server);
        String back = comeBack(anna, "anna", "");
        String words = "began in another browser";
        assertRefused(server.get(back), 400, words);
        Visitor victim = new Visitor(server);
        victim.get("/openid");
        assertRefused(victim.get(back), 400, words);
        assertRefused(anna.get(back.replaceAll("state=[^&]+", "state=" + "A".repeat(43))), 400, words);
        assertRefused(anna.get(back.replaceAll("&?state=[^&]+", "")), 400, words);
        assertThat(anna.get(back).statusCode()).as("none of this spoilt it").isEqualTo(200);
    }

    @Test
    void aLogInThatTookTooLongOrWasChangedIsRefused() throws Exception {
        Visitor anna = new Visitor(server);
        String back = comeBack(anna, "anna", "account");
        String cookie = anna.cookies();
        long now = Instant.now().getEpochSecond();
        String later = cookie.replaceAll("\\.\\d+\\.", "." + (now - 5) + ".");
        String elsewhere = cookie.replaceAll("\\.[A-Za-z0-9_-]*$", ".cm9vbXM");
        assertThat(List.of(later, elsewhere)).doesNotContain(cookie);
        for (String changed : List.of(later, elsewhere, cookie.replace("organiser-login=", "organiser-login=x"))) {
            assertRefused(server.get(back, "Cookie", changed), 400, "took longer than ten minutes");
        }
        for (long began : List.of(now - 605, now + 605)) {
            // As if this browser had begun then: with the state of that time.
            String old = cookie.replaceAll("\\.\\d+\\.", "." + began + ".");
            String[] parts = old.replace("organiser-login=", "").split("\\.", 2);
            String state = encoded(hmac(parts[0], "state " + parts[1]));
            assertRefused(
                    server.get(back.replaceAll("state=[^&]+", "state=" + state), "Cookie", old),
                    400,
                    "took longer than ten minutes");
        }
        assertThat(anna.get(back).statusCode()).as("none of this spoilt it").isEqualTo(200);
    }

    @Test
    void aCodeIsGoodForOneLogIn() throws Exception {
        Visitor anna = new Visitor(server);
        String back = comeBack(anna, "anna", "");
        String cookie = anna.cookies();
        assertThat(anna.get(back).statusCode()).isEqualTo(200);
        assertThat(anna.get(back).statusCode())
                .as("the browser has no log-in any more")
                .isEqualTo(400);
        database.execute("TRUNCATE organiser_session");
        assertRefused(server.get(back, "Cookie", cookie), 401, "verify who you are");
        assertThat(server.log()).contains("its token endpoint answered invalid_grant");
    }

    /** The provider holds the code's challenge against the verifier of this browser (RFC 7636). */
    @Test
    void aCodeThatWasStolenFromAnotherBrowserIsRefused() throws Exception {
        Visitor anna = new Visitor(server);
        String stolen = comeBack(anna, "anna", "").replaceAll(".*[?&]code=([^&]+).*", "$1");
        Visitor thief = new Visitor(server);
        String own = comeBack(thief, "eve", "");
        int logged = server.log().length();
        assertRefused(thief.get(own.replaceAll("code=[^&]+", "code=" + stolen)), 401, "verify who you are");
        assertThat(server.log().substring(logged))
                .as("by the provider, before any token")
                .contains("its token endpoint answered invalid_grant");
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                Arguments.of("nonce", claim(one -> one.claim("nonce", "another"))),
                Arguments.of("no nonce", claim(one -> one.claims(all -> all.remove("nonce")))),
                Arguments.of("issuer", claim(one -> one.issuer("http://localhost:1"))),
                Arguments.of("audience", claim(one -> one.audience(List.of("another client")))),
                Arguments.of(
                        "several audiences",
                        claim(one -> one.audience(List.of("votes", "another")).claim("azp", "another"))),
                Arguments.of(
                        "expired",
                        claim(one -> one.issuedAt(Instant.now().minusSeconds(900))
                                .expiresAt(Instant.now().minusSeconds(600)))));
    }

    private static Consumer<JwtClaimsSet.Builder> claim(Consumer<JwtClaimsSet.Builder> change) {
        return change;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void aTokenWithAWrongClaimIsRefusedThoughTheProviderSignedIt(String name, Consumer<JwtClaimsSet.Builder> change)
            throws Exception {
        SpringProvider.claims = change;
        assertRefused(logIn(new Visitor(server), "anna"), 401, "verify who you are");
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                Arguments.of(
                        "groups",
                        tamper(token -> part(token, 0) + "." + asAdministrator(token) + "." + part(token, 2))),
                Arguments.of("alg none", tamper(token -> encoded("{\"alg\":\"none\"}") + "." + part(token, 1) + ".")),
                Arguments.of("signed by the client's secret", tamper(OpenIdLogInIT::signedBySecret)),
                Arguments.of("no signature", tamper(token -> part(token, 0) + "." + part(token, 1) + ".")),
                Arguments.of("no token", tamper(token -> "x")));
    }

    private static UnaryOperator<String> tamper(UnaryOperator<String> change) {
        return change;
    }

    private static String part(String token, int at) {
        return token.split("\\.")[at];
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String asAdministrator(String token) {
        String payload = new String(Base64.getUrlDecoder().decode(part(token, 1)), StandardCharsets.UTF_8);
        assertThat(payload).contains("\"run-votes\"");
        return encoded(payload.replace("\"run-votes\"", "\"run-all-votes\""));
    }

    private static String signedBySecret(String token) {
        String signed = encoded("{\"alg\":\"HS256\"}") + "." + asAdministrator(token);
        return signed + "." + encoded(hmac(SpringProvider.SECRET, signed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void aTokenThatWasTamperedWithIsRefused(String name, UnaryOperator<String> change) throws Exception {
        SpringProvider.tampering = change;
        assertRefused(logIn(new Visitor(server), "anna"), 401, "verify who you are");
    }

    @Test
    void whomTheProviderTurnsAwayIsToldSo() throws Exception {
        Visitor anna = new Visitor(server);
        String state = comeBack(anna, "anna", "").replaceAll(".*[?&]state=([^&]+).*", "$1");
        assertRefused(
                anna.get("/openid-callback?error=access_denied&state=" + state),
                403,
                "The log-in service did not let you in.");
    }

    @Test
    void anAnswerOfAnotherProviderIsRefused() throws Exception {
        Visitor anna = new Visitor(server);
        String back = comeBack(anna, "anna", "");
        assertRefused(
                anna.get(back.replaceAll("&iss=[^&]+", "") + "&iss=https%3A%2F%2Fanother.example"),
                401,
                "verify who you are");
    }

    @Test
    void anAddressIsLimitedAsWithPasswords() throws Exception {
        database.execute("INSERT INTO login_failure VALUES ('address 127.0.0.1', 40, now())");
        assertRefused(logIn(new Visitor(server), "anna"), 429, "Too many attempts");
    }

    @Test
    @Order(LAST)
    void aProviderThatEndsInTheMiddleIsToldAndItsNewKeysAreTakenWhenItIsBack() throws Exception {
        Visitor anna = new Visitor(server);
        String back = comeBack(anna, "anna", "");
        provider.stop();
        assertRefused(anna.get(back), 503, "log-in service does not answer right now");
        assertThat(database.text("SELECT failures FROM login_failure")).isEqualTo("0");
        startProvider();
        assertThat(logIn(anna, "anna").statusCode()).isEqualTo(200);
        assertThat(server.log()).contains("The OpenID provider works again after");
    }
}
