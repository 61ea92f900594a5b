package org.votingapp.vote.voter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.vote.casting.TestPolls;
import org.votingapp.vote.http.TestRequest;
import org.votingapp.vote.http.TestResponse;

/** Who a browser is, whatever the order in which its requests are served and their answers come. */
class VoterCookiesTest {

    private static final String KEY = "k".repeat(32);
    private static final String NEXT_KEY = "n".repeat(32);
    private static final String POLL = "cats-vs-dogs";

    private static final Server COOKIES = cookies(KEY, POLL);

    /** A server of one poll. */
    private record Server(VoterCookies cookies, Poll poll) {

        Optional<KnownVoter> find(HttpServletRequest request) {
            return cookies.find(poll, request);
        }

        KnownVoter give(HttpServletRequest request, HttpServletResponse response) {
            return cookies.give(request, response);
        }

        void renew(KnownVoter voter, HttpServletRequest request, HttpServletResponse response) {
            cookies.renew(voter, request, response);
        }

        void giveReceipt(KnownVoter voter, String choice, HttpServletRequest request, HttpServletResponse response) {
            cookies.giveReceipt(voter, poll, choice, request, response);
        }

        Optional<String> receipt(Cookie... sent) {
            return find(request(sent)).flatMap(voter -> voter.onRecord(poll));
        }
    }

    /** What one step of a browser's, the network's or the server's may be. */
    enum Step {
        OPEN,
        VOTE,
        SERVE_FIRST,
        SERVE_LAST,
        DELIVER_FIRST,
        DELIVER_LAST,
        LOSE,
        RESTORE
    }

    @Property(tries = 5_000)
    void aBrowserThatWasShownAPageIsOneVoterWhateverTheOrderOfAnswers(@ForAll @Size(max = 40) List<Step> steps) {
        Browser browser = new Browser(List.of(COOKIES));
        steps.forEach(browser::take);
        assertThat(browser.voters).hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 2_000)
    void soItIsWhileAKeyIsReplaced(@ForAll @Size(max = 40) List<Step> steps) {
        Browser browser =
                new Browser(List.of(cookies(KEY + "," + NEXT_KEY, POLL), cookies(NEXT_KEY + "," + KEY, POLL)));
        steps.forEach(browser::take);
        assertThat(browser.voters).hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 2_000)
    void soItIsInTwoPollsOfOneInstallation(@ForAll @Size(max = 40) List<Step> steps) {
        Browser browser = new Browser(List.of(COOKIES, cookies(KEY, "tea-vs-coffee")));
        steps.forEach(browser::take);
        assertThat(browser.voters).hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 2_000)
    void soItIsWithACookieOfTheReleaseBefore(@ForAll @Size(max = 40) List<Step> steps) {
        Browser browser = new Browser(List.of(COOKIES));
        VoterId former = new VoterId(1, 2);
        browser.jar.put("voter", signer(KEY).sign(former));
        browser.voters.add(former);
        steps.forEach(browser::take);
        assertThat(browser.voters).containsExactly(former);
    }

    /** Not every client sends cookies in the order in which they came; once a vote is answered the receipt decides. */
    @Property(tries = 2_000)
    void afterAnAnswerToItsVoteABrowserIsOneVoterInWhicheverOrderItSendsItsCookies(
            @ForAll @Size(max = 40) List<Step> steps, @ForAll Random random) {
        Browser browser = new Browser(List.of(COOKIES));
        browser.take(Step.OPEN);
        browser.take(Step.SERVE_LAST);
        browser.take(Step.DELIVER_LAST);
        browser.take(Step.VOTE);
        browser.take(Step.SERVE_LAST);
        browser.take(Step.DELIVER_LAST);
        browser.shuffling = Optional.of(random);
        VoterId late = new VoterId(3, 4);
        browser.apply(given(response -> COOKIES.give(request(new Cookie[0]), response)));
        steps.stream().filter(step -> step != Step.RESTORE).forEach(browser::take);
        assertThat(browser.voters).hasSize(1).doesNotContain(late);
    }

    /** Cookies do not tell ports apart. */
    @Test
    void installationsOnOneHostLeaveEachOthersCookiesAlone() {
        Server neighbour = cookies(NEXT_KEY, POLL);
        Browser browser = new Browser(List.of(COOKIES));
        browser.vote();
        Map<String, String> before = Map.copyOf(browser.jar);

        Cookie[] sent = browser.sent();
        assertThat(neighbour.find(request(sent))).isEmpty();
        browser.apply(given(response -> {
            KnownVoter voter = neighbour.give(request(sent), response);
            neighbour.giveReceipt(voter, "b", request(sent), response);
        }));

        assertThat(browser.jar).containsAllEntriesOf(before).hasSize(2 * before.size());
        assertThat(COOKIES.receipt(browser.sent())).contains("a");
    }

    @Test
    void aBrowserThatVotesInTenPollsKeepsTheReceiptsOfAll() {
        List<Server> polls = IntStream.range(0, 10)
                .mapToObj(poll -> cookies(KEY, "poll-" + poll))
                .toList();
        Browser browser = new Browser(polls);
        polls.forEach(poll -> browser.vote(polls.indexOf(poll)));

        assertThat(browser.voters).hasSize(1);
        assertThat(browser.jar.keySet()).hasSize(2);
        assertThat(polls)
                .allSatisfy(poll -> assertThat(poll.receipt(browser.sent())).contains("a"));
    }

    @Test
    void aReceiptDecidesWhoTheVoterIsAndTheVotersCookieIsPutRight() {
        Browser browser = new Browser(List.of(COOKIES));
        browser.vote();
        VoterId voter = browser.voters.iterator().next();
        browser.jar.keySet().removeIf(name -> name.startsWith("voter-"));
        browser.apply(given(response -> COOKIES.give(request(new Cookie[0]), response)));

        KnownVoter known = COOKIES.find(request(browser.sent())).orElseThrow();
        assertThat(known.id()).isEqualTo(voter);
        assertThat(known.current()).isFalse();
        browser.apply(given(response -> COOKIES.renew(known, request(browser.sent()), response)));

        browser.jar.keySet().removeIf(name -> name.startsWith("receipt-"));
        assertThat(COOKIES.find(request(browser.sent()))).contains(knownWithoutReceipt(voter, true));
    }

    /** So that whoever came back by the receipt of one poll is the same voter in the next one, and in that one again. */
    @Test
    void aReceiptOfAnotherPollTellsTheVoterAndNoChoice() {
        KnownVoter voter = knownWithoutReceipt(new VoterId(1, 2), true);
        Cookie sent = setBy(
                        (request, response) -> cookies(KEY, "tea-vs-coffee").giveReceipt(voter, "b", request, response))
                .findFirst()
                .orElseThrow();

        assertThat(COOKIES.find(request(sent))).contains(known(voter.id(), "tea-vs-coffee", "b", false));
        assertThat(COOKIES.receipt(sent)).isEmpty();
    }

    @Test
    void aReceiptOfTheReleaseBeforeIsHonouredWithItsVoterAlone() {
        VoterId voter = new VoterId(1, 2);
        String[] parts = signer(KEY)
                .sign(new Receipts(voter, List.of(new Receipt(POLL, "a"))))
                .split("\\.");
        Cookie receipt = new Cookie("receipt", parts[0] + "." + parts[3]);
        Cookie other = new Cookie("voter", signer(KEY).sign(new VoterId(1, 3)));
        Cookie own = new Cookie("voter", signer(KEY).sign(voter));

        assertThat(COOKIES.find(request(own, receipt))).contains(known(voter, POLL, "a", false));
        assertThat(COOKIES.find(request(other, own, receipt)).orElseThrow().id())
                .isEqualTo(voter);
        assertThat(COOKIES.receipt(other, receipt)).isEmpty();
        assertThat(COOKIES.find(request(receipt))).isEmpty();
    }

    @Test
    void whereChoicesMayChangeAReceiptTellsWhoTheVoterIsAndNotWhatIsOnRecord() {
        KnownVoter known = known(new VoterId(1, 2), POLL, "a", true);
        assertThat(known.onRecord(TestPolls.catsVsDogs(RevoteRule.CHANGEABLE))).isEmpty();
        assertThat(known.onRecord(TestPolls.catsVsDogs(RevoteRule.FINAL))).contains("a");
    }

    @Test
    void aForgedCookieBesideAGenuineOneHidesNothing() {
        String genuine = signer(KEY).sign(new VoterId(1, 2));
        String name =
                given(response -> COOKIES.give(request(), response)).get(0).split("=")[0];
        for (String forged : List.of("", ".", "x".repeat(300), genuine.substring(0, 30), "B" + genuine.substring(1))) {
            assertThat(COOKIES.find(request(new Cookie(name, forged), new Cookie("voter", genuine))))
                    .contains(knownWithoutReceipt(new VoterId(1, 2), false));
        }
    }

    static Stream<String> forgedVoters() {
        String genuine = signer(KEY).sign(new VoterId(1, 2));
        return Stream.of(
                "x".repeat(300),
                genuine.substring(0, genuine.length() - 1),
                "B" + genuine.substring(1),
                genuine.substring(0, VoterId.LENGTH + 1) + "A".repeat(43),
                genuine.substring(0, VoterId.LENGTH),
                signer(NEXT_KEY).sign(new VoterId(1, 2)),
                "",
                ".",
                "\"\"",
                "%00");
    }

    @ParameterizedTest
    @MethodSource("forgedVoters")
    void aForgedVoterIsNobody(String value) {
        VoterId voter = new VoterId(1, 2);
        String name =
                "voter-" + signer(KEY).marks().get(0) + "-" + voter.toString().substring(VoterId.LENGTH - 6);

        assertThat(COOKIES.find(request(new Cookie(name, signer(KEY).sign(voter)))))
                .contains(knownWithoutReceipt(voter, true));
        assertThat(COOKIES.find(request(new Cookie(name, value)))).isEmpty();
    }

    @Test
    void cookiesLast400DaysAndAreHiddenFromScriptsAndOtherSites() {
        List<String> headers =
                given(response -> COOKIES.giveReceipt(COOKIES.give(request(), response), "a", request(), response));

        assertThat(headers)
                .hasSize(2)
                .allSatisfy(header -> assertThat(attributes(header))
                        .containsExactlyInAnyOrder("Max-Age=34560000", "Path=/", "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void overTlsCookiesAreSecure() {
        List<String> headers = given(response -> {
            HttpServletRequest request = TestRequest.with().overTls();
            COOKIES.giveReceipt(COOKIES.give(request, response), "a", request, response);
        });

        assertThat(headers)
                .hasSize(2)
                .allSatisfy(header -> assertThat(attributes(header)).contains("Secure"));
    }

    private static List<String> attributes(String header) {
        return Stream.of(header.split("; ")).skip(1).toList();
    }

    @Test
    void aCurrentVoterIsGivenNothing() {
        Browser browser = new Browser(List.of(COOKIES));
        browser.vote();
        KnownVoter known = COOKIES.find(request(browser.sent())).orElseThrow();

        assertThat(known.current()).isTrue();
        assertThat(given(response -> COOKIES.renew(known, request(browser.sent()), response)))
                .isEmpty();
    }

    @Test
    void aReceiptIsGivenToWhoCameWithoutIt() {
        KnownVoter voter = known(new VoterId(1, 2), POLL, "a", true);

        assertThat(receiptOf(voter, Optional.of("b")))
                .singleElement()
                .asString()
                .contains("=b.");
        assertThat(receiptOf(voter, Optional.of("a"))).as("the same").isEmpty();
        assertThat(receiptOf(voter, Optional.empty())).as("no choice on record").isEmpty();
    }

    private static List<String> receiptOf(KnownVoter voter, Optional<String> onRecord) {
        return given(
                response -> COOKIES.cookies().giveMissingReceipt(voter, COOKIES.poll(), onRecord, request(), response));
    }

    @Test
    void whoSendsNoCookieIsNobody() {
        assertThat(COOKIES.find(request())).isEmpty();
        assertThat(COOKIES.find(request(new Cookie("other", "x")))).isEmpty();
    }

    @Test
    void ofSeveralVotersTheFirstCountsAndTheOthersAreTakenAway() {
        Cookie[] sent =
                Stream.concat(setBy(COOKIES::give), setBy(COOKIES::give)).toArray(Cookie[]::new);
        VoterId first = signer(KEY).verify(sent[0].getValue()).orElseThrow();

        KnownVoter known = COOKIES.find(request(sent)).orElseThrow();

        assertThat(known).isEqualTo(knownWithoutReceipt(first, false));
        List<String> headers = given(response -> COOKIES.renew(known, request(sent), response));
        assertThat(headers).hasSize(2);
        assertThat(headers.get(0)).startsWith(sent[1].getName() + "=; ");
        assertThat(attributes(headers.get(0))).contains("Max-Age=0", "Path=/");
        assertThat(headers.get(1)).startsWith(sent[0].getName() + "=" + sent[0].getValue() + "; ");
    }

    @Test
    void aVoterOfAFormerKeyIsKnownAndGetsACookieOfTheNewOne() {
        Cookie[] former = setBy(COOKIES::give).toArray(Cookie[]::new);
        Server renewing = cookies(NEXT_KEY + "," + KEY, POLL);

        KnownVoter known = renewing.find(request(former)).orElseThrow();

        assertThat(known.current()).isFalse();
        assertThat(given(response -> renewing.renew(known, request(former), response)))
                .singleElement()
                .asString()
                .startsWith("voter-" + signer(NEXT_KEY).marks().get(0) + "-")
                .contains("=" + signer(NEXT_KEY).sign(known.id()) + "; ");
    }

    private static Stream<Cookie> setBy(BiConsumer<HttpServletRequest, HttpServletResponse> giving) {
        return given(response -> giving.accept(request(), response)).stream()
                .map(header -> header.split("[=;]", 3))
                .map(parts -> new Cookie(parts[0], parts[1]));
    }

    /** One browser, what it has sent, and the servers that it may come to. */
    private static final class Browser {

        private final List<Server> servers;
        private final Random balancing = new Random(1);
        private final List<Message> requests = new ArrayList<>();
        private final List<List<String>> answers = new ArrayList<>();
        /** In the order in which they came; a new value leaves a cookie where it is (RFC 6265, section 5.3, step 11.3). */
        private final Map<String, String> jar = new LinkedHashMap<>();
        /** As whom it has voted, in any poll. */
        private final Set<VoterId> voters = new LinkedHashSet<>();

        private Optional<Random> shuffling = Optional.empty();
        private Map<String, String> saved = Map.of();

        private record Message(boolean vote, Cookie[] cookies) {}

        Browser(List<Server> servers) {
            this.servers = servers;
        }

        void take(Step step) {
            switch (step) {
                case OPEN -> requests.add(new Message(false, sent()));
                case VOTE -> {
                    if (!jar.isEmpty()) {
                        requests.add(new Message(true, sent()));
                    }
                }
                case SERVE_FIRST -> serve(0);
                case SERVE_LAST -> serve(requests.size() - 1);
                case DELIVER_FIRST -> deliver(0);
                case DELIVER_LAST -> deliver(answers.size() - 1);
                case LOSE -> {
                    if (!answers.isEmpty()) {
                        answers.remove(0);
                    }
                }
                case RESTORE -> {
                    // The first time it is kept, as by a backup of the browser; then it comes back.
                    if (saved.isEmpty()) {
                        saved = new LinkedHashMap<>(jar);
                    } else {
                        jar.clear();
                        jar.putAll(saved);
                    }
                }
                default -> throw new AssertionError(step);
            }
        }

        void vote() {
            vote(0);
        }

        void vote(int server) {
            serve(new Message(true, sent()), servers.get(server));
            deliver(0);
        }

        Cookie[] sent() {
            List<Cookie> cookies = new ArrayList<>();
            jar.forEach((name, value) -> cookies.add(new Cookie(name, value)));
            shuffling.ifPresent(random -> Collections.shuffle(cookies, random));
            return cookies.toArray(Cookie[]::new);
        }

        /** What the servlets do with a page and a vote. */
        private void serve(int index) {
            if (requests.isEmpty()) {
                return;
            }
            serve(requests.remove(index), servers.get(balancing.nextInt(servers.size())));
        }

        private void serve(Message message, Server server) {
            HttpServletRequest request = request(message.cookies());
            answers.add(given(response -> {
                Optional<KnownVoter> known = server.find(request);
                known.ifPresent(voter -> server.renew(voter, request, response));
                KnownVoter voter = known.orElseGet(() -> server.give(request, response));
                if (message.vote()) {
                    voters.add(voter.id());
                    server.giveReceipt(voter, "a", request, response);
                }
            }));
        }

        private void deliver(int index) {
            if (!answers.isEmpty()) {
                apply(answers.remove(index));
            }
        }

        void apply(List<String> setCookies) {
            for (String header : setCookies) {
                String[] parts = header.split("[=;]", 3);
                if (header.contains("Max-Age=0")) {
                    jar.remove(parts[0]);
                } else {
                    jar.put(parts[0], parts[1]);
                }
            }
        }
    }

    /** What a servlet does with its response. */
    private interface Answering {
        void with(HttpServletResponse response);
    }

    /** The {@code Set-Cookie} headers that it set. */
    private static List<String> given(Answering answering) {
        TestResponse response = new TestResponse();
        answering.with(response);
        return response.headers("Set-Cookie");
    }

    private static HttpServletRequest request(Cookie... cookies) {
        return TestRequest.with(cookies);
    }

    private static KnownVoter known(VoterId voter, String poll, String choice, boolean current) {
        return new KnownVoter(new Receipts(voter, List.of(new Receipt(poll, choice))), current);
    }

    private static KnownVoter knownWithoutReceipt(VoterId voter, boolean current) {
        return new KnownVoter(Receipts.none(voter), current);
    }

    private static Server cookies(String keys, String poll) {
        return new Server(new VoterCookies(signer(keys)), TestPolls.named(poll));
    }

    private static VoterSigner signer(String keys) {
        Map<String, String> settings = Map.of("voter.key", keys);
        return VoterSigner.read(Settings.from(name -> Optional.ofNullable(settings.get(name))));
    }
}
