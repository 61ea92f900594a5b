package org.votingapp.worker.drain;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedExecutors;
import jakarta.enterprise.concurrent.ManagedTask;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.metrics.DrainMeter;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.record.HalvingRecorder;
import org.votingapp.worker.record.Recorder;
import org.votingapp.worker.schema.SchemaMigration;
import org.votingapp.worker.store.BackOff;
import org.votingapp.worker.store.PostgresFailure;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.store.StoreStates;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.RedisBallotStream;
import redis.clients.jedis.RedisClient;

/**
 * Starts the drain with the application and ends it with the application.
 *
 * <p>First it brings the schema to its version and registers the poll, for as long as that takes; then the loops run, and
 * the vote servers are told every few seconds what is registered. It holds neither a lock nor a transaction. A setting that is wrong fails the start.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DrainSupervisor {

    private static final Logger LOG = Logger.getLogger(DrainSupervisor.class.getName());

    /** Within Liberty's quiesce time of 30 s; longer than a statement may take. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    /** How old the votes of a poll may be that vote servers are told. */
    private static final Duration PUBLISH_EVERY = Duration.ofSeconds(5);

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private WorkerSettings settings;

    @Inject
    private Poll poll;

    @Inject
    private RedisClient redis;

    @Inject
    private SchemaMigration schema;

    @Inject
    private Registration registration;

    @Inject
    private PollCatalog catalog;

    @Inject
    private Recorder recorder;

    @Inject
    private StoreStates stores;

    @Inject
    private DrainState state;

    @Inject
    private DrainMeter meter;

    private final StopSignal stop = new StopSignal();
    private final List<Future<?>> running = new ArrayList<>();

    /** Begins; returns at once, whether the stores are there or not. */
    @PostConstruct
    void start() {
        run("voting-worker-prepare", this::prepareAndDrain);
    }

    private void prepareAndDrain() {
        prepare();
        if (!stop.isGiven()) {
            drain();
            publish();
        }
    }

    private void prepare() {
        BackOff backOff = new BackOff(RandomGenerator.getDefault());
        while (!stop.isGiven()) {
            try {
                String version = schema.migrate();
                registration.register();
                stores.there(Store.POSTGRES);
                state.prepared(version);
                return;
            } catch (PollRefusedException refused) {
                // Tried again: whoever restores what was, or another worker that may change it, ends this.
                refuse(refused.getMessage());
                stop.await(PUBLISH_EVERY);
            } catch (StoreAwayException away) {
                stores.away(away);
                stop.await(backOff.next());
            } catch (EJBException atCommit) {
                stores.away(PostgresFailure.away(atCommit));
                stop.await(backOff.next());
            } catch (RuntimeException unforeseen) {
                LOG.log(Level.SEVERE, "The schema could not be prepared, in a way that was not foreseen", unforeseen);
                stop.await(backOff.next());
            }
        }
    }

    private void refuse(String why) {
        if (!state.refusal().equals(Optional.of(why))) {
            LOG.severe(why);
        }
        state.refused(why);
    }

    private void publish() {
        while (!stop.isGiven()) {
            stop.await(PUBLISH_EVERY);
            registration.publish();
        }
    }

    private void drain() {
        Patience patience = new Patience(settings.unknownWait(), InstantSource.system());
        for (int loop = 1; loop <= settings.loops(); loop++) {
            String consumer = settings.name() + "-" + loop;
            BallotStream stream = new RedisBallotStream(redis, consumer);
            Heartbeat heartbeat = new Heartbeat();
            HalvingRecorder halving = new HalvingRecorder(new BeatingRecorder(recorder, heartbeat));
            Drain drain = new Drain(stream, poll, catalog, halving, patience, stores, meter, heartbeat);
            BackOff backOff = new BackOff(RandomGenerator.getDefault());
            state.started(heartbeat);
            run(
                    "voting-worker-drain-" + loop,
                    new DrainLoop(stream, drain, patience, settings, stores, backOff, heartbeat, stop));
        }
        LOG.info(() -> "Draining ballots for poll %s: %d loop(s), batches of up to %d"
                .formatted(poll.id(), settings.loops(), settings.batchSize()));
    }

    private void run(String name, Runnable task) {
        Map<String, String> hints = Map.of(ManagedTask.LONGRUNNING_HINT, "true", ManagedTask.IDENTITY_NAME, name);
        synchronized (running) {
            running.add(executor.submit(ManagedExecutors.managedTask(task, hints, null)));
        }
    }

    /** Ends the loops: each finishes the batch at hand. */
    @PreDestroy
    void end() {
        stop.give();
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        List<Future<?>> ending;
        synchronized (running) {
            ending = List.copyOf(running);
        }
        for (Future<?> task : ending) {
            await(task, deadline - System.nanoTime());
        }
    }

    private static void await(Future<?> task, long nanos) {
        try {
            task.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            LOG.warning("A batch did not end in time; its ballots stay in Redis and are taken up again");
        } catch (ExecutionException failed) {
            LOG.log(Level.SEVERE, "A task of the drain had failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
