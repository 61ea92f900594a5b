package org.votingapp.vote.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.stream.JsonParserFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.vote.api.VoteRequest.MalformedVoteException;

class VoteRequestTest {

    private final JsonParserFactory parsers = Json.createParserFactory(Map.of());

    @Test
    void aVoteIsRead() throws MalformedVoteException {
        assertThat(VoteRequest.parse("{\"vote\":\"a\"}", parsers)).isEqualTo(new VoteRequest("a", ""));
        assertThat(VoteRequest.parse(" {\"x\":[1],\"vote\":\"\\u0062\"} ", parsers))
                .isEqualTo(new VoteRequest("b", ""));
    }

    @Test
    void aVoteWithACodeIsRead() throws MalformedVoteException {
        assertThat(VoteRequest.parse("{\"vote\":\"a\",\"code\":\"7KXT4M\"}", parsers))
                .isEqualTo(new VoteRequest("a", "7KXT4M"));
    }

    /** Whether the poll has such an option is not asked here. */
    @Test
    void aChoiceIsReadAsItStands() throws MalformedVoteException {
        for (String choice : List.of("", "z", "A", "a ", "a".repeat(60_000))) {
            assertThat(VoteRequest.parse("{\"vote\":\"" + choice + "\"}", parsers))
                    .isEqualTo(new VoteRequest(choice, ""));
        }
        assertThat(VoteRequest.parse("{\"vote\":\"a\\u0000\"}", parsers)).isEqualTo(new VoteRequest("a\0", ""));
        assertThat(VoteRequest.parse("{\"vote\":\"\\ud800\"}", parsers)).isEqualTo(new VoteRequest("\ud800", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The body is not JSON",
                "vote=a|The body is not JSON",
                "{\"vote\":\"a\"|The body is not JSON",
                "{\"vote\":\"a\"}x|The body is not JSON",
                "{\"vote\":\"a\"} {}|The body is not JSON",
                "{\"vote\":\"a\"}{\"vote\":\"b\"}|The body is not JSON",
                "{\"vote\":\"a\0\"}|The body is not JSON",
                "\"a\"|The body is not an object but string",
                "[\"a\"]|The body is not an object but array",
                "{}|\"vote\" is missing",
                "{\"vote\":\"a\",\"vote\":\"b\"}|\"vote\" stands there more than once",
                "{\"vote\":\"a\",\"x\":{\"vote\":1},\"vote\":\"a\"}|\"vote\" stands there more than once",
                "{\"vote\":\"a\",\"code\":\"1\",\"code\":\"2\"}|\"code\" stands there more than once",
                "{\"vote\":\"a\",\"code\":7}|\"code\" is not a string but number",
                "{\"Vote\":\"a\"}|\"vote\" is missing",
                "{\"vote\":null}|\"vote\" is not a string but null",
                "{\"vote\":1}|\"vote\" is not a string but number",
                "{\"vote\":[\"a\"]}|\"vote\" is not a string but array",
                "{\"vote\":{\"a\":1}}|\"vote\" is not a string but object",
            })
    void whatIsNoVoteIsRefusedWithWhatIsWrongAndWhatWouldBeRight(String body, String wrong) {
        assertThatThrownBy(() -> VoteRequest.parse(body, parsers))
                .isInstanceOf(MalformedVoteException.class)
                .hasMessageStartingWith(wrong)
                .hasMessageEndingWith("; the body must be a JSON object such as {\"vote\":\"a\"}");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> VoteRequest.parse("[".repeat(60_000), parsers))
                .isInstanceOf(MalformedVoteException.class);
    }

    @Test
    void nestingThatIsTooDeepForTheStackIsRefused() throws Exception {
        CompletableFuture<VoteRequest> parsed = new CompletableFuture<>();
        Runnable parse = () -> {
            try {
                parsed.complete(VoteRequest.parse("[".repeat(30_000), parsers));
            } catch (Throwable refused) {
                parsed.completeExceptionally(refused);
            }
        };
        long smallest = 1;
        new Thread(null, parse, "small stack", smallest).start();
        assertThatThrownBy(parsed::get).hasCauseInstanceOf(MalformedVoteException.class);
    }

    @Test
    void aNumberOf60000DigitsIsRefused() {
        assertThatThrownBy(() -> VoteRequest.parse("{\"vote\":" + "9".repeat(60_000) + "}", parsers))
                .isInstanceOf(MalformedVoteException.class);
    }

    @Property
    void anyTextIsEitherAVoteOrRefused(@ForAll String body) {
        try {
            assertThat(VoteRequest.parse(body, parsers).choice()).isNotNull();
        } catch (MalformedVoteException refused) {
            assertThat(refused.getMessage()).contains("the body must be");
        }
    }
}
