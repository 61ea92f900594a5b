package org.votingapp.worker.drain;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.store.BackOff;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.store.StoreStates;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.Delivery;
import org.votingapp.worker.stream.EntryId;

/**
 * One consumer of the stream: drains delivery after delivery until it is told to stop, and then ends the one at hand.
 *
 * <p>At the start and after every failure it first takes up what is pending for itself, then what nobody has seen. From
 * time to time it claims what has long been pending: for consumers that seem dead, or because its poll is not registered.
 * What comes after a pause is taken up at once; while ballots trickle in, it reads at the worker's pace, so that many share
 * a commit. Runs on a thread of its own, outside any transaction.
 */
final class DrainLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(DrainLoop.class.getName());

    private final BallotStream stream;
    private final Drain drain;
    private final Patience patience;
    private final WorkerSettings settings;
    private final StoreStates stores;
    private final BackOff backOff;
    private final Heartbeat heartbeat;
    private final StopSignal stop;

    /** What is pending for this consumer and not yet taken up lies after the one and not after the other. */
    private EntryId pendingAfter = EntryId.ZERO;

    private EntryId pendingUntil = EntryId.LAST;
    private int pendingMost = 1;
    private EntryId claimFrom = EntryId.ZERO;
    private long claimAtNanos = System.nanoTime();
    private long readAtNanos = System.nanoTime();

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
        this.settings = settings;
        this.stores = stores;
        this.backOff = backOff;
        this.heartbeat = heartbeat;
        this.stop = stop;
    }

    @Override
    public void run() {
        while (!stop.isGiven()) {
            heartbeat.beat();
            try {
                step();
                backOff.reset();
            } catch (StoreAwayException away) {
                stores.away(away);
                patience.beginAgain();
                recover();
            } catch (RuntimeException | OutOfMemoryError unforeseen) {
                // The drain never stops: what was read stays pending and is tried again, few entries at a time.
                LOG.log(Level.SEVERE, "The drain failed in a way that was not foreseen; it goes on", unforeseen);
                recover();
            }
        }
    }

    private void recover() {
        pendingAfter = EntryId.ZERO;
        pendingUntil = EntryId.LAST;
        // One entry first, then twice as many each time: a few that are huge must not fill the memory again and again.
        pendingMost = 1;
        stop.await(backOff.next());
    }

    private void step() throws StoreAwayException {
        if (pendingAfter.compareTo(pendingUntil) < 0) {
            pending();
        } else if (System.nanoTime() - claimAtNanos >= 0) {
            claim();
        } else {
            unseen();
        }
    }

    private void pending() throws StoreAwayException {
        Delivery delivery = read(stream.pending(pendingAfter, pendingMost));
        // On from there: what waits for its poll or option stays pending, until a claim brings it again.
        pendingAfter = delivery.isEmpty() ? pendingUntil : delivery.last();
        pendingMost = Math.min(2 * pendingMost, settings.batchSize());
    }

    private void unseen() throws StoreAwayException {
        stop.await(Duration.ofNanos(Math.max(0, readAtNanos - System.nanoTime())));
        if (stop.isGiven()) {
            return;
        }
        Delivery delivery = stream.unseen(settings.batchSize());
        boolean trickle = !delivery.isEmpty() && delivery.entries().size() < settings.batchSize();
        readAtNanos = System.nanoTime() + (trickle ? settings.pace().toNanos() : 0);
        read(delivery);
    }

    private Delivery read(Delivery delivery) throws StoreAwayException {
        if (!delivery.isEmpty()) {
            heartbeat.beat();
            drain.settle(delivery);
        }
        // Not before: a Redis that can be read and not written would work and fail by turns.
        stores.there(Store.REDIS);
        return delivery;
    }

    private void claim() throws StoreAwayException {
        BallotStream.Claim claim = stream.claim(claimFrom, settings.claimIdle(), settings.batchSize());
        if (!claim.entries().isEmpty()) {
            pendingAfter = claim.entries().get(0).previous();
            pendingUntil = claim.entries().get(claim.entries().size() - 1);
        }
        claimFrom = claim.next();
        if (claimFrom.equals(EntryId.ZERO)) {
            stream.forgetConsumers(settings.claimIdle().multipliedBy(10));
            claimAtNanos = System.nanoTime() + claimEvery().toNanos();
        }
    }

    private Duration claimEvery() {
        return settings.claimIdle().dividedBy(3);
    }
}
