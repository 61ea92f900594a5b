package org.votingapp.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.runtime.redis.CodeHash;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/** What the worker publishes of voter codes to a real Redis. */
class PublishedCodesIT {

    private static final byte[] ONE = {1, 2, 3};
    private static final byte[] OTHER = {4, 5, 6};

    private static TestedRedis server;
    private static RedisClient redis;

    private final PublishedCodes codes = new PublishedCodes(redis);

    @BeforeAll
    static void start() throws IOException {
        server = new TestedRedis();
        redis = server.client();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.flushAll();
    }

    @Test
    void aBatchCountsOnceAllItsCodesAreThere() throws StoreAwayException {
        codes.add("board", "first", List.of(ONE));

        assertThat(codes.have("board", List.of("first", "second"))).isEmpty();

        codes.add("board", "first", List.of(OTHER));
        codes.complete("board", "first");

        assertThat(codes.have("board", List.of("first", "second"))).containsExactly("first");
        assertThat(redis.hgetAll(RedisNames.codes("board")))
                .isEqualTo(
                        Map.of(CodeHash.code(ONE), "first", CodeHash.code(OTHER), "first", "batch:first", CodeHash.IN));
    }

    /** As by a worker that stalled between reading the batch and publishing it. */
    @Test
    void aRevokedBatchStaysRevoked() throws StoreAwayException {
        codes.revoke("board", "first");
        codes.add("board", "first", List.of(ONE));
        codes.complete("board", "first");

        assertThat(redis.hget(RedisNames.codes("board"), "batch:first")).isEqualTo(CodeHash.OUT);
        assertThat(codes.have("board", List.of("first"))).containsExactly("first");
    }

    @Test
    void aBatchIsRevokedAfterItCounted() throws StoreAwayException {
        codes.complete("board", "first");
        codes.revoke("board", "first");

        assertThat(redis.hget(RedisNames.codes("board"), "batch:first")).isEqualTo(CodeHash.OUT);
    }

    /** The rules of its poll, which may close it, follow. */
    @Test
    void aFullRedisTakesCodes() throws StoreAwayException {
        redis.executeCommand(
                new CommandArguments(Command.CONFIG).add("SET").add("maxmemory").add("1"));
        try {
            assertThatThrownBy(() -> redis.set("other", "value")).hasMessageContaining("OOM");
            codes.add("board", "first", List.of(ONE));
        } finally {
            redis.executeCommand(new CommandArguments(Command.CONFIG)
                    .add("SET")
                    .add("maxmemory")
                    .add("0"));
        }
        assertThat(redis.hget(RedisNames.codes("board"), CodeHash.code(ONE))).isEqualTo("first");
    }

    @Test
    void whoHasVotedIsForgottenWithTheCodes() throws StoreAwayException {
        codes.complete("board", "first");
        redis.hset(RedisNames.voters("board"), "v", "a");

        new VotersOnRecord(redis).forget("board");

        assertThat(redis.keys("*")).isEmpty();
    }
}
