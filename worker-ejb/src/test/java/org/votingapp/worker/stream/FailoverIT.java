package org.votingapp.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.EmbeddedRedis;
import org.votingapp.worker.Forwarder;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/** The stream, when the Redis that it is on becomes a replica and another one takes its place. */
class FailoverIT {

    private EmbeddedRedis first;
    private EmbeddedRedis second;
    private Forwarder address;
    private RedisClient redis;
    private BallotStream stream;

    @BeforeEach
    void start() throws Exception {
        first = new EmbeddedRedis(Path.of("target", "it"));
        second = new EmbeddedRedis(Path.of("target", "it"));
        address = new Forwarder(first.port());
        redis = TestedRedis.clientOf(address.port(), 2);
        stream = new RedisBallotStream(redis, "tested");
    }

    @AfterEach
    void stop() throws IOException {
        redis.close();
        address.close();
        second.close();
        first.close();
    }

    private void failOver() {
        try (RedisClient administrator = RedisClient.create("localhost", first.port())) {
            administrator.executeCommand(
                    new CommandArguments(Command.REPLICAOF).addObjects("localhost", String.valueOf(second.port())));
        }
        address.leadTo(second.port());
    }

    private static EntryId put(RedisClient redis) {
        return EntryId.parse(redis.xadd(RedisNames.BALLOTS, StreamEntryID.NEW_ENTRY, Map.of("choice", "a"))
                .toString());
    }

    @Test
    void whoeverFindsItReadOnlyIsOnTheNewOneAfterwards() throws Exception {
        stream.pending(EntryId.ZERO, 1);
        // As several loops, health and metrics leave them.
        redis.getPool().addObjects(3);
        failOver();

        assertThatThrownBy(() -> stream.unseen(1))
                .isInstanceOf(StoreAwayException.class)
                .hasMessageStartingWith("READONLY");
        stream.unseen(1);
        EntryId entry = put(redis);
        assertThat(stream.unseen(1).entries()).extracting(StreamEntry::id).containsExactly(entry);
        stream.acknowledge(List.of(entry), List.of());
        try (RedisClient there = RedisClient.create("localhost", second.port())) {
            assertThat(there.xlen(RedisNames.BALLOTS)).isZero();
        }
    }

    @Test
    void aScriptThatFindsItReadOnlyDoesTheSame() throws Exception {
        stream.unseen(1);
        EntryId entry = put(redis);
        stream.unseen(1);
        failOver();

        assertThatThrownBy(() -> stream.acknowledge(List.of(entry), List.of()))
                .isInstanceOf(StoreAwayException.class)
                .hasMessageContaining("READONLY");
        assertThat(redis.getPool().getNumIdle()).isZero();
    }
}
