package org.votingapp.vote.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.vote.http.RequestBody.RefusedException;

class RequestBodyTest {

    private static final String JSON = "application/json";

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"vote\":\"a\"}", "猫\0"})
    void utf8IsText(String text) throws Exception {
        assertThat(RequestBody.of(text.getBytes(UTF_8)).text()).isEqualTo(text);
    }

    static Stream<Arguments> otherBytes() {
        return Stream.of(
                arguments("half a surrogate pair", HexFormat.of().parseHex("22eda08022")),
                arguments("an overlong form of a", HexFormat.of().parseHex("22c1a122")),
                arguments("UTF-16", "{\"vote\":\"a\"}".getBytes(UTF_16)),
                arguments("half a character", HexFormat.of().parseHex("e78c")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherBytes")
    void otherBytesAreNoText(String name, byte[] bytes) {
        assertThatThrownBy(() -> RequestBody.of(bytes).text()).isInstanceOf(CharacterCodingException.class);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(RequestBody.cutOff(null), 400, 0),
                arguments(RequestBody.tooSlow(null), 408, 0),
                arguments(RequestBody.tooLarge(), 413, 0),
                arguments(RequestBody.oneTooMany(), 503, 10));
    }

    /** Only who came at a bad moment is asked to come again. */
    @ParameterizedTest
    @MethodSource("refusals")
    void aBodyThatIsRefusedHasItsStatus(RequestBody refused, int status, int retryAfterSeconds) {
        assertThatThrownBy(refused::text).isInstanceOfSatisfying(RefusedException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.retryAfterSeconds()).isEqualTo(retryAfterSeconds);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON", "application/json;charset=utf-8", " application/json ; x"
            })
    void theMediaTypeIsComparedWithoutItsCaseAndParameters(String type) {
        assertThat(RequestBody.isOf(JSON, TestRequest.post("/").header("Content-Type", type)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "nonsense",
                "text/plain",
                "text/json",
                "application/jsonp",
                "application/problem+json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json"
            })
    void anotherMediaTypeIsNot(String type) {
        assertThat(RequestBody.isOf(JSON, TestRequest.post("/").header("Content-Type", type)))
                .isFalse();
    }

    @Test
    void aBodyWithoutAMediaTypeIsOfNone() {
        assertThat(RequestBody.isOf(JSON, TestRequest.post("/"))).isFalse();
    }

    @Test
    void aFormIsNeitherJsonNorPartsNorText() {
        assertThat(Stream.of(FormBody.MEDIA_TYPE, JSON, "multipart/form-data; boundary=b", "text/plain")
                        .filter(type -> RequestBody.isOf(
                                FormBody.MEDIA_TYPE, TestRequest.post("/").header("Content-Type", type))))
                .containsExactly(FormBody.MEDIA_TYPE);
    }
}
