package org.votingapp.worker.drain;

import static java.util.stream.Collectors.partitioningBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.votingapp.runtime.health.Heartbeat;
import org.votingapp.worker.drain.BallotDecoder.Decoded;
import org.votingapp.worker.drain.BallotDecoder.Malformed;
import org.votingapp.worker.drain.BallotDecoder.Wellformed;
import org.votingapp.worker.record.HalvingRecorder;
import org.votingapp.worker.record.ReceivedBallot;
import org.votingapp.worker.record.Recorded;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.store.StoreStates;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.Delivery;
import org.votingapp.worker.stream.EntryId;
import org.votingapp.worker.stream.Rejection;

/**
 * Settles one delivery: decodes its entries, records the ballots, rejects the other entries, acknowledges.
 *
 * <p>An entry leaves the stream only after Postgres has committed. If anything fails before, it stays pending and is
 * settled again; recording is idempotent.
 *
 * <p>A young entry whose poll or option is not registered is not rejected. It stays pending until a worker claims it,
 * perhaps one that knows more.
 */
final class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class.getName());
    /** Each claim brings the waiting ballots again. */
    private static final Duration LOG_WAITING_EVERY = Duration.ofMinutes(1);

    private final BallotStream stream;
    private final PollLookup polls;
    private final HalvingRecorder recorder;
    private final Patience patience;
    private final StoreStates stores;
    private final DrainMeter meter;
    private final Heartbeat heartbeat;

    private long logWaitingAtNanos = System.nanoTime();

    Drain(
            BallotStream stream,
            PollLookup polls,
            HalvingRecorder recorder,
            Patience patience,
            StoreStates stores,
            DrainMeter meter,
            Heartbeat heartbeat) {
        this.stream = stream;
        this.polls = polls;
        this.recorder = recorder;
        this.patience = patience;
        this.stores = stores;
        this.meter = meter;
        this.heartbeat = heartbeat;
    }

    /** Settles a delivery; a ballot that may wait for its poll or option stays pending. */
    void settle(Delivery delivery) throws StoreAwayException {
        long began = System.nanoTime();
        List<ReceivedBallot> ballots = new ArrayList<>(delivery.entries().size());
        List<Rejection> rejections = new ArrayList<>();
        decode(delivery, ballots, rejections);

        List<EntryId> counted = new ArrayList<>(delivery.deleted());
        List<EntryId> duplicates = List.of();
        if (!ballots.isEmpty()) {
            Recorded recorded = recorder.record(ballots);
            heartbeat.beat();
            stores.works(Store.POSTGRES);
            meter.recorded(recorded);
            counted.addAll(recorded.counted());
            duplicates = recorded.duplicates();
            rejections.addAll(recorded.rejected());
        }
        Map<Boolean, List<Rejection>> waiting = rejections.stream().collect(partitioningBy(this::mayWait));
        logWaiting(waiting.get(true));
        if (!waiting.get(false).isEmpty()) {
            meter.rejected(stream.reject(waiting.get(false)));
        }
        if (!counted.isEmpty() || !duplicates.isEmpty()) {
            stream.acknowledge(counted, duplicates);
        }
        meter.settled(Duration.ofNanos(System.nanoTime() - began));
    }

    private boolean mayWait(Rejection rejection) {
        return rejection.temporary() && patience.isLeftFor(rejection.id());
    }

    private void logWaiting(List<Rejection> waiting) {
        if (!waiting.isEmpty() && System.nanoTime() - logWaitingAtNanos >= 0) {
            logWaitingAtNanos = System.nanoTime() + LOG_WAITING_EVERY.toNanos();
            LOG.warning(() -> "%d ballot(s) wait for a poll or an option that is not registered; of the first: %s"
                    .formatted(waiting.size(), waiting.get(0).reason()));
        }
    }

    private void decode(Delivery delivery, List<ReceivedBallot> ballots, List<Rejection> rejections)
            throws StoreAwayException {
        List<Decoded> decoded =
                delivery.entries().stream().map(BallotDecoder::decode).toList();
        KnownPolls known = polls.forAll(decoded.stream()
                .filter(Wellformed.class::isInstance)
                .map(entry -> ((Wellformed) entry).ballot().ballot())
                .toList());
        for (Decoded entry : decoded) {
            if (entry instanceof Malformed malformed) {
                rejections.add(malformed.rejection());
            } else if (entry instanceof Wellformed wellformed) {
                ReceivedBallot ballot = wellformed.ballot();
                if (known.have(ballot.ballot())) {
                    ballots.add(ballot);
                } else {
                    rejections.add(new Rejection(ballot.id(), known.missing(ballot.ballot()), true));
                }
            }
        }
    }
}
