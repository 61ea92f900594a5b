package org.votingapp.worker.drain;

import static java.util.stream.Collectors.partitioningBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.worker.metrics.DrainMeter;
import org.votingapp.worker.poll.KnownPoll;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.record.BallotDecoder;
import org.votingapp.worker.record.BallotDecoder.Decoded;
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
import org.votingapp.worker.stream.StreamEntry;

/**
 * What is done with one delivery: its ballots are recorded, then it leaves the stream.
 *
 * <p>An entry whose poll or option is not registered is not rejected while it is young: it stays pending, and is tried
 * again when it is claimed, by this worker or by another one, which may know more.
 *
 * <p>Nothing leaves the stream before Postgres has committed. If anything fails in between, the entries stay pending and
 * are done again, which changes nothing for those that were recorded.
 */
final class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class.getName());
    /** They are tried again and again. */
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private final BallotStream stream;
    private final Poll poll;
    private final PollCatalog catalog;
    private final HalvingRecorder recorder;
    private final Patience patience;
    private final StoreStates stores;
    private final DrainMeter meter;
    private final Heartbeat heartbeat;

    private long tellAtNanos = System.nanoTime();

    Drain(
            BallotStream stream,
            Poll poll,
            PollCatalog catalog,
            HalvingRecorder recorder,
            Patience patience,
            StoreStates stores,
            DrainMeter meter,
            Heartbeat heartbeat) {
        this.stream = stream;
        this.poll = poll;
        this.catalog = catalog;
        this.recorder = recorder;
        this.patience = patience;
        this.stores = stores;
        this.meter = meter;
        this.heartbeat = heartbeat;
    }

    void settle(Delivery delivery) throws StoreAwayException {
        long began = System.nanoTime();
        List<ReceivedBallot> ballots = new ArrayList<>(delivery.entries().size());
        List<Rejection> rejections = new ArrayList<>();
        decode(delivery.entries(), ballots, rejections);

        List<EntryId> counted = new ArrayList<>(delivery.deleted());
        List<EntryId> duplicates = List.of();
        if (!ballots.isEmpty()) {
            Recorded recorded = recorder.record(ballots);
            heartbeat.beat();
            stores.there(Store.POSTGRES);
            meter.recorded(recorded);
            counted.addAll(recorded.counted());
            duplicates = recorded.duplicates();
            rejections.addAll(recorded.rejected());
        }
        Map<Boolean, List<Rejection>> waiting = rejections.stream().collect(partitioningBy(this::mayWait));
        tell(waiting.get(true));
        if (!waiting.get(false).isEmpty()) {
            meter.rejected(stream.reject(waiting.get(false)));
        }
        if (!counted.isEmpty() || !duplicates.isEmpty()) {
            stream.acknowledge(counted, duplicates);
        }
        meter.batch(System.nanoTime() - began);
    }

    private boolean mayWait(Rejection rejection) {
        return rejection.mayPass() && patience.isLeftFor(rejection.id());
    }

    private void tell(List<Rejection> waiting) {
        if (!waiting.isEmpty() && System.nanoTime() - tellAtNanos >= 0) {
            tellAtNanos = System.nanoTime() + TELL_EVERY.toNanos();
            LOG.warning(() -> "%d ballot(s) wait for a poll or an option that is not registered; of the first: %s"
                    .formatted(waiting.size(), waiting.get(0).reason()));
        }
    }

    private void decode(List<StreamEntry> entries, List<ReceivedBallot> ballots, List<Rejection> rejections)
            throws StoreAwayException {
        List<Decoded> decoded = decode(entries, catalog.recent());
        if (decoded.stream().anyMatch(BallotDecoder.Unknown.class::isInstance)) {
            // A poll or an option may have come since. Once a delivery, so that rubbish costs no more than ballots do.
            heartbeat.beat();
            decoded = decode(entries, catalog.latest());
        }
        if (decoded.stream().anyMatch(this::isConfigured)) {
            // A worker that started later, with an older configuration, has removed it.
            heartbeat.beat();
            register();
            heartbeat.beat();
            decoded = decode(entries, catalog.latest());
        }
        for (Decoded entry : decoded) {
            if (entry instanceof BallotDecoder.Valid valid) {
                ballots.add(valid.ballot());
            } else if (entry instanceof BallotDecoder.Unknown unknown) {
                rejections.add(unknown.rejection());
            } else if (entry instanceof BallotDecoder.Malformed malformed) {
                rejections.add(malformed.rejection());
            }
        }
    }

    private void register() throws StoreAwayException {
        try {
            catalog.register(poll, 0);
        } catch (PollRefusedException refused) {
            // Its ballots wait like others for a poll or an option that is not registered, and are rejected in the end.
            LOG.warning(refused.getMessage());
        }
    }

    private static List<Decoded> decode(List<StreamEntry> entries, Map<String, KnownPoll> polls) {
        BallotDecoder decoder = new BallotDecoder(polls);
        return entries.stream().map(decoder::decode).toList();
    }

    private boolean isConfigured(Decoded decoded) {
        return decoded instanceof BallotDecoder.Unknown unknown
                && unknown.pollId().equals(poll.id())
                && poll.option(unknown.choice()).isPresent();
    }
}
