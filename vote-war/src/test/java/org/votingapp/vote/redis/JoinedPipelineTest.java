package org.votingapp.vote.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.votingapp.vote.redis.TestRedis.PATIENCE;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

class JoinedPipelineTest {

    @RegisterExtension
    private final TestRedis redis = new TestRedis();

    private JoinedPipeline pipeline;
    private Thread running;

    @BeforeEach
    void open() {
        pipeline = new JoinedPipeline(redis.client());
        running = new Thread(pipeline, "pipeline");
    }

    @AfterEach
    void close() throws InterruptedException {
        pipeline.stop();
        running.join(PATIENCE.toMillis());
    }

    /** Before the pipeline's thread runs, all that is submitted waits, and so goes together. */
    @Test
    void whatIsOfOneBatchGoesInOneCommand() throws Exception {
        CompletableFuture<String> first = pipeline.submit("a", new Echo("x"));
        CompletableFuture<String> other = pipeline.submit("b", new Echo("y"));
        CompletableFuture<String> second = pipeline.submit("c", new Echo("x"));
        CompletableFuture<String> gone = pipeline.submit("d", new Echo("x"));
        CompletableFuture<Object> single = pipeline.submit(commands -> said(commands, "alone"));
        gone.cancel(false);
        running.start();

        assertThat(soon(first)).isEqualTo("a of x[a, c]");
        assertThat(soon(second)).isEqualTo("c of x[a, c]");
        assertThat(soon(other)).isEqualTo("b of y[b]");
        assertThat(soon(single)).isEqualTo("alone");
    }

    @Test
    void whereTheCommandOfABatchFailsAllOfItAreTold() {
        CompletableFuture<String> first = pipeline.submit("a", new Refused());
        CompletableFuture<String> second = pipeline.submit("b", new Refused());
        CompletableFuture<String> other = pipeline.submit("c", new Echo("x"));
        running.start();

        assertThatThrownBy(() -> soon(first)).hasMessageContaining("refused");
        assertThatThrownBy(() -> soon(second)).hasMessageContaining("refused");
        assertThat(other).succeedsWithin(PATIENCE).isEqualTo("c of x[c]");
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

    /** As after a time without votes ("timeout" in redis.conf). */
    @Test
    void whatIsSentOnAConnectionThatRedisHasClosedIsSentAgainOnANewOne() throws Exception {
        Object before = connection();
        redis.killConnections();

        assertThat(connection()).isNotEqualTo(before);
    }

    @Test
    void whatIsSentAgainIsSentOnceMoreAndNotForEver() throws Exception {
        connection();
        AtomicInteger sent = new AtomicInteger();

        assertThatThrownBy(() -> answer(commands -> {
                    sent.incrementAndGet();
                    redis.killConnections();
                    return commands.exists("key");
                }))
                .hasCauseInstanceOf(JedisConnectionException.class);
        assertThat(sent).hasValue(2);
        assertThat(connection()).isNotNull();
    }

    /** A caller must not take the effect of its own first question for somebody else's. */
    @Test
    void whoeverAskedTwiceIsToldSo() throws Exception {
        connection();
        AtomicInteger sent = new AtomicInteger();
        SharedCommand<String, Object, String> once = new SharedCommand<>() {
            @Override
            public Response<Object> sendOn(Pipeline commands, List<String> questions) {
                if (sent.incrementAndGet() == 1) {
                    redis.killConnections();
                }
                return said(commands, "answer");
            }

            @Override
            public List<String> read(Object answer, List<String> questions) {
                return List.of((String) answer);
            }

            @Override
            public String repeated(String question, String answer) {
                return question + ", " + answer;
            }
        };

        assertThat(soon(pipeline.submit("again", once))).isEqualTo("again, answer");
        assertThat(soon(pipeline.submit("again", once))).isEqualTo("answer");
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
        if (running.getState() == Thread.State.NEW) {
            running.start();
        }
        return soon(pipeline.submit(command));
    }

    private static <T> T soon(CompletableFuture<T> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Response<Object> said(Pipeline pipeline, String what) {
        return pipeline.eval("return ARGV[1]", List.of(), List.of(what));
    }

    private record Echo(String name) implements SharedCommand<String, Object, String> {

        @Override
        public Response<Object> sendOn(Pipeline pipeline, List<String> questions) {
            return said(pipeline, name + questions);
        }

        @Override
        public List<String> read(Object answer, List<String> questions) {
            return questions.stream()
                    .map(question -> question + " of " + answer)
                    .toList();
        }
    }

    private record Refused() implements SharedCommand<String, Object, String> {

        @Override
        public Response<Object> sendOn(Pipeline pipeline, List<String> questions) {
            return pipeline.eval("return redis.error_reply('refused')");
        }

        @Override
        public List<String> read(Object answer, List<String> questions) {
            throw new AssertionError("there was none");
        }
    }
}
