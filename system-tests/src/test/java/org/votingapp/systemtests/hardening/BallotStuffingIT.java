package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;

/** Votes per client address and minute, and whose X-Forwarded-For counts. */
class BallotStuffingIT {

    private static final String LIMITED = "203.0.113.7";

    private final Fortress fortress = Fortress.stands();
    private final RawHttp proxy = new RawHttp(fortress.parts().vote().port(), Fortress.PROXY);
    private final RawHttp stranger = new RawHttp(fortress.parts().vote().port(), Fortress.STRANGER);

    @Test
    void anAddressBeyondItsVotesPerMinuteIsRefused() throws IOException {
        for (int vote = 0; vote < Fortress.VOTES_PER_MINUTE; vote++) {
            assertThat(cast(proxy, LIMITED).code()).isEqualTo(201);
        }
        Map<String, String> before = fortress.counts();

        Answer answer = cast(proxy, LIMITED);
        assertThat(answer.code()).isEqualTo(429);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 60);

        Answer page = proxy.post("/", form(LIMITED), "vote=a");
        assertThat(page.code()).isEqualTo(429);
        assertThat(Integer.parseInt(page.header("Retry-After").orElseThrow())).isBetween(1, 60);
        assertThat(page.body()).contains("data-refusal=\"BUSY\"");

        assertThat(fortress.counts()).isEqualTo(before);
        assertThat(cast(proxy, "203.0.113.8").code()).as("another address").isEqualTo(201);
    }

    /** A peer that is no trusted proxy is counted by its own address. */
    @Test
    void anUntrustedPeersForwardedAddressIsIgnored() throws IOException {
        for (int vote = 0; vote < Fortress.VOTES_PER_MINUTE; vote++) {
            assertThat(cast(stranger, "198.51.100." + vote).code()).isEqualTo(201);
        }
        assertThat(cast(stranger, "198.51.100.200").code()).isEqualTo(429);
    }

    /**
     * If a client sends the header itself, the proxy appends to it. A header with more than the proxy's value does not
     * count: such clients share the proxy's address.
     */
    @Test
    void anAddressThatTheClientAddsToTheProxysIsIgnored() throws IOException {
        int votes = 0;
        while (cast(proxy, "10.1.2." + votes + ", 203.0.113.9").code() == 201) {
            votes++;
            // Twice as many, in case a minute ends meanwhile.
            assertThat(votes).isLessThanOrEqualTo(2 * Fortress.VOTES_PER_MINUTE);
        }
        assertThat(cast(proxy, "10.1.2.250, 203.0.113.9").code()).isEqualTo(429);
    }

    /** A proxy that sets only {@code X-Forwarded-For} passes the client's {@code Forwarded} on unchanged. */
    @Test
    void anAddressInTheForwardedHeaderIsIgnored() throws IOException {
        int votes = 0;
        while (castForwarded("198.51.100." + votes).code() == 201) {
            votes++;
            assertThat(votes).isLessThanOrEqualTo(2 * Fortress.VOTES_PER_MINUTE);
        }
        assertThat(castForwarded("198.51.100.250").code()).isEqualTo(429);
        assertThat(cast(proxy, "203.0.113.11").code()).as("another voter").isEqualTo(201);
    }

    private Answer castForwarded(String claimed) throws IOException {
        Map<String, String> headers = new HashMap<>(json("203.0.113.12"));
        headers.put("Forwarded", "for=" + claimed);
        return proxy.post("/api/votes", headers, "{\"vote\":\"a\"}");
    }

    @Test
    void anInvalidVoteCountsForNoAddress() throws IOException {
        Map<String, String> headers = new HashMap<>(json("203.0.113.10"));
        for (int vote = 0; vote < Fortress.VOTES_PER_MINUTE + 5; vote++) {
            assertThat(proxy.post("/api/votes", headers, "{\"vote\":\"z\"}").code())
                    .isEqualTo(400);
        }
        assertThat(fortress.counts()).containsKey(RedisNames.ACCEPTED);
        assertThat(cast(proxy, "203.0.113.10").code()).isEqualTo(201);
    }

    private static Answer cast(RawHttp client, String forwardedFor) throws IOException {
        return client.post("/api/votes", json(forwardedFor), "{\"vote\":\"a\"}");
    }

    private static Map<String, String> json(String forwardedFor) {
        return Map.of("Content-Type", "application/json", "X-Forwarded-For", forwardedFor);
    }

    private static Map<String, String> form(String forwardedFor) {
        return Map.of("Content-Type", "application/x-www-form-urlencoded", "X-Forwarded-For", forwardedFor);
    }
}
