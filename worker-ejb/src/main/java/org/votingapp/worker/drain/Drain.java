package org.votingapp.worker.drain;

import java.util.ArrayList;
import java.util.List;
import org.votingapp.worker.metrics.DrainMeter;
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
 * <p>Nothing leaves the stream before Postgres has committed. If anything fails in between, the entries stay pending and
 * are done again, which changes nothing for those that were recorded.
 */
final class Drain {

    private final BallotStream stream;
    private final PollCatalog catalog;
    private final HalvingRecorder recorder;
    private final StoreStates stores;
    private final DrainMeter meter;

    Drain(BallotStream stream, PollCatalog catalog, HalvingRecorder recorder, StoreStates stores, DrainMeter meter) {
        this.stream = stream;
        this.catalog = catalog;
        this.recorder = recorder;
        this.stores = stores;
        this.meter = meter;
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
            stores.there(Store.POSTGRES);
            meter.recorded(recorded);
            counted.addAll(recorded.counted());
            duplicates = recorded.duplicates();
            rejections.addAll(recorded.rejected());
        }
        if (!rejections.isEmpty()) {
            meter.rejected(stream.reject(rejections));
        }
        if (!counted.isEmpty() || !duplicates.isEmpty()) {
            stream.acknowledge(counted, duplicates);
        }
        meter.batch(System.nanoTime() - began);
    }

    private void decode(List<StreamEntry> entries, List<ReceivedBallot> ballots, List<Rejection> rejections)
            throws StoreAwayException {
        BallotDecoder decoder = new BallotDecoder(catalog.recent());
        List<Decoded> decoded = entries.stream().map(decoder::decode).toList();
        if (decoded.stream().anyMatch(BallotDecoder.Unknown.class::isInstance)) {
            // A poll or an option may have come since. Once a delivery, so that rubbish costs no more than ballots do.
            BallotDecoder newest = new BallotDecoder(catalog.latest());
            decoded = entries.stream().map(newest::decode).toList();
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
}
