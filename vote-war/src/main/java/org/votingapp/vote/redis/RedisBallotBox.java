package org.votingapp.vote.redis;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedExecutors;
import jakarta.enterprise.concurrent.ManagedTask;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.CodeHash;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.redis.RedisClients;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.redis.RedisTime;
import org.votingapp.runtime.redis.RedisVersion;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.vote.casting.BallotBox;
import org.votingapp.vote.casting.BallotBoxUnavailableException;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.settings.VoteSettings;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.params.SetParams;

/**
 * The ballot box in Redis: {@code cast.lua} casts atomically ({@link Casts}), and concurrent voters share a pipeline
 * ({@link JoinedPipeline}).
 *
 * <p>An answer comes within {@code VOTE_TIMEOUT}, or the voter is asked to try again. The log says once that Redis takes no
 * ballots and once that it does again, however many votes fail.
 */
@Singleton
public class RedisBallotBox implements BallotBox {

    private static final Logger LOG = Logger.getLogger(RedisBallotBox.class.getName());
    private static final int CONNECTIONS = 2;
    private static final String PROBE = "{0}:probe";
    private static final CommandObject<Map<String, Object>> HELLO =
            new CommandObject<>(new CommandArguments(Command.HELLO), BuilderFactory.ENCODED_OBJECT_MAP);

    @Resource
    private ManagedExecutorService executor;

    private final RedisAddress address;
    private final Duration timeout;
    private final int rateLimit;
    private final FailureLog castFailures;
    private final FailureLog oldVersion;
    private final FailureLog definitionFailures;
    private final PublishedDefinitions definitions = new PublishedDefinitions();

    private RedisClient redis;
    private LuaScript castScript;
    private Casts casts;
    private JoinedPipeline pipeline;
    private JoinedTasks continuations;
    private Future<?> running;

    /** A ballot box at the configured address; connects when it is first used. */
    @Inject
    public RedisBallotBox(VoteSettings settings) {
        address = settings.redis();
        timeout = settings.timeout();
        rateLimit = settings.rateLimit();
        String redisThere = "Redis at " + address;
        castFailures = new FailureLog(
                LOG, "Redis takes no ballots", "voters are asked to try again", redisThere + " takes ballots again");
        definitionFailures = new FailureLog(
                LOG,
                "Redis does not tell what is published",
                "this server knows no new polls or rooms",
                redisThere + " tells it again");
        oldVersion = new FailureLog(LOG, redisThere, "this server is not ready", redisThere + " is new enough");
    }

    @PostConstruct
    void open() {
        redis = RedisClients.open(address, limits(timeout));
        castScript = LuaScript.named("cast.lua");
        casts = new Casts(castScript, rateLimit);
        pipeline = new JoinedPipeline(redis);
        continuations = new JoinedTasks(executor);
        running = executor.submit(longRunning(pipeline));
    }

    /** Every wait is a little shorter than the voter's. {@link JoinedPipeline} copes with dead connections. */
    static RedisClients.Limits limits(Duration timeout) {
        Duration wait = timeout.multipliedBy(3).dividedBy(4);
        return new RedisClients.Limits("vote", CONNECTIONS, wait, wait, false);
    }

    @PreDestroy
    void close() {
        pipeline.stop();
        try {
            // Waiting casts have their time limit, and the pipeline's thread wakes twice a second.
            running.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warning("Casts were still waiting for Redis when the server stopped: " + late);
        }
        redis.close();
    }

    @Override
    public CompletionStage<CastOutcome> cast(Ballot ballot, String sender) {
        return cast(new Casts.Cast(ballot.pollId(), ballot.voter().toString(), ballot.choice(), sender));
    }

    @Override
    public CompletionStage<CastOutcome> castByCode(Ballot ballot, byte[] codeHash, String sender) {
        return cast(new Casts.Cast(
                ballot.pollId(), ballot.voter().toString(), ballot.choice(), sender, CodeHash.code(codeHash)));
    }

    private CompletionStage<CastOutcome> cast(Casts.Cast cast) {
        return ask(() -> pipeline.submit(cast, casts))
                .handleAsync(
                        (outcome, failure) -> failure == null ? outcome : CastOutcome.unavailable(cast.choice()),
                        continuations);
    }

    @Override
    public CompletionStage<Optional<String>> choiceOf(String pollId, VoterId voter) {
        // A full Redis answers this but takes no ballots, so success is no sign of recovery.
        return submit(
                        () -> pipeline.submit(commands -> commands.hget(RedisNames.voters(pollId), voter.toString())),
                        deadline())
                .whenComplete((choice, failure) -> {
                    if (failure != null) {
                        castFailures.failed(reason(failure));
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
                        castFailures.failed(reason(failure));
                    }
                })
                .handleAsync(
                        (poll, failure) -> failure == null
                                ? CompletableFuture.completedStage(poll)
                                : CompletableFuture.<Optional<RegisteredPoll>>failedStage(failure),
                        continuations)
                .thenCompose(answer -> answer);
    }

    /** Past the pipeline of casts, which tells a slow Redis from a dead connection by how long it has rested. */
    @Override
    public Look look(String pollId) throws BallotBoxUnavailableException {
        try (AbstractPipeline together = redis.pipelined()) {
            Response<Instant> now = together.executeCommand(RedisTime.QUESTION);
            Response<Map<String, String>> fields = together.hgetAll(RedisNames.poll(pollId));
            Response<Long> voters = together.hlen(RedisNames.voters(pollId));
            together.sync();
            return new Look(
                    now.get(),
                    PollHash.read(pollId, fields.get(), voters.get()),
                    fields.get().containsKey(PollHash.DEFINED));
        } catch (JedisException failed) {
            throw new BallotBoxUnavailableException(reason(failed), failed);
        }
    }

    @Override
    public Published publishedSince(long since) throws BallotBoxUnavailableException {
        try {
            Published published = definitions.read(redis, since);
            definitionFailures.works();
            return published;
        } catch (JedisDataException refused) {
            // An answer, such as a missing right: the log does not learn of it by votes.
            definitionFailures.failed(reason(refused));
            throw new BallotBoxUnavailableException(reason(refused), refused);
        } catch (JedisException failed) {
            throw new BallotBoxUnavailableException(reason(failed), failed);
        }
    }

    @Override
    public Optional<RegisteredPoll> registeredAtStart(String pollId) throws BallotBoxUnavailableException {
        try {
            return PollHash.read(pollId, redis.hgetAll(RedisNames.poll(pollId)), redis.hlen(RedisNames.voters(pollId)));
        } catch (JedisException failed) {
            castFailures.failed(reason(failed));
            throw new BallotBoxUnavailableException(reason(failed), failed);
        }
    }

    @Override
    public Optional<String> probe() throws BallotBoxUnavailableException {
        await(ask(() -> pipeline.submit(
                commands -> commands.set(PROBE, "1", SetParams.setParams().px(1000)))));
        // An answer to this is no sign that Redis takes ballots.
        Optional<String> complaint = RedisVersion.of(
                        await(submit(() -> pipeline.submit(commands -> commands.executeCommand(HELLO)), deadline())))
                .complaint();
        complaint.ifPresentOrElse(oldVersion::failed, oldVersion::works);
        return complaint;
    }

    @Override
    public String toString() {
        return "in Redis at " + address;
    }

    /** The answer to a command that writes, within the voter's time limit. A failure has been logged. */
    private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        long deadline = deadline();
        return submit(question, deadline)
                .exceptionallyCompose(failure -> failure instanceof JedisNoScriptException
                        // Redis restarted and forgot the script. It did nothing, so load the script and ask again.
                        ? submit(() -> pipeline.submit(castScript::loadOn), deadline)
                                .thenCompose(loaded -> submit(question, deadline))
                        : CompletableFuture.failedFuture(failure))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        castFailures.works();
                    } else {
                        castFailures.failed(reason(failure));
                    }
                });
    }

    private long deadline() {
        return System.nanoTime() + timeout.toNanos();
    }

    /** Fails where there is no answer by the deadline; the command is then not sent any more. */
    private static <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> question, long deadline) {
        return question.get().orTimeout(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
