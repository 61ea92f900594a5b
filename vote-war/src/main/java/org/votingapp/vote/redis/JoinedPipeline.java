package org.votingapp.vote.redis;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Sends the requests of concurrent callers in one pipeline, so that Redis answers many with one round trip and one fsync.
 * Requests with an equal {@link SharedCommand} become one command.
 *
 * <p>One thread runs {@link #run}; any thread may submit. At most {@value #WAITING} requests wait, and at most
 * {@value #TOGETHER} share a pipeline. A request whose caller has given up (its future is done) is not sent.
 *
 * <p>Commands must be idempotent: those sent on a dead connection are sent once more on a new one. Servers and firewalls close
 * idle connections, some of them silently.
 */
final class JoinedPipeline implements Runnable {

    static final int WAITING = 4096;
    static final int TOGETHER = 256;

    private static final Duration IDLE = Duration.ofMillis(500);
    /** The shortest time after which a server or a firewall closes an idle connection (redis.conf, "timeout"). */
    private static final Duration RESTED = Duration.ofSeconds(1);

    private final RedisClient redis;
    private final BlockingQueue<Request<?, ?, ?>> waiting = new ArrayBlockingQueue<>(WAITING);
    private long answeredNanos = System.nanoTime();
    private volatile boolean stopping;

    JoinedPipeline(RedisClient redis) {
        this.redis = redis;
    }

    /**
     * Sends one caller's own command with the next pipeline.
     *
     * @param send appends the command; called on the pipeline's thread
     * @return the answer; fails with a {@link JedisException}, at once where too many requests wait
     */
    <A> CompletableFuture<A> submit(Function<Pipeline, Response<A>> send) {
        return submit(send, new Single<>());
    }

    /**
     * Sends a question with the next pipeline, in one command with all waiting questions of an equal shared command.
     *
     * @return the answer; fails with a {@link JedisException}, at once where too many requests wait
     */
    <Q, R, A> CompletableFuture<A> submit(Q question, SharedCommand<Q, R, A> shared) {
        Request<Q, R, A> request = new Request<>(question, shared, new CompletableFuture<>());
        if (stopping) {
            request.answer.completeExceptionally(new JedisConnectionException("the server stops"));
        } else if (!waiting.offer(request)) {
            request.answer.completeExceptionally(
                    new JedisConnectionException("more than " + WAITING + " requests wait for Redis"));
        }
        return request.answer;
    }

    /** Sends submitted requests until {@link #stop}, then those that still wait, and returns. */
    @Override
    public void run() {
        List<Request<?, ?, ?>> together = new ArrayList<>(TOGETHER);
        while (!stopping || !waiting.isEmpty()) {
            Request<?, ?, ?> first = next();
            if (first != null) {
                together.add(first);
                waiting.drainTo(together, TOGETHER - 1);
                exchange(together);
                together.clear();
            }
        }
    }

    /** Lets {@link #run} return once no request waits. */
    void stop() {
        stopping = true;
    }

    private Request<?, ?, ?> next() {
        try {
            return waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            stopping = true;
            return null;
        }
    }

    private void exchange(List<Request<?, ?, ?>> together) {
        boolean rested = System.nanoTime() - answeredNanos > RESTED.toNanos();
        try {
            Connection connection = redis.getPool().getResource();
            try (connection) {
                exchange(commands(together, false), connection);
            } catch (JedisConnectionException failed) {
                // Silence after recent answers means that Redis is slow: a repetition would add to its work.
                if (failed.getCause() instanceof SocketTimeoutException && !rested) {
                    throw failed;
                }
                exchangeAnew(together);
            }
            answeredNanos = System.nanoTime();
        } catch (RuntimeException | Error failed) {
            // Jedis reports some broken connections by other runtime exceptions. Errors (out of memory) must not end
            // the
            // thread: no other one sends the next requests.
            for (Request<?, ?, ?> request : together) {
                request.answer.completeExceptionally(failed);
            }
        }
    }

    private void exchangeAnew(List<Request<?, ?, ?>> together) {
        // The other idle connections are as old.
        redis.getPool().clear();
        try (Connection connection = redis.getPool().getResource()) {
            exchange(commands(together, true), connection);
        }
    }

    private static Collection<Command<?, ?, ?>> commands(List<Request<?, ?, ?>> together, boolean again) {
        Map<SharedCommand<?, ?, ?>, Command<?, ?, ?>> commands = new LinkedHashMap<>();
        for (Request<?, ?, ?> request : together) {
            if (!request.answer.isDone()) {
                request.joinOneOf(commands, again);
            }
        }
        return commands.values();
    }

    private static void exchange(Collection<Command<?, ?, ?>> commands, Connection connection) {
        boolean usable = false;
        try {
            Pipeline pipeline = new Pipeline(connection, false);
            for (Command<?, ?, ?> command : commands) {
                command.sendOn(pipeline);
            }
            pipeline.sync();
            usable = true;
            for (Command<?, ?, ?> command : commands) {
                usable &= command.answer();
            }
        } finally {
            if (!usable) {
                // The pool does not hand it out again.
                connection.setBroken();
            }
        }
    }

    private record Request<Q, R, A>(Q question, SharedCommand<Q, R, A> shared, CompletableFuture<A> answer) {

        void joinOneOf(Map<SharedCommand<?, ?, ?>, Command<?, ?, ?>> commands, boolean again) {
            // The map holds each command under its own shared command, whose types it has.
            @SuppressWarnings("unchecked")
            Command<Q, R, A> command =
                    (Command<Q, R, A>) commands.computeIfAbsent(shared, none -> new Command<>(shared, again));
            command.questions.add(question);
            command.answers.add(answer);
        }
    }

    private static final class Command<Q, R, A> {

        private final SharedCommand<Q, R, A> shared;
        private final boolean again;
        private final List<Q> questions = new ArrayList<>();
        private final List<CompletableFuture<A>> answers = new ArrayList<>();
        private Response<R> response;

        Command(SharedCommand<Q, R, A> shared, boolean again) {
            this.shared = shared;
            this.again = again;
        }

        void sendOn(Pipeline pipeline) {
            response = shared.sendOn(pipeline, questions);
        }

        /** Whether the connection may be used again. One to a node that has become a replica never accepts writes. */
        boolean answer() {
            try {
                List<A> read = shared.read(response.get(), questions);
                for (int i = 0; i < answers.size(); i++) {
                    A answer = read.get(i);
                    answers.get(i).complete(again ? shared.repeated(questions.get(i), answer) : answer);
                }
                return true;
            } catch (JedisException refused) {
                answers.forEach(answer -> answer.completeExceptionally(refused));
                return !String.valueOf(refused.getMessage()).contains("READONLY");
            }
        }
    }

    /** A command of one caller alone: it equals no other. */
    private static final class Single<A> implements SharedCommand<Function<Pipeline, Response<A>>, A, A> {

        @Override
        public Response<A> sendOn(Pipeline pipeline, List<Function<Pipeline, Response<A>>> questions) {
            return questions.get(0).apply(pipeline);
        }

        @Override
        public List<A> read(A answer, List<Function<Pipeline, Response<A>>> questions) {
            return Collections.singletonList(answer);
        }
    }
}
