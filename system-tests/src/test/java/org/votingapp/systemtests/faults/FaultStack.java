package org.votingapp.systemtests.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import org.votingapp.testsupport.VoterKey;
import org.votingapp.testsupport.checker.History;

/**
 * A stack for faults: its servers reach their stores through {@link CuttingProxy}, a {@link History} keeps every answer to
 * a vote, and a {@link Witness} watches the results.
 */
final class FaultStack implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final int OPTIONS = 3;

    private final VoterKey key = new VoterKey("a key that is made for tests of faults alone");
    private final Links links = new Links();
    private final LocalStack stack;
    private final History history = new History();
    private final AtomicLong voters = new AtomicLong();
    private final Witness witness;
    private final Reckoning reckoning;

    /** The proxies between the servers and their stores. */
    static final class Links implements AutoCloseable {

        final CuttingProxy voteToRedis = new CuttingProxy("vote-to-redis");
        final CuttingProxy workerToRedis = new CuttingProxy("worker-to-redis");
        final CuttingProxy workerToPostgres = new CuttingProxy("worker-to-postgres");
        final CuttingProxy resultToPostgres = new CuttingProxy("result-to-postgres");

        List<CuttingProxy> all() {
            return List.of(voteToRedis, workerToRedis, workerToPostgres, resultToPostgres);
        }

        void heal() {
            all().forEach(CuttingProxy::heal);
        }

        @Override
        public void close() {
            all().forEach(CuttingProxy::close);
        }
    }

    /** Starts one. */
    FaultStack(RevoteRule rule, int voteServers, int workers) {
        this(rule, voteServers, workers, UnaryOperator.identity());
    }

    /** The same, with more that is set. */
    FaultStack(RevoteRule rule, int voteServers, int workers, UnaryOperator<StackDescription> settings) {
        this.stack = TestStacks.open(settings.apply(TestStacks.describe())
                .count(ServerKind.VOTE, voteServers)
                .count(ServerKind.WORKER, workers)
                .set("POLL_OPTIONS", "Cats,Dogs,Fish")
                .set("POLL_REVOTE", rule.name())
                .set("VOTER_KEY", key.secret())
                // By default a dead worker's ballots are claimed only after half a minute.
                .set("WORKER_CLAIM_IDLE", "PT3S")
                .set(ServerKind.VOTE, "REDIS_URL", redis(links.voteToRedis))
                .set(ServerKind.WORKER, "REDIS_URL", redis(links.workerToRedis))
                .set(ServerKind.WORKER, "DB_PORT", String.valueOf(links.workerToPostgres.port()))
                .set(ServerKind.RESULT, "DB_PORT", String.valueOf(links.resultToPostgres.port()))
                .postgres("max_connections", "40"));
        links.voteToRedis.leadTo(stack.redis().port());
        links.workerToRedis.leadTo(stack.redis().port());
        links.workerToPostgres.leadTo(stack.postgres().port());
        links.resultToPostgres.leadTo(stack.postgres().port());
        try {
            stack.start(START_LIMIT);
        } catch (RuntimeException failed) {
            stack.close();
            throw failed;
        }
        this.reckoning = new Reckoning(rule, history, new StoredReader(stack));
        this.witness = new Witness(stack.postgres(), stack.result(), rule);
    }

    private static String redis(CuttingProxy proxy) {
        return "redis://127.0.0.1:" + proxy.port();
    }

    LocalStack parts() {
        return stack;
    }

    Links links() {
        return links;
    }

    History history() {
        return history;
    }

    /** The key of its voters' cookies. */
    VoterKey key() {
        return key;
    }

    /** Starts voters that use these servers. */
    Load load(Rotation servers, FaultScale scale) {
        Plan plan = new Plan(scale.seed(), OPTIONS);
        return new Load(plan, key, servers, history, voters, scale.clients(), scale.perSecond());
    }

    /** Ends every fault, and waits until every part is ready. */
    void heal() {
        links.heal();
        stack.parts().forEach(Part::thaw);
        stack.parts().stream().filter(part -> !part.isAlive()).forEach(Part::start);
        stack.parts().forEach(part -> part.awaitReady(START_LIMIT));
    }

    /**
     * Waits until the stack is idle, then compares answers, stores and views.
     *
     * @throws BrokenPromise if they contradict each other
     */
    void check() {
        reckoning.check(witness, stack.servers(ServerKind.WORKER));
    }

    @Override
    public void close() {
        witness.close();
        stack.close();
        links.close();
    }
}
