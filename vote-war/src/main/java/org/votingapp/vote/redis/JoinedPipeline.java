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
 * Joins the requests of concurrent callers in one pipeline, and those of one {@link Batch} in one command of it, so that
 * Redis answers many of them with one round trip and one fsync.
 *
 * <p>One thread runs {@link #run}; any number submit. At most {@value #WAITING} requests wait and at most
 * {@value #TOGETHER} go together. A request whose caller has given up (its future is done) is not sent.
 *
 * <p>What was sent on a connection that turns out to be dead is sent once more on a new one, so every command has to be
 * idempotent. Servers and firewalls close idle connections, some without a word.
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
     * Sends a command of its own with the next pipeline.
     *
     * @param send appends the command; called on the pipeline's thread
     * @return its answer; fails with a {@link JedisException}, at once where too many requests wait
     */
    <A> CompletableFuture<A> submit(Function<Pipeline, Response<A>> send) {
        return submit(send, new Single<>());
    }

    /**
     * Sends a request with the next pipeline, in one command with all that wait and have an equal batch.
     *
     * @return its answer; fails with a {@link JedisException}, at once where too many requests wait
     */
    <Q, R, A> CompletableFuture<A> submit(Q question, Batch<Q, R, A> batch) {
        Request<Q, R, A> request = new Request<>(question, batch, new CompletableFuture<>());
        if (stopping) {
            request.answer.completeExceptionally(new JedisConnectionException("the server stops"));
        } else if (!waiting.offer(request)) {
            request.answer.completeExceptionally(
                    new JedisConnectionException("more than " + WAITING + " requests wait for Redis"));
        }
        return request.answer;
    }

    /** Sends what is submitted until {@link #stop}; then what still waits. */
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

    /** Lets {@link #run} end once nothing waits. */
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
            // Jedis reports some broken connections by other runtime exceptions; whichever it is, each caller is told.
            // After an error, such as one of memory, the next pipeline is tried: nothing else would send what comes
            // then.
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
        Map<Batch<?, ?, ?>, Command<?, ?, ?>> commands = new LinkedHashMap<>();
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

    private record Request<Q, R, A>(Q question, Batch<Q, R, A> batch, CompletableFuture<A> answer) {

        void joinOneOf(Map<Batch<?, ?, ?>, Command<?, ?, ?>> commands, boolean again) {
            // Only commands of a batch are kept under it, and the types are the batch's.
            @SuppressWarnings("unchecked")
            Command<Q, R, A> command =
                    (Command<Q, R, A>) commands.computeIfAbsent(batch, none -> new Command<>(batch, again));
            command.questions.add(question);
            command.answers.add(answer);
        }
    }

    private static final class Command<Q, R, A> {

        private final Batch<Q, R, A> batch;
        private final boolean again;
        private final List<Q> questions = new ArrayList<>();
        private final List<CompletableFuture<A>> answers = new ArrayList<>();
        private Response<R> response;

        Command(Batch<Q, R, A> batch, boolean again) {
            this.batch = batch;
            this.again = again;
        }

        void sendOn(Pipeline pipeline) {
            response = batch.sendOn(pipeline, questions);
        }

        /** Whether the connection is of use for writing: one to a node that has become a replica is not, and stays so. */
        boolean answer() {
            try {
                List<A> read = batch.read(response.get(), questions);
                for (int i = 0; i < answers.size(); i++) {
                    A answer = read.get(i);
                    answers.get(i).complete(again ? batch.repeated(questions.get(i), answer) : answer);
                }
                return true;
            } catch (JedisException refused) {
                answers.forEach(answer -> answer.completeExceptionally(refused));
                return !String.valueOf(refused.getMessage()).contains("READONLY");
            }
        }
    }

    /** A command that is one caller's alone: it equals no other. */
    private static final class Single<A> implements Batch<Function<Pipeline, Response<A>>, A, A> {

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
