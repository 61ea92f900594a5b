package org.votingapp.worker.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawRepliesTest {

    private static final String LAST = "18446744073709551615-18446744073709551615";

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<byte[]> strings(String... texts) {
        return Arrays.stream(texts).map(RawRepliesTest::bytes).toList();
    }

    @Test
    void aDeliveryHoldsEntriesAndTheIdsOfDeletedOnes() {
        Object reply = List.of(List.of(
                bytes("{0}:ballots"),
                List.of(
                        List.of(bytes("1-0"), strings("poll", "cats", "poll", "dogs")),
                        Arrays.asList(bytes(LAST), null))));

        List<StreamEntry.Field> fields =
                List.of(new StreamEntry.Field("poll", "cats"), new StreamEntry.Field("poll", "dogs"));
        assertThat(RawReplies.delivery(reply))
                .isEqualTo(new Delivery(
                        List.of(new StreamEntry(new EntryId(1, 0), fields)), List.of(new EntryId(-1, -1))));
    }

    @Test
    void aReplyWithoutAStreamIsAnEmptyDelivery() {
        assertThat(RawReplies.delivery(null)).isEqualTo(Delivery.NONE);
    }

    @Test
    void aClaimHoldsItsCursorAndIds() {
        assertThat(RawReplies.claim(List.of(bytes("7-1"), strings("5-0", LAST), List.of())))
                .isEqualTo(new BallotStream.Claim(new EntryId(7, 1), List.of(new EntryId(5, 0), new EntryId(-1, -1))));
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        assertThat(RawReplies.text(new byte[] {'a', (byte) 0xff})).isEqualTo("a\uFFFD");
    }
}
