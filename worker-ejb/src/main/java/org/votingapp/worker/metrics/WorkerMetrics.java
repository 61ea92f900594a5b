package org.votingapp.worker.metrics;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Timer;
import org.votingapp.runtime.metrics.Meters;
import org.votingapp.worker.books.TallyDelay;
import org.votingapp.worker.drain.DrainMeter;
import org.votingapp.worker.publish.PollPublisher;
import org.votingapp.worker.record.Recorded;
import org.votingapp.worker.stream.StreamFacts;

/**
 * The metrics of the worker: what this server's loops did since it started, and totals of the whole system.
 *
 * <p>With nothing on its way, accepted = recorded + duplicate + rejected + pending. A total is not a number while its store fails.
 * Thread-safe.
 */
@Singleton
public class WorkerMetrics implements DrainMeter {

    private final TallyDelay delay;
    private final Counter stored;
    private final Counter redelivered;
    private final Counter rejected;
    private final Timer batches;

    /**
     * Registers all of them.
     *
     * @param meters registers
     * @param totals the source of the gauges about ballots
     * @param publisher the source of those about publishing
     * @param delay told what was recorded
     */
    @Inject
    public WorkerMetrics(Meters meters, BallotTotals totals, PollPublisher publisher, TallyDelay delay) {
        this.delay = delay;
        stored = meters.counter("worker_ballots_stored", "Ballots that this server stored");
        redelivered = meters.counter(
                "worker_ballots_redelivered", "Ballots that came again after they were recorded, and changed nothing");
        rejected = meters.counter("worker_ballots_rejected", "Entries that this server moved to the rejected ones");
        batches = meters.timer("worker_batch", "Time from a batch read to its acknowledgement");

        meters.gauge("polls_unpublished", "Polls whose newest version is not in effect", publisher::unpublished);
        meters.gauge(
                "polls_publishing_behind_seconds",
                "Time since all polls were in effect as they were in Postgres",
                () -> publisher.behind().toMillis() / 1e3);
        gauge(
                meters,
                "ballots_accepted",
                "Ballots that were taken from voters",
                inRedis(totals, StreamFacts.Totals::accepted));
        gauge(
                meters,
                "ballots_duplicate",
                "Ballots beyond a voter's first in a poll",
                inRedis(totals, StreamFacts.Totals::duplicate));
        gauge(
                meters,
                "ballots_rejected",
                "Entries that could not be recorded",
                inRedis(totals, StreamFacts.Totals::rejected));
        gauge(
                meters,
                "ballots_pending",
                "Ballots that wait to be recorded",
                inRedis(totals, StreamFacts.Totals::pending));
        gauge(meters, "ballots_recorded", "Ballots that count, one a voter and poll", totals::recorded);
        gauge(
                meters,
                "ballots_unaccounted",
                "Ballots that are lost (above zero), or that count and should not (below)",
                totals::unaccounted);
        gauge(
                meters,
                "polls_unaccounted",
                "Polls that have not as many votes as voters, while nothing waits",
                totals::unaccountedPolls);
    }

    private static Supplier<Optional<Long>> inRedis(BallotTotals totals, ToLongFunction<StreamFacts.Totals> which) {
        return () -> totals.inRedis().map(which::applyAsLong);
    }

    private static void gauge(Meters meters, String name, String description, Supplier<Optional<Long>> total) {
        meters.gauge(name, description, () -> total.get().map(Long::doubleValue).orElse(Double.NaN));
    }

    @Override
    public void recorded(Recorded recorded) {
        stored.inc(recorded.stored());
        redelivered.inc(recorded.redelivered());
        delay.recorded(recorded);
    }

    @Override
    public void rejected(int entries) {
        rejected.inc(entries);
    }

    @Override
    public void settled(Duration time) {
        batches.update(time);
    }
}
