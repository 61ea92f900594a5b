package org.votingapp.systemtests.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import org.votingapp.testsupport.VoterKey;
import org.votingapp.testsupport.checker.Checker;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Stored;
import org.votingapp.testsupport.checker.Stored.Counts;
import org.votingapp.testsupport.checker.Stored.StoredBallot;

/**
 * A stack for faults: its servers reach their stores through {@link CuttingProxy}, a {@link History} keeps every answer to
 * a vote, and a {@link Witness} watches the results.
 */
final class FaultStack implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(20);
    private static final int OPTIONS = 3;

    private final RevoteRule rule;
    private final FaultScale scale;
    private final VoterKey key = new VoterKey("a key that is made for tests of faults alone");
    private final Links links = new Links();
    private final LocalStack stack;
    private final History history = new History();
    private final AtomicLong voters = new AtomicLong();
    private final Witness witness;
    private final StoredReader reader;

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
    FaultStack(RevoteRule rule, int voteServers, int workers, FaultScale scale) {
        this(rule, voteServers, workers, scale, UnaryOperator.identity());
    }

    /** The same, with more that is set. */
    FaultStack(
            RevoteRule rule, int voteServers, int workers, FaultScale scale, UnaryOperator<StackDescription> settings) {
        this.rule = rule;
        this.scale = scale;
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
        this.reader = new StoredReader(stack);
        this.witness = new Witness(stack, rule);
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
    Load load(Rotation servers) {
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
        Awaitility.await("the drain runs dry").atMost(DRAIN_LIMIT).until(() -> reader.pending() == 0);
        try {
            Map<String, Long> tally = reader.tally();
            List<StoredBallot> ballots = reader.ballots();
            // The stores first: if they are wrong, views and workers never agree with them.
            compare(new Stored(ballots, tally, Map.of(), Map.of("the stores", reader.inStores(ballots.size()))));
            awaitViews(tally);
            Map<String, Counts> counts = settledCounts(ballots.size());
            compare(new Stored(ballots, tally, views(), counts));
        } catch (SQLException | IOException unreadable) {
            throw new AssertionError("what is stored cannot be read", unreadable);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private void compare(Stored stored) throws SQLException {
        List<String> violations = new ArrayList<>(Checker.violations(rule, history.named(reader.voterKey()), stored));
        violations.addAll(witness.violations());
        if (!violations.isEmpty()) {
            throw new BrokenPromise(violations);
        }
    }

    /** Waits until page, API and stream have recovered by themselves. */
    private void awaitViews(Map<String, Long> tally) {
        long compared = witness.compared();
        Awaitility.await("the views show the tally")
                .atMost(RECOVERY_LIMIT)
                .ignoreException(IOException.class)
                .until(() -> views().values().stream().allMatch(tally::equals));
        Awaitility.await("the witness has seen them").atMost(RECOVERY_LIMIT).until(() -> witness.compared() > compared);
    }

    private Map<String, Map<String, Long>> views() throws IOException, InterruptedException {
        Views views = new Views(stack.result());
        Map<String, Map<String, Long>> shown = new TreeMap<>();
        shown.put("the results API", views.api());
        shown.put("the CSV", views.csv());
        shown.put("the page", views.page());
        shown.put("the stream", witness.newestOnStream());
        return shown;
    }

    /** Workers read the stores every two seconds. */
    private Map<String, Counts> settledCounts(long recorded) {
        return Awaitility.await("the workers count as the stores do")
                .atMost(RECOVERY_LIMIT)
                .until(
                        () -> reader.counts(recorded),
                        counts -> counts.values().stream().distinct().count() == 1);
    }

    @Override
    public void close() {
        witness.close();
        stack.close();
        links.close();
    }
}
