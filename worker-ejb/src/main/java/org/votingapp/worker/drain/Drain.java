package org.votingapp.worker.drain;

import static java.util.stream.Collectors.partitioningBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.worker.drain.BallotDecoder.Decoded;
import org.votingapp.worker.metrics.DrainMeter;
import org.votingapp.worker.poll.PollCatalog;
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
    /** Waiting ballots are settled, in vain, again and again. */
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
        decode(delivery, ballots, rejections);

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

    private void decode(Delivery delivery, List<ReceivedBallot> ballots, List<Rejection> rejections)
            throws StoreAwayException {
        List<Decoded> decoded =
                delivery.entries().stream().map(BallotDecoder::decode).toList();
        KnownPolls polls = pollsFor(decoded);
        for (Decoded entry : decoded) {
            if (entry instanceof BallotDecoder.Malformed malformed) {
                rejections.add(malformed.rejection());
            } else if (entry instanceof BallotDecoder.Wellformed wellformed) {
                ReceivedBallot ballot = wellformed.ballot();
                if (polls.have(ballot.ballot())) {
                    ballots.add(ballot);
                } else {
                    rejections.add(new Rejection(ballot.id(), polls.missing(ballot.ballot()), true));
                }
            }
        }
    }

    /** The polls as they are known, read anew where these entries name others. */
    private KnownPolls pollsFor(List<Decoded> entries) throws StoreAwayException {
        KnownPolls recent = new KnownPolls(catalog.recent());
        if (missing(recent, entries).findAny().isEmpty()) {
            return recent;
        }
        // A poll or an option may be new. Read once a delivery, so that rubbish costs no more than ballots do.
        heartbeat.beat();
        KnownPolls latest = new KnownPolls(catalog.latest());
        if (missing(latest, entries).noneMatch(this::isConfigured)) {
            return latest;
        }
        // Another worker, which started later with an older configuration, has removed it.
        heartbeat.beat();
        register();
        heartbeat.beat();
        return new KnownPolls(catalog.latest());
    }

    private static Stream<Ballot> missing(KnownPolls polls, List<Decoded> entries) {
        return entries.stream()
                .filter(BallotDecoder.Wellformed.class::isInstance)
                .map(entry -> ((BallotDecoder.Wellformed) entry).ballot().ballot())
                .filter(ballot -> !polls.have(ballot));
    }

    private boolean isConfigured(Ballot ballot) {
        return ballot.pollId().equals(poll.id()) && poll.option(ballot.choice()).isPresent();
    }

    private void register() throws StoreAwayException {
        try {
            catalog.register(poll, 0);
        } catch (PollRefusedException refused) {
            // Its ballots wait like others for a poll or an option that is not registered, and are rejected in the end.
            LOG.warning(refused.getMessage());
        }
    }
}
