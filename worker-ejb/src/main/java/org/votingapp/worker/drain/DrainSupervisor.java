package org.votingapp.worker.drain;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedExecutors;
import jakarta.enterprise.concurrent.ManagedTask;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.publish.PollPublisher;
import org.votingapp.worker.retain.Retention;

/**
 * Starts the drain with the application, and stops it with the application.
 *
 * <p>One thread prepares, starts the loops, and then, every second, publishes polls, looks which are final, and deletes
 * old ballots. Holds
 * neither a lock nor a transaction.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DrainSupervisor {

    private static final Logger LOG = Logger.getLogger(DrainSupervisor.class.getName());

    /** Within Liberty's quiesce time of 30 s; longer than a statement may take. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    /** How long no vote is taken at most where Redis has lost the poll's rules. */
    private static final Duration PUBLISH_EVERY = Duration.ofSeconds(1);

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private WorkerSettings settings;

    @Inject
    private Poll poll;

    @Inject
    private Preparation preparation;

    @Inject
    private DrainLoops loops;

    @Inject
    private PollPublisher publisher;

    @Inject
    private FinalResult finalResult;

    @Inject
    private Retention retention;

    private final StopSignal stop = new StopSignal();
    private final List<Future<?>> running = new ArrayList<>();

    /** Begins; returns at once, whether the stores are there or not. */
    @PostConstruct
    void start() {
        run("voting-worker-prepare", this::prepareDrainAndPublish);
    }

    private void prepareDrainAndPublish() {
        preparation.run(DrainLoops.backOff(), stop);
        if (!stop.isGiven()) {
            drain();
        }
        while (!stop.isGiven()) {
            stop.await(PUBLISH_EVERY);
            finalResult.commitWhereReached(publisher.look());
            retention.step();
        }
    }

    private void drain() {
        int number = 1;
        for (DrainLoop loop : loops.make(stop)) {
            run("voting-worker-drain-" + number++, loop);
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

    /** Stops the loops: each finishes the delivery at hand. */
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
            LOG.warning("A drain loop did not stop in time; its ballots stay in Redis and are drained later");
        } catch (ExecutionException failed) {
            LOG.log(Level.SEVERE, "A task of the drain failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
