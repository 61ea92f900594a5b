package org.votingapp.worker.drain;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.runtime.health.Heartbeat;
import org.votingapp.runtime.store.BackOff;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.store.StoreStates;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.Delivery;

/**
 * One consumer of the stream: drains delivery after delivery, in the order of its {@link ReadPlan}.
 *
 * <p>A failure never ends it. The stop signal does, after the delivery at hand. Runs on a thread of its own, outside any
 * transaction.
 */
final class DrainLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(DrainLoop.class.getName());

    private final BallotStream stream;
    private final Drain drain;
    private final Patience patience;
    private final int batchSize;
    private final Duration claimIdle;
    private final StoreStates stores;
    private final BackOff backOff;
    private final Heartbeat heartbeat;
    private final StopSignal stop;
    private final ReadPlan plan;

    DrainLoop(
            BallotStream stream,
            Drain drain,
            Patience patience,
            WorkerSettings settings,
            StoreStates stores,
            BackOff backOff,
            Heartbeat heartbeat,
            StopSignal stop) {
        this.stream = stream;
        this.drain = drain;
        this.patience = patience;
        this.batchSize = settings.batchSize();
        this.claimIdle = settings.claimIdle();
        this.stores = stores;
        this.backOff = backOff;
        this.heartbeat = heartbeat;
        this.stop = stop;
        this.plan = new ReadPlan(settings);
    }

    @Override
    public void run() {
        while (!stop.isGiven()) {
            heartbeat.beat();
            try {
                step();
                backOff.reset();
            } catch (StoreAwayException away) {
                stores.failed(away);
                patience.beginAgain();
                recover();
            } catch (RuntimeException | OutOfMemoryError unforeseen) {
                // What was read stays pending and is tried again, few entries at a time.
                LOG.log(Level.SEVERE, "Draining failed unexpectedly; the loop goes on", unforeseen);
                recover();
            }
        }
    }

    private void recover() {
        plan.beginAgain();
        stop.await(backOff.next());
    }

    private void step() throws StoreAwayException {
        switch (plan.next()) {
            case READ_PENDING -> {
                Delivery delivery = stream.pending(plan.pendingAfter(), plan.pendingMost());
                plan.pendingRead(delivery);
                settle(delivery);
            }
            case CLAIM -> {
                BallotStream.Claim claim = stream.claim(plan.claimFrom(), claimIdle, batchSize);
                if (claim.isComplete()) {
                    stream.forgetConsumers(claimIdle.multipliedBy(10));
                }
                plan.claimed(claim);
            }
            case READ_UNSEEN -> {
                stop.await(plan.pause());
                if (!stop.isGiven()) {
                    Delivery delivery = stream.unseen(batchSize);
                    plan.unseenRead(delivery);
                    settle(delivery);
                }
            }
        }
    }

    private void settle(Delivery delivery) throws StoreAwayException {
        if (!delivery.isEmpty()) {
            heartbeat.beat();
            drain.settle(delivery);
        }
        // Only now: a Redis that can be read but not written would be logged as failing and working by turns.
        stores.works(Store.REDIS);
    }
}
