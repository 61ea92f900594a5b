package org.votingapp.systemtests.hardening;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;

/** Random and damaged requests are answered or refused, and never cause a server error. */
class RandomInputIT {

    private static final int TRIES = 150;
    private static final int FUZZ_TRIES = 300;
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");

    private final Fortress fortress = Fortress.stands();

    @Property(tries = TRIES)
    void noOtherJsonIsAVote(@ForAll @From("otherJson") String document) throws IOException {
        refuses("/api/votes", JSON, document.getBytes(UTF_8));
    }

    @Property(tries = TRIES)
    void noOtherTextIsAChoice(@ForAll @StringLength(max = 300) String choice) throws IOException {
        JsonObject vote = new JsonObject();
        vote.addProperty("vote", choice + "!");
        refuses("/api/votes", JSON, vote.toString().getBytes(UTF_8));
    }

    @Property(tries = TRIES)
    void noBytesThatAreNoVoteAreTakenByTheApi(@ForAll @Size(max = 200) byte[] body) throws IOException {
        refuses("/api/votes", JSON, body);
    }

    @Property(tries = TRIES)
    void noBytesThatAreNoVoteAreTakenByTheForm(@ForAll @Size(max = 200) byte[] body) throws IOException {
        refuses("/", FORM, body);
    }

    /** Valid requests with some bytes changed, removed or inserted. Many are still valid. */
    @Property(tries = FUZZ_TRIES)
    void aDamagedRequestCausesNoServerError(@ForAll @From("requests") byte[] request, @ForAll long damage)
            throws IOException {
        byte[] damaged = damaged(request, new Random(damage));
        for (RawHttp server : new RawHttp[] {fortress.vote(), fortress.result()}) {
            Answer answer = server.send(damaged);
            Answers.tellNothingOfTheInsides(answer);
            // 505: the damage hit the HTTP version.
            assertThat(answer.code()).as("%s", answer).matches(status -> status < 500 || status == 505);
        }
    }

    private void refuses(String path, Map<String, String> headers, byte[] body) throws IOException {
        Map<String, String> before = fortress.counts();
        Answer answer = fortress.vote().send(RawHttp.request("POST", path, headers, body));
        Answers.isRefusal(answer);
        assertThat(fortress.counts()).isEqualTo(before);
    }

    @Provide
    Arbitrary<String> otherJson() {
        Arbitrary<JsonElement> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(text -> new JsonPrimitive("!" + text)),
                Arbitraries.doubles().map(JsonPrimitive::new),
                Arbitraries.longs().map(JsonPrimitive::new),
                Arbitraries.of(true, false).map(JsonPrimitive::new),
                Arbitraries.just(JsonNull.INSTANCE));
        Arbitrary<JsonElement> any = Arbitraries.lazyOf(
                () -> leaf, () -> leaf, () -> leaf.list().ofMaxSize(4).map(RandomInputIT::array), () -> object(leaf));
        return Arbitraries.oneOf(any, object(any)).map(JsonElement::toString);
    }

    private static JsonElement array(Iterable<JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    private static Arbitrary<JsonElement> object(Arbitrary<JsonElement> values) {
        Arbitrary<String> names = Arbitraries.of("vote", "Vote", "choice", "", "\u0000", "__proto__");
        return net.jqwik.api.Combinators.combine(names, values)
                .as(Tuple::of)
                .list()
                .ofMaxSize(3)
                .map(members -> {
                    JsonObject object = new JsonObject();
                    members.forEach(member -> object.add(member.get1(), member.get2()));
                    return object;
                });
    }

    @Provide
    Arbitrary<byte[]> requests() {
        String cookie = fortress.key().cookie(new org.votingapp.poll.VoterId(3, 4));
        Map<String, String> json = Map.of("Content-Type", "application/json", "Cookie", cookie);
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie);
        return Arbitraries.of(
                RawHttp.request("POST", "/api/votes", json, "{\"vote\":\"a\"}".getBytes(UTF_8)),
                RawHttp.request("POST", "/", form, "vote=a".getBytes(UTF_8)),
                RawHttp.request("GET", "/", Map.of("Cookie", cookie), new byte[0]),
                RawHttp.request("GET", "/api/poll", Map.of("Accept", "application/json"), new byte[0]),
                RawHttp.request("GET", "/api/results", Map.of("If-None-Match", "\"0\""), new byte[0]),
                RawHttp.request("GET", "/api/results.csv", Map.of("Accept", "text/csv"), new byte[0]));
    }

    private static byte[] damaged(byte[] request, Random random) {
        StringBuilder text = new StringBuilder(new String(request, ISO_8859_1));
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0x100));
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, (char) random.nextInt(0x100));
            }
        }
        return text.toString().getBytes(ISO_8859_1);
    }
}
