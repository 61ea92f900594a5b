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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.votingapp.config.Settings;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.redis.RedisAddress;
import org.votingapp.redis.RedisNames;
import org.votingapp.vote.casting.BallotBox;
import org.votingapp.vote.casting.BallotBoxUnavailableException;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
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
    private static final String RATE = "{0}:rate:";

    @Resource
    private ManagedExecutorService executor;

    private final AtomicBoolean away = new AtomicBoolean();

    private RedisAddress address;
    private Duration timeout;
    private String rateLimit;
    private RedisClient redis;
    private LuaScript castScript;
    private JoinedPipeline pipeline;
    private Future<?> running;

    /** For CDI's proxy. */
    protected RedisBallotBox() {}

    /** A ballot box at the configured address; connects when first used. */
    @Inject
    public RedisBallotBox(Config config) {
        Settings settings = Settings.from(config);
        address = RedisAddress.read(settings);
        timeout = settings.duration("vote.timeout", Duration.ofMillis(100), Duration.ofSeconds(30));
        rateLimit = String.valueOf(settings.integer("vote.rate-limit", 0, 1_000_000));
    }

    @PostConstruct
    void open() {
        redis = RedisConnections.open(address, timeout);
        castScript = LuaScript.named("cast.lua");
        pipeline = new JoinedPipeline(redis);
        running = executor.submit(longRunning(pipeline));
    }

    @PreDestroy
    void close() {
        pipeline.stop();
        try {
            running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warning("Casts were still waiting for Redis when the server stopped: " + late);
        }
        redis.close();
    }

    @Override
    public CastOutcome cast(Ballot ballot, RevoteRule rule, String sender) throws BallotBoxUnavailableException {
        List<String> keys =
                List.of(RedisNames.BALLOTS, RedisNames.voters(ballot.pollId()), RedisNames.COUNTS, RATE + sender);
        List<String> arguments = List.of(
                ballot.pollId(),
                ballot.voter().toString(),
                ballot.choice(),
                rule == RevoteRule.FINAL ? "final" : "changeable",
                rateLimit);
        List<?> answer = (List<?>) ask(commands -> castScript.callOn(commands, keys, arguments));
        String word = (String) answer.get(0);
        String value = (String) answer.get(1);
        return switch (word) {
            case "recorded" -> CastOutcome.of(CastStatus.RECORDED, value);
            case "changed" -> CastOutcome.of(CastStatus.CHANGED, value);
            case "already" -> CastOutcome.of(CastStatus.ALREADY_VOTED, value);
            case "limited" ->
                new CastOutcome(CastStatus.TOO_MANY, ballot.choice(), Math.max(1, Integer.parseInt(value)));
            default -> throw new IllegalStateException("cast.lua answered " + word);
        };
    }

    @Override
    public Optional<String> choiceOf(String pollId, VoterId voter) throws BallotBoxUnavailableException {
        return Optional.ofNullable(ask(commands -> commands.hget(RedisNames.voters(pollId), voter.toString())));
    }

    @Override
    public void probe() throws BallotBoxUnavailableException {
        ask(commands -> commands.set(PROBE, "1", SetParams.setParams().px(1000)));
    }

    @Override
    public String toString() {
        return "in Redis at " + address;
    }

    private <T> T ask(Function<Pipeline, Response<T>> command) throws BallotBoxUnavailableException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            T answer;
            try {
                answer = await(pipeline.submit(command), deadline);
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof JedisNoScriptException)) {
                    throw failed;
                }
                // Redis was restarted and forgot the script; it did nothing, so load it and ask again.
                await(pipeline.submit(castScript::loadOn), deadline);
                answer = await(pipeline.submit(command), deadline);
            }
            if (away.compareAndSet(true, false)) {
                LOG.info("Redis at " + address + " takes ballots again");
            }
            return answer;
        } catch (ExecutionException failed) {
            throw unavailable(failed.getCause());
        } catch (TimeoutException late) {
            throw unavailable(late);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw unavailable(ending);
        }
    }

    private static <T> T await(CompletableFuture<T> answer, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            // A command that nobody waits for any longer must not be sent later.
            answer.cancel(false);
            throw late;
        }
    }

    private BallotBoxUnavailableException unavailable(Throwable cause) {
        String reason = cause instanceof TimeoutException ? "no answer within " + timeout : cause.toString();
        if (away.compareAndSet(false, true)) {
            LOG.warning("Redis at " + address + " takes no ballots: " + reason + "; voters are asked to try again");
        }
        return new BallotBoxUnavailableException(reason, cause);
    }

    private static Runnable longRunning(Runnable task) {
        return ManagedExecutors.managedTask(
                task, Map.of(ManagedTask.LONGRUNNING_HINT, "true", ManagedTask.IDENTITY_NAME, "casts"), null);
    }
}
