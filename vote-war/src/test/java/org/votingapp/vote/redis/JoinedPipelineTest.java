package org.votingapp.vote.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.redis.RedisAddress;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.embedded.RedisServer;

class JoinedPipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private RedisServer server;
    private RedisClient redis;
    private JoinedPipeline pipeline;
    private Thread running;

    @BeforeEach
    void open() throws IOException {
        int port = freePort();
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("dir " + folder)
                .build();
        server.start();
        redis = RedisConnections.open(
                new RedisAddress("127.0.0.1", port, false, Optional.empty(), Optional.empty()), PATIENCE);
        pipeline = new JoinedPipeline(redis);
        running = new Thread(pipeline, "pipeline");
        running.start();
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        pipeline.stop();
        running.join(PATIENCE.toMillis());
        redis.close();
        server.stop();
    }

    @Test
    void afterAnErrorTheNextCommandIsSent() throws Exception {
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> answer(commands -> {
                    throw error;
                }))
                .hasRootCause(error);

        assertThat(connection()).isNotNull();
    }

    @Test
    void aConnectionThatHasSentHalfOfSomethingIsNotUsedAgain() throws Exception {
        Object before = connection();
        assertThatThrownBy(() -> answer(commands -> {
                    commands.exists("key");
                    throw new IllegalStateException("what follows would read the answer to this");
                }))
                .hasRootCauseInstanceOf(IllegalStateException.class);

        assertThat(connection()).isNotEqualTo(before);
    }

    /** Redis keeps the connections of a node that becomes a replica; new ones may lead elsewhere. */
    @Test
    void aConnectionToANodeThatBecameAReplicaIsNotUsedAgain() throws Exception {
        Object before = connection();
        answer(commands -> commands.sendCommand(Command.REPLICAOF, "127.0.0.1", "1"));
        assertThat(connection()).as("reading is no reason").isEqualTo(before);

        assertThatThrownBy(() -> answer(commands -> commands.set("key", "value")))
                .hasMessageContaining("READONLY");
        assertThat(connection()).isNotEqualTo(before);
    }

    @Test
    void aConnectionToANodeThatBecameAReplicaIsNotUsedAgainForAScript() throws Exception {
        Object before = connection();
        answer(commands -> commands.sendCommand(Command.REPLICAOF, "127.0.0.1", "1"));

        assertThatThrownBy(() -> answer(commands -> commands.eval("return redis.call('SET', 'key', 'value')")))
                .hasMessageContaining("READONLY");
        assertThat(connection()).isNotEqualTo(before);
    }

    private Object connection() throws Exception {
        return answer(commands -> commands.sendCommand(Command.CLIENT, "ID"));
    }

    private <T> T answer(Function<Pipeline, Response<T>> command) throws Exception {
        return pipeline.submit(command).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Below those that the kernel hands out to clients. */
    private static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try (ServerSocket free =
                    new ServerSocket(ThreadLocalRandom.current().nextInt(15_000, 30_000))) {
                return free.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port between 15000 and 30000");
    }
}
