package org.votingapp.systemtests.hardening;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.VoterId;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;
import org.votingapp.testsupport.VoterKey;

/** Malformed requests: each gets a clear answer, stores nothing, and shows no internals. */
class BadInputIT {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private final Fortress fortress = Fortress.stands();

    static Stream<Arguments> badVotesByApi() {
        return Stream.of(
                arguments("a number", JSON, "{\"vote\":1}", 400),
                arguments("the field stands there twice", JSON, "{\"vote\":\"a\",\"vote\":\"b\"}", 400),
                arguments("an unknown choice", JSON, "{\"vote\":\"z\"}", 400),
                arguments("an overlong form of a", JSON, "{\"vote\":\"" + bytes(0xC1, 0xA1) + "\"}", 400),
                arguments(
                        "UTF-16",
                        JSON,
                        new String("{\"vote\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16), ISO_8859_1),
                        400),
                arguments("a choice of 60 KB", JSON, "{\"vote\":\"" + "a".repeat(60_000) + "\"}", 400),
                arguments("no body", JSON, "", 400),
                arguments("30,000 lists in each other", JSON, "[".repeat(30_000), 400),
                arguments("a number of 60,000 digits", JSON, "{\"vote\":" + "9".repeat(60_000) + "}", 400),
                arguments("a megabyte", JSON, "{\"vote\":\"" + MEGABYTE + "\"}", 413),
                arguments("another type", "text/plain", "{\"vote\":\"a\"}", 415),
                arguments("a type that is none", "nonsense", "{\"vote\":\"a\"}", 415));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("badVotesByApi")
    void aBadVoteByTheApiHasItsProblemDocument(String name, String type, String body, int status) throws IOException {
        Map<String, String> before = fortress.counts();
        Answer answer = post("/api/votes", Map.of("Content-Type", type), body);
        assertThat(answer.code()).as("%s", answer).isEqualTo(status);
        Answers.isRefusal(answer);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(given -> assertThat(given).startsWith("application/problem+json"));
        assertThat(answer.body()).contains("\"status\":" + status);
        assertThat(fortress.counts()).isEqualTo(before);
    }

    static Stream<Arguments> badVotesByForm() {
        return Stream.of(
                arguments("an unknown choice", FORM, "vote=z", 400),
                arguments("the same field twice", FORM, "vote=a&vote=b", 400),
                arguments("the poll twice", FORM, "vote=a&poll=x&poll=y", 400),
                arguments("the code twice", FORM, "vote=a&code=x&code=y", 400),
                arguments("a poll with an escape that is none", FORM, "vote=a&poll=%zz", 400),
                arguments("a line end", FORM, "vote=a%0d%0aX", 400),
                arguments("bytes that are no UTF-8", FORM, "vote=%ff%fe", 400),
                arguments("an escape that is none", FORM, "vote=%zz", 400),
                arguments("a choice of 60 KB", FORM, "vote=" + "a".repeat(60_000), 400),
                arguments("a megabyte", FORM, "vote=" + MEGABYTE, 413),
                arguments("plain text", "text/plain", "vote=a", 415));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("badVotesByForm")
    void aBadVoteByTheFormHasItsPage(String name, String type, String body, int status) throws IOException {
        Map<String, String> before = fortress.counts();
        Answer answer = post("/", Map.of("Content-Type", type), body);
        assertThat(answer.code()).as("%s", answer).isEqualTo(status);
        Answers.isRefusal(answer);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(given -> assertThat(given).startsWith("text/html"));
        assertThat(fortress.counts()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/votes"})
    void aMegabyteInPiecesIsTooLargeToo(String path) throws IOException {
        StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + typeAt(path) + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int piece = 0; piece < 16; piece++) {
            request.append("10000\r\n").append("x".repeat(0x10000)).append("\r\n");
        }
        Answer answer =
                fortress.vote().send(request.append("0\r\n\r\n").toString().getBytes(ISO_8859_1));
        assertThat(answer.code()).isEqualTo(413);
        Answers.isRefusal(answer);
    }

    static Stream<Arguments> bodiesThatBreakOff() {
        return Stream.of("/", "/api/votes")
                .flatMap(path -> Stream.of(
                        arguments(path, "shorter than its length", "Content-Length: 100", validVote(path)),
                        arguments(path, "a length without a body", "Content-Length: 12", ""),
                        arguments(path, "no last piece", "Transfer-Encoding: chunked", "5\r\nvote=\r\n"),
                        arguments(path, "a piece without a length", "Transfer-Encoding: chunked", "x\r\nvote=a")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bodiesThatBreakOff")
    void aBodyThatBreaksOffIsTheClientsFault(String path, String what, String length, String body) throws IOException {
        Map<String, String> before = fortress.counts();
        long errors = errorsInTheLogs();
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + typeAt(path) + "\r\n" + length
                + "\r\n\r\n";
        Answer answer = fortress.vote().send((head + body).getBytes(ISO_8859_1));
        assertThat(answer.code()).as("%s", answer).isEqualTo(400);
        Answers.isRefusal(answer);
        assertThat(fortress.counts()).isEqualTo(before);
        assertThat(errorsInTheLogs()).isEqualTo(errors);
    }

    /** Searches the consoles, not Liberty's own FFDC files. */
    private long errorsInTheLogs() {
        return fortress.logLines().stream()
                .filter(line -> line.startsWith("[ERROR"))
                .count();
    }

    private static String typeAt(String path) {
        return path.equals("/") ? FORM : JSON;
    }

    private static String validVote(String path) {
        return path.equals("/") ? "vote=a" : "{\"vote\":\"a\"}";
    }

    static Stream<Arguments> foreignPosts() {
        return Stream.of(
                arguments(Map.of("Sec-Fetch-Site", "cross-site", "Origin", "http://localhost")),
                arguments(Map.of("Origin", "https://elsewhere.example")));
    }

    @Test
    void anotherMediaTypeIsRefusedWithTheRightOne() throws IOException {
        assertThat(post("/api/votes", Map.of("Content-Type", "text/plain"), "{\"vote\":\"a\"}")
                        .body())
                .contains("must be of the type application/json");
    }

    @ParameterizedTest
    @MethodSource("foreignPosts")
    void aPostFromAnotherSiteIsRefused(Map<String, String> headers) throws IOException {
        Map<String, String> before = fortress.counts();
        for (String path : List.of("/", "/api/votes")) {
            Map<String, String> all = new HashMap<>(headers);
            all.put("Content-Type", typeAt(path));
            Answer answer = post(path, all, validVote(path));
            assertThat(answer.code()).isEqualTo(403);
            Answers.isRefusal(answer);
        }
        assertThat(fortress.counts()).isEqualTo(before);
    }

    /** A proxy may add the default port, which browsers omit. */
    @ParameterizedTest
    @ValueSource(strings = {"vote.lan", "VOTE.LAN:443"})
    void aPostFromThisHostIsTakenWhicheverDefaultPortAProxyAdds(String host) throws IOException {
        Map<String, String> headers = Map.of(
                "Content-Type", JSON, "Host", host, "Origin", "http://vote.lan", "X-Forwarded-For", "192.0.2.120");
        assertThat(post("/api/votes", headers, "{\"vote\":\"a\"}").code()).isEqualTo(201);
    }

    /** An operator finds both values in one line, logged once. */
    @Test
    void theLogNamesTheOriginAndWhatItIsComparedTo() throws IOException {
        for (int post = 0; post < 20; post++) {
            post("/", Map.of("Content-Type", FORM, "Origin", "http://other.lan", "Host", "vote.lan"), "vote=a");
        }
        assertThat(fortress.logLines())
                .filteredOn(line -> line.contains("A post was refused (403), since Origin "))
                .isNotEmpty()
                .hasSizeLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "PUT", "DELETE", "PATCH", "PROPFIND", "POST"})
    void whatIsNotThereTakesNoMethod(String method) throws IOException {
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            Answer answer = server.send(RawHttp.request(method, "/nothing", Map.of(), new byte[0]));
            assertThat(answer.code()).as("%s", answer).isEqualTo(404);
            Answers.isRefusal(answer);
        }
    }

    static Stream<Arguments> methodsOfAddresses() {
        Fortress fortress = Fortress.stands();
        return Stream.of(
                arguments(fortress.vote(), "/", "GET, HEAD, POST, OPTIONS"),
                arguments(fortress.vote(), "/api/votes", "POST, OPTIONS"),
                arguments(fortress.vote(), "/api/poll", "GET, HEAD, OPTIONS"),
                arguments(fortress.vote(), "/assets/voting.css", "GET, HEAD, OPTIONS"),
                arguments(fortress.result(), "/", "GET, HEAD, OPTIONS"),
                arguments(fortress.result(), "/api/results", "GET, HEAD, OPTIONS"),
                arguments(fortress.result(), "/api/results.csv", "GET, HEAD, OPTIONS"),
                arguments(fortress.result(), "/api/results/stream", "GET, HEAD, OPTIONS"),
                arguments(fortress.result(), "/present", "GET, HEAD, OPTIONS"),
                arguments(fortress.result(), "/vote-code.svg", "GET, HEAD, OPTIONS"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("methodsOfAddresses")
    void anAddressTellsTheMethodsThatItTakesAndRefusesAllOthers(RawHttp server, String path, String allow)
            throws IOException {
        Answer asked = server.send(RawHttp.request("OPTIONS", path, Map.of(), new byte[0]));
        assertThat(asked.code()).isEqualTo(200);
        assertThat(asked.header("Allow")).hasValue(allow);
        for (String method : List.of("GET", "POST", "BREW", "PUT", "DELETE", "PATCH", "PROPFIND")) {
            if (!allow.contains(method)) {
                Answer refused = server.send(RawHttp.request(method, path, Map.of(), new byte[0]));
                assertThat(refused.code()).as("%s: %s", method, refused).isEqualTo(405);
                assertThat(refused.header("Allow")).as(method).hasValue(allow);
                Answers.isRefusal(refused);
            }
        }
    }

    /** Liberty refuses it before any application. */
    @Test
    void aTraceIsRefused() throws IOException {
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            Answers.isRefusal(server.send(RawHttp.request("TRACE", "/", Map.of("Cookie", "x=secret"), new byte[0])));
        }
    }

    static Stream<Arguments> oddRequests() {
        String manyHeaders = IntStream.range(0, 5_000)
                .mapToObj(number -> "X-" + number + ": y\r\n")
                .collect(Collectors.joining());
        return Stream.of(
                arguments("5,000 headers", "GET / HTTP/1.1\r\nHost: localhost\r\n" + manyHeaders + "\r\n"),
                arguments("a header of a megabyte", "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + MEGABYTE + "\r\n\r\n"),
                arguments(
                        "a cookie of a megabyte",
                        "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: voter=" + MEGABYTE + "\r\n\r\n"),
                arguments("a path of a megabyte", "GET /" + MEGABYTE + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("a path that is not there", "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("a NUL in the path", "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("half an escape in the path", "GET /%4 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("bytes in the path that are no UTF-8", "GET /%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("a path that is none", "GET /api/[ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("a host that is none", "GET /api/nothing HTTP/1.1\r\nHost: local%st\r\n\r\n"),
                arguments("the way up", "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments(
                        "the way up, written otherwise",
                        "GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("the way up in assets", "GET /assets/../WEB-INF/web.xml HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("what is not for clients", "GET /WEB-INF/web.xml HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("a source of a page", "GET /WEB-INF/layout.xhtml HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                arguments("no host", "GET /nothing HTTP/1.1\r\n\r\n"),
                arguments("a line that is no request", "nonsense\r\n\r\n"),
                arguments("a length that is none", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"),
                arguments("a negative length", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"));
    }

    /** By a client error or a closed connection, never by a server error. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("oddRequests")
    void anOddRequestIsRefusedOnBothServers(String name, String request) throws IOException {
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            Answer answer = server.send(request.getBytes(ISO_8859_1));
            Answers.tellNothingOfTheInsides(answer);
            if (answer.status().isPresent()) {
                assertThat(answer.code()).as("%s", answer).isBetween(400, 499);
            }
            assertThat(server.get("/").code()).isEqualTo(200);
        }
    }

    /** Apache, Envoy and Tomcat accept a hundred; proxies and meshes add many. */
    @Test
    void aHundredHeaderFieldsAreAcceptedAndMoreAreRefusedWithAReason() throws IOException {
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            assertThat(server.send(withFields("/", 100)).code()).isEqualTo(200);
            for (int fields : List.of(101, 120)) {
                Answer page = server.send(withFields("/", fields));
                assertThat(page.code()).as("%s", page).isEqualTo(431);
                assertThat(page.body()).contains("more header fields than we accept");
                assertThat(page.header("Content-Security-Policy")).isPresent();
                Answer problem = server.send(withFields("/api/nothing", fields));
                assertThat(problem.code()).isEqualTo(431);
                assertThat(problem.header("Content-Type")).hasValue("application/problem+json");
            }
        }
        assertThat(fortress.logLines())
                .filteredOn(line -> line.contains("A request with 101 header fields was refused (431)"))
                .as("one of each server, in its two logs")
                .hasSizeBetween(2, 4);
    }

    /** Liberty answers these before any application. */
    @Test
    void refusalsByLibertyItselfHaveSecurityHeaders() throws IOException {
        String longField = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9_000) + "\r\n\r\n";
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            for (byte[] request : List.of(withFields("/", 200), longField.getBytes(ISO_8859_1))) {
                Answer answer = server.send(request);
                Answers.isRefusal(answer);
                assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
                assertThat(answer.header("Content-Security-Policy")).isPresent();
            }
        }
    }

    private static byte[] withFields(String path, int fields) {
        return IntStream.range(1, fields)
                .mapToObj(number -> "X-" + number + ": y\r\n")
                .collect(Collectors.joining("", "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n", "\r\n"))
                .getBytes(ISO_8859_1);
    }

    @Test
    void aForgedVoterCookieMakesANewVoter() throws IOException {
        long before = System.currentTimeMillis();
        String genuine = fortress.key().value(new VoterId(1, 2));
        String cookie = fortress.key().cookie(new VoterId(1, 2));
        String name = cookie.substring(0, cookie.indexOf('=') + 1);
        List<String> forged = List.of(
                "B" + genuine.substring(1),
                genuine.substring(0, 22),
                new VoterKey("another key than the one of the server").value(new VoterId(1, 2)),
                "",
                "\"\"",
                "%00");
        int host = 0;
        for (String value : forged) {
            Map<String, String> headers =
                    Map.of("Content-Type", JSON, "Cookie", name + value, "X-Forwarded-For", "192.0.2." + host++);
            Answer answer = post("/api/votes", headers, "{\"vote\":\"a\"}");
            assertThat(answer.code()).as("%s: %s", value, answer).isEqualTo(201);
            String given = answer.all("Set-Cookie")
                    .filter(header -> header.startsWith("voter-"))
                    .findFirst()
                    .orElseThrow();
            VoterId newcomer = VoterId.parse(given.substring(name.length(), name.length() + VoterId.LENGTH))
                    .orElseThrow();
            assertThat(newcomer).isNotEqualTo(new VoterId(1, 2));
            assertThat(newcomer.high() >>> 16).as("when it came").isBetween(before, System.currentTimeMillis());
        }
    }

    @Test
    void aReceiptProvesVoterAndChoiceAndCannotBeForged() throws IOException {
        Answer vote = post("/api/votes", Map.of("Content-Type", JSON), "{\"vote\":\"a\"}");
        List<String> cookies =
                vote.all("Set-Cookie").map(cookie -> cookie.split(";", 2)[0]).toList();
        String voter = only(cookies, "voter-");
        String receipt = only(cookies, "receipt-");
        String chosen = "data-choice=\"a\"";

        Answer own = fortress.vote().get("/", Map.of("Cookie", voter + "; " + receipt));
        assertThat(own.body()).contains(chosen);
        assertThat(own.all("Set-Cookie")).isEmpty();

        // The receipt alone names the voter. A contradicting voter cookie is replaced.
        String other = fortress.key().cookie(new VoterId(1, 2));
        for (String beside : List.of(other, voter.substring(0, voter.indexOf('.')), "voter=", "")) {
            Answer answer = fortress.vote().get("/", Map.of("Cookie", beside + "; " + receipt));
            assertThat(answer.body()).as(beside).contains(chosen);
            if (beside.equals(other)) {
                assertThat(answer.all("Set-Cookie"))
                        .anyMatch(cookie -> cookie.startsWith(voter))
                        .anyMatch(cookie -> cookie.startsWith(other.split("=")[0] + "=; Max-Age=0"));
            }
        }
        for (String forged : List.of("b" + receipt.split("=a")[1], receipt.substring(0, receipt.length() - 1), "")) {
            Answer answer = fortress.vote().get("/", Map.of("Cookie", receipt.split("=")[0] + "=" + forged));
            assertThat(answer.body()).as(forged).doesNotContain(chosen);
            assertThat(answer.all("Set-Cookie")).as("a new voter").anyMatch(cookie -> cookie.startsWith("voter-"));
        }
    }

    private static String only(List<String> cookies, String start) {
        List<String> found =
                cookies.stream().filter(cookie -> cookie.startsWith(start)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void noInputCanSplitALogLine() throws IOException {
        String mark = "FORGED-LINE";
        String raw = "\n" + mark + "\r\n" + mark;
        String json = "\\n" + mark + "\\r\\n" + mark + "\\u2028" + mark + "\\u0085" + mark;
        String escaped = "%0a" + mark + "%0d%0a" + mark;
        post("/api/votes", Map.of("Content-Type", JSON), "{\"vote\":\"" + json + "\"}");
        post("/api/votes", Map.of("Content-Type", JSON), "{\"vote\":\"" + raw + "\"}");
        post("/", Map.of("Content-Type", FORM), "vote=" + escaped);
        post("/", Map.of("Content-Type", FORM, "Cookie", "voter=" + escaped), "vote=a" + escaped);
        for (RawHttp server : List.of(fortress.vote(), fortress.result())) {
            server.get("/" + escaped);
            server.get("/api/" + escaped, Map.of("Accept", escaped, "User-Agent", escaped));
            server.get("/", Map.of("X-Forwarded-For", escaped, "X-Forwarded-Proto", escaped));
            server.send(("GET / HTTP/1.1\r\nHost: localhost\r\nX: \n" + mark + "\r\n\r\n").getBytes(ISO_8859_1));
            server.send(("BREW" + escaped + " / HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1));
        }
        assertThat(fortress.logLines()).isNotEmpty().noneMatch(line -> line.startsWith(mark));
    }

    @Test
    void theResultServerAnswersOddQuestionsAsPlainOnes() throws IOException {
        RawHttp result = fortress.result();
        assertThat(result.get("/api/results?x=%00&x=y").code()).isEqualTo(200);
        assertThat(result.get("/api/results?x=[|{^\"").code()).isEqualTo(200);
        assertThat(result.get("/api/results", Map.of("If-None-Match", "nonsense"))
                        .code())
                .isIn(200, 400);
        assertThat(result.get("/api/results", Map.of("Accept", "application/xml"))
                        .code())
                .isEqualTo(200);
        assertThat(result.get("/api/results", Map.of("Range", "bytes=5-1")).code())
                .isEqualTo(200);
        assertThat(result.get("/api/results/stream", Map.of("Last-Event-ID", "nonsense"))
                        .code())
                .isEqualTo(200);
        assertThat(result.get("/api/nothing").code()).isEqualTo(404);
        assertThat(result.post("/api/results", Map.of("Content-Type", JSON), "{}")
                        .code())
                .isEqualTo(405);
    }

    private Answer post(String path, Map<String, String> headers, String body) throws IOException {
        boolean bytes = body.chars().allMatch(character -> character < 0x100);
        return fortress.vote().send(RawHttp.request("POST", path, headers, body.getBytes(bytes ? ISO_8859_1 : UTF_8)));
    }

    private static String bytes(int... values) {
        StringBuilder text = new StringBuilder();
        IntStream.of(values).forEach(value -> text.append((char) value));
        return text.toString();
    }
}
