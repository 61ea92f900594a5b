package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.systemtests.shared.Count;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntry;

/** Stream entries that no vote server wrote: the worker rejects each with a reason, and the drain goes on. */
class RubbishOnTheStreamIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String POLL = "cats-vs-dogs";

    private final Fortress fortress = Fortress.stands();

    @Test
    void anInvalidEntryIsRejectedWithAReasonAndTheDrainGoesOn() throws IOException, SQLException {
        VoterId honest = new VoterId(77, 78);
        try (Jedis redis = fortress.parts().redis().connect()) {
            Map<String, Map<String, String>> put = new LinkedHashMap<>();
            for (Map<String, String> fields : rubbish()) {
                String id = redis.xadd(RedisNames.BALLOTS, XAddParams.xAddParams(), fields)
                        .toString();
                put.put(id, fields);
            }
            Map<String, String> headers = Map.of(
                    "Content-Type", "application/json",
                    "Cookie", fortress.key().cookie(honest),
                    "X-Forwarded-For", "192.0.2.99");
            assertThat(fortress.vote()
                            .post("/api/votes", headers, "{\"vote\":\"b\"}")
                            .code())
                    .isEqualTo(201);

            Awaitility.await("the drain runs dry").atMost(LIMIT).until(() -> redis.xlen(RedisNames.BALLOTS) == 0);
            assertThat(new Count(fortress.parts()).choiceOf(honest)).contains("b");

            Map<String, StreamEntry> parked =
                    redis.xrange(RedisNames.REJECTED, (StreamEntryID) null, (StreamEntryID) null).stream()
                            .collect(Collectors.toMap(
                                    entry -> entry.getFields().get(RedisNames.SOURCE_ID), entry -> entry));
            assertThat(parked).containsKeys(put.keySet().toArray(String[]::new));
            put.forEach((id, fields) -> {
                Map<String, String> kept = parked.get(id).getFields();
                assertThat(kept).containsAllEntriesOf(fields);
                assertThat(kept.get(RedisNames.REASON))
                        .isNotBlank()
                        .doesNotContain("\n", "\r")
                        .hasSizeLessThan(500);
            });
        }
        assertThat(fortress.logLines()).noneMatch(line -> line.startsWith("FORGED-LINE"));
    }

    private static List<Map<String, String>> rubbish() {
        String voter = new VoterId(5, 6).toString();
        List<Map<String, String>> rubbish = new ArrayList<>();
        rubbish.add(Map.of("x", "y"));
        rubbish.add(Map.of("poll", POLL));
        rubbish.add(Map.of("poll", POLL, "voter", voter));
        rubbish.add(Map.of("poll", POLL, "voter", voter, "choice", "z"));
        rubbish.add(Map.of("poll", POLL, "voter", voter, "choice", ""));
        rubbish.add(Map.of("poll", POLL, "voter", voter, "choice", "\u0000"));
        rubbish.add(Map.of("poll", "no-such-poll", "voter", voter, "choice", "a"));
        rubbish.add(Map.of("poll", "'; DROP TABLE ballot; --", "voter", voter, "choice", "a"));
        rubbish.add(Map.of("poll", POLL, "voter", "nobody", "choice", "a"));
        rubbish.add(Map.of("poll", POLL, "voter", "x".repeat(300), "choice", "a"));
        rubbish.add(Map.of("poll", POLL, "voter", voter.substring(0, 21) + "B", "choice", "a"));
        rubbish.add(Map.of("poll", POLL, "voter", voter, "choice", "x".repeat(100_000)));
        rubbish.add(Map.of("poll", POLL, "voter", voter, "choice", "\r\nFORGED-LINE"));
        return rubbish;
    }
}
