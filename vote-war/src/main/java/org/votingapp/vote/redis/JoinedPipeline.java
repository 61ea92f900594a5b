package org.votingapp.vote.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Joins the commands of concurrent callers in one pipeline, so that Redis answers many of them with one round trip and
 * one fsync.
 *
 * <p>One thread runs {@link #run}; any number call {@link #submit}. At most {@value #WAITING} commands wait and at most
 * {@value #TOGETHER} go together. A command whose caller has given up (its future is done) is not sent.
 */
final class JoinedPipeline implements Runnable {

    static final int WAITING = 4096;
    static final int TOGETHER = 256;

    private static final Duration IDLE = Duration.ofMillis(500);

    private final RedisClient redis;
    private final BlockingQueue<Command<?>> waiting = new ArrayBlockingQueue<>(WAITING);
    private volatile boolean stopping;

    JoinedPipeline(RedisClient redis) {
        this.redis = redis;
    }

    /**
     * Sends a command with the next pipeline.
     *
     * @param send appends the command; called on the pipeline's thread
     * @return its answer; fails with a {@link JedisException}, at once where too many commands wait
     */
    <T> CompletableFuture<T> submit(Function<Pipeline, Response<T>> send) {
        Command<T> command = new Command<>(send, new CompletableFuture<>());
        if (stopping || !waiting.offer(command)) {
            command.answer.completeExceptionally(
                    new JedisConnectionException("more than " + WAITING + " commands wait for Redis"));
        }
        return command.answer;
    }

    /** Sends what is submitted until {@link #stop}; then what still waits. */
    @Override
    public void run() {
        List<Command<?>> together = new ArrayList<>(TOGETHER);
        while (!stopping || !waiting.isEmpty()) {
            Command<?> first = next();
            if (first != null) {
                together.add(first);
                waiting.drainTo(together, TOGETHER - 1);
                exchange(together);
                together.clear();
            }
        }
    }

    /** Lets {@link #run} end once nothing waits. */
    void stop() {
        stopping = true;
    }

    private Command<?> next() {
        try {
            return waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            stopping = true;
            return null;
        }
    }

    private void exchange(List<Command<?>> together) {
        try (Connection connection = redis.getPool().getResource()) {
            exchange(together, connection);
        } catch (RuntimeException | Error failed) {
            // Jedis reports some broken connections by other runtime exceptions; whichever it is, each caller is told.
            // After an
            // error, such as one of memory, the next pipeline is tried: nothing else would send what comes then.
            for (Command<?> command : together) {
                command.answer.completeExceptionally(failed);
            }
        }
    }

    private static void exchange(List<Command<?>> together, Connection connection) {
        boolean usable = false;
        try {
            Pipeline pipeline = new Pipeline(connection, false);
            for (Command<?> command : together) {
                command.sendOn(pipeline);
            }
            pipeline.sync();
            usable = true;
            for (Command<?> command : together) {
                usable &= command.answer();
            }
        } finally {
            if (!usable) {
                // The pool does not hand it out again.
                connection.setBroken();
            }
        }
    }

    private static final class Command<T> {

        private final Function<Pipeline, Response<T>> send;
        private final CompletableFuture<T> answer;
        private Response<T> response;

        Command(Function<Pipeline, Response<T>> send, CompletableFuture<T> answer) {
            this.send = send;
            this.answer = answer;
        }

        void sendOn(Pipeline pipeline) {
            if (!answer.isDone()) {
                response = send.apply(pipeline);
            }
        }

        /** Whether the connection is of use for writing: one to a node that has become a replica is not, and stays so. */
        boolean answer() {
            if (response == null) {
                return true;
            }
            try {
                answer.complete(response.get());
                return true;
            } catch (JedisException refused) {
                answer.completeExceptionally(refused);
                return !String.valueOf(refused.getMessage()).contains("READONLY");
            }
        }
    }
}
