package org.votingapp.vote.redis;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedExecutors;
import jakarta.enterprise.concurrent.ManagedTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.redis.RedisVersion;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.vote.casting.BallotBox;
import org.votingapp.vote.casting.BallotBoxUnavailableException;
import org.votingapp.vote.casting.CastOutcome;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.params.SetParams;

/**
 * The ballot box in Redis: one atomic script casts (see {@code cast.lua}), and the casts of concurrent voters share a
 * pipeline.
 *
 * <p>An answer comes within {@code VOTE_TIMEOUT} or the voter is told to try again. Redis going away and coming back is
 * one line each in the log, however many votes fail.
 */
@ApplicationScoped
public class RedisBallotBox implements BallotBox {

    private static final Logger LOG = Logger.getLogger(RedisBallotBox.class.getName());
    private static final String PROBE = "{0}:probe";
    private static final CommandObject<Map<String, Object>> HELLO =
            new CommandObject<>(new CommandArguments(Command.HELLO), BuilderFactory.ENCODED_OBJECT_MAP);

    @Resource
    private ManagedExecutorService executor;

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();

    private RedisAddress address;
    private Duration timeout;
    private int rateLimit;
    private RedisClient redis;
    private LuaScript castScript;
    private JoinedPipeline pipeline;
    private JoinedTasks continuations;
    private Future<?> running;

    /** For CDI's proxy. */
    protected RedisBallotBox() {}

    /** A ballot box at the configured address; connects when first used. */
    @Inject
    public RedisBallotBox(Config config) {
        Settings settings = Settings.from(config);
        address = RedisAddress.read(settings);
        timeout = settings.duration("vote.timeout", Duration.ofMillis(100), Duration.ofSeconds(30));
        rateLimit = settings.integer("vote.rate-limit", 0, 1_000_000);
    }

    @PostConstruct
    void open() {
        redis = RedisConnections.open(address, timeout);
        castScript = LuaScript.named("cast.lua");
        pipeline = new JoinedPipeline(redis);
        continuations = new JoinedTasks(executor);
        running = executor.submit(longRunning(pipeline));
    }

    @PreDestroy
    void close() {
        pipeline.stop();
        try {
            // What waits has its time, and the pipeline's thread looks up twice a second.
            running.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warning("Casts were still waiting for Redis when the server stopped: " + late);
        }
        redis.close();
    }

    @Override
    public CompletionStage<CastOutcome> cast(Ballot ballot, RevoteRule rule, String sender) {
        Casts casts = new Casts(castScript, ballot.pollId(), rule, rateLimit);
        Casts.Cast cast = new Casts.Cast(ballot.voter().toString(), ballot.choice(), sender);
        return ask(() -> pipeline.submit(cast, casts))
                .handleAsync(
                        (outcome, failure) -> failure == null ? outcome : CastOutcome.unavailable(ballot.choice()),
                        continuations);
    }

    @Override
    public CompletionStage<Optional<String>> choiceOf(String pollId, VoterId voter) {
        // That Redis answers does not say that it takes ballots: a full one does not.
        return submit(
                        () -> pipeline.submit(commands -> commands.hget(RedisNames.voters(pollId), voter.toString())),
                        deadline())
                .whenComplete((choice, failure) -> {
                    if (failure != null) {
                        takesNone(failure);
                    }
                })
                .thenApplyAsync(Optional::ofNullable, continuations);
    }

    @Override
    public CompletionStage<Optional<RegisteredPoll>> registered(String pollId) {
        long deadline = deadline();
        CompletableFuture<Long> voters =
                submit(() -> pipeline.submit(commands -> commands.hlen(RedisNames.voters(pollId))), deadline);
        return submit(() -> pipeline.submit(commands -> commands.hgetAll(RedisNames.poll(pollId))), deadline)
                .thenCombine(voters, (fields, count) -> PollHash.read(pollId, fields, count))
                .whenComplete((poll, failure) -> {
                    if (failure != null) {
                        takesNone(failure);
                    }
                })
                .handleAsync(
                        (poll, failure) -> failure == null
                                ? CompletableFuture.completedStage(poll)
                                : CompletableFuture.<Optional<RegisteredPoll>>failedStage(failure),
                        continuations)
                .thenCompose(answer -> answer);
    }

    @Override
    public Optional<RegisteredPoll> registeredAtStart(String pollId) throws BallotBoxUnavailableException {
        try {
            return PollHash.read(pollId, redis.hgetAll(RedisNames.poll(pollId)), redis.hlen(RedisNames.voters(pollId)));
        } catch (JedisException failed) {
            takesNone(failed);
            throw new BallotBoxUnavailableException(reason(failed), failed);
        }
    }

    @Override
    public Optional<String> probe() throws BallotBoxUnavailableException {
        await(ask(() -> pipeline.submit(
                commands -> commands.set(PROBE, "1", SetParams.setParams().px(1000)))));
        // That Redis answers this does not say that it takes ballots.
        Optional<String> complaint = RedisVersion.of(
                        await(submit(() -> pipeline.submit(commands -> commands.executeCommand(HELLO)), deadline())))
                .complaint();
        if (complaint.isPresent() && complained.compareAndSet(false, true)) {
            LOG.warning("Redis at " + address + ": " + complaint.get() + "; this server is not ready");
        }
        return complaint;
    }

    @Override
    public String toString() {
        return "in Redis at " + address;
    }

    /** The answer to what writes, within the time that a voter waits; or why there is none, which the log has been told. */
    private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        long deadline = deadline();
        return submit(question, deadline)
                .exceptionallyCompose(failure -> failure instanceof JedisNoScriptException
                        // Redis was restarted and forgot the script; it did nothing, so load it and ask again.
                        ? submit(() -> pipeline.submit(castScript::loadOn), deadline)
                                .thenCompose(loaded -> submit(question, deadline))
                        : CompletableFuture.failedFuture(failure))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        takesBallots();
                    } else {
                        takesNone(failure);
                    }
                });
    }

    private long deadline() {
        return System.nanoTime() + timeout.toNanos();
    }

    /** A command that has no answer by then fails, and is not sent later. */
    private static <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> question, long deadline) {
        return question.get().orTimeout(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void takesBallots() {
        if (away.get() && away.compareAndSet(true, false)) {
            LOG.info("Redis at " + address + " takes ballots again");
        }
    }

    private void takesNone(Throwable failure) {
        if (away.compareAndSet(false, true)) {
            LOG.warning("Redis takes no ballots: " + reason(failure) + "; voters are asked to try again");
        }
    }

    private <T> T await(CompletableFuture<T> answer) throws BallotBoxUnavailableException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw new BallotBoxUnavailableException(reason(failed.getCause()), failed.getCause());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new BallotBoxUnavailableException(ending.toString(), ending);
        }
    }

    private String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? address.store().silentFor(timeout)
                : address.store().reason(cause);
    }

    private static Runnable longRunning(Runnable task) {
        return ManagedExecutors.managedTask(
                task, Map.of(ManagedTask.LONGRUNNING_HINT, "true", ManagedTask.IDENTITY_NAME, "casts"), null);
    }
}
