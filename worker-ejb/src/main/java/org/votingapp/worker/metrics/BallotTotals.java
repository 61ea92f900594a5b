package org.votingapp.worker.metrics;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.votingapp.worker.poll.PollRegister;
import org.votingapp.worker.stream.StreamFacts;

/**
 * The totals over the whole system, as metrics: accepted = recorded + duplicate + rejected + pending, when nothing is on its
 * way.
 *
 * <p>They are read every two seconds in the background, so that no scrape waits for a store, and are not a number while the
 * store is away. Those of Redis and that of Postgres are of two moments, so that while people vote their difference is what
 * came in between; what is wrong with it at any time is told by {@code ballots_unaccounted}, see {@link Books}.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BallotTotals {

    private static final long EVERY_SECONDS = 2;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Inject
    private MetricRegistry registry;

    @Inject
    private StreamFacts stream;

    @Inject
    private PollRegister polls;

    private final Reading<StreamFacts.Totals> inRedis = new Reading<>(() -> stream.totals());
    private final Reading<Long> inPostgres = new Reading<>(() -> polls.votes());
    private final Reading<Books> books =
            new Reading<>(() -> new Books(stream.totals(), polls.votes(), stream.totals()));
    private List<? extends Future<?>> readings = List.of();

    @PostConstruct
    void start() {
        redisGauge("ballots_accepted", "Ballots that were taken from voters", StreamFacts.Totals::accepted);
        redisGauge("ballots_duplicate", "Ballots beyond a voter's first in a poll", StreamFacts.Totals::duplicate);
        redisGauge("ballots_rejected", "Entries that could not be recorded", StreamFacts.Totals::rejected);
        redisGauge("ballots_pending", "Ballots that wait to be recorded", StreamFacts.Totals::pending);
        gauge("ballots_recorded", "Ballots that count, one a voter and poll", inPostgres::fresh);
        gauge(
                "ballots_unaccounted",
                "Ballots that are lost (above zero), or that count and should not (below)",
                () -> books.fresh().map(Books::unaccounted));
        readings = Stream.of(inRedis, inPostgres, books)
                .map(reading -> scheduler.scheduleWithFixedDelay(reading, 0, EVERY_SECONDS, TimeUnit.SECONDS))
                .toList();
    }

    @PreDestroy
    void end() {
        readings.forEach(reading -> reading.cancel(false));
    }

    private void redisGauge(String name, String description, ToLongFunction<StreamFacts.Totals> total) {
        gauge(name, description, () -> inRedis.fresh().map(total::applyAsLong));
    }

    private void gauge(String name, String description, Supplier<Optional<Long>> total) {
        registry.gauge(
                Metadata.builder().withName(name).withDescription(description).build(),
                () -> total.get().map(Long::doubleValue).orElse(Double.NaN));
    }
}
