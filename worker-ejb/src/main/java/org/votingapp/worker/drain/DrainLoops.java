package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.votingapp.poll.Poll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.runtime.health.Heartbeat;
import org.votingapp.runtime.store.BackOff;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.record.HalvingRecorder;
import org.votingapp.worker.record.Recorder;
import org.votingapp.worker.store.StoreStates;
import org.votingapp.worker.stream.BallotStream;
import org.votingapp.worker.stream.BallotStreams;

/** Makes the drain loops of this server. */
@Singleton
class DrainLoops {

    private final WorkerSettings settings;
    private final Poll poll;
    private final ResultsRule results;
    private final BallotStreams streams;
    private final PollCatalog catalog;
    private final Recorder recorder;
    private final StoreStates stores;
    private final DrainState state;
    private final DrainMeter meter;

    @Inject
    DrainLoops(
            WorkerSettings settings,
            Poll poll,
            ResultsRule results,
            BallotStreams streams,
            PollCatalog catalog,
            Recorder recorder,
            StoreStates stores,
            DrainState state,
            DrainMeter meter) {
        this.settings = settings;
        this.poll = poll;
        this.results = results;
        this.streams = streams;
        this.catalog = catalog;
        this.recorder = recorder;
        this.stores = stores;
        this.state = state;
        this.meter = meter;
    }

    /** As many loops as {@code WORKER_LOOPS} says. Waiting entries get patience from this call on. */
    List<DrainLoop> make(StopSignal stop) {
        Patience patience = new Patience(settings.unknownWait(), InstantSource.system());
        return IntStream.rangeClosed(1, settings.loops())
                .mapToObj(number -> make(number, patience, stop))
                .toList();
    }

    private DrainLoop make(int number, Patience patience, StopSignal stop) {
        BallotStream stream = streams.consumer(settings.name() + "-" + number);
        Heartbeat heartbeat = new Heartbeat();
        state.started(heartbeat);
        HalvingRecorder halving = new HalvingRecorder(new BeatingRecorder(recorder, heartbeat));
        PollLookup polls = new PollLookup(poll, results, catalog, heartbeat);
        Drain drain = new Drain(stream, polls, halving, patience, stores, meter, heartbeat);
        return new DrainLoop(stream, drain, patience, settings, stores, backOff(), heartbeat, stop);
    }

    /** Between tries of a store that fails. */
    static BackOff backOff() {
        return new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5), RandomGenerator.getDefault());
    }
}
