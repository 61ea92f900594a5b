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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.votingapp.worker.books.BooksKeeper;
import org.votingapp.worker.poll.PollRegister;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.StreamFacts;

/**
 * Numbers of ballots in the whole system, read every two seconds in the background, so that no scrape waits for a store.
 *
 * <p>In the same rhythm organisers' books are kept ({@link BooksKeeper}). A number is empty while its store fails. Those of Redis and of Postgres are of different moments, so while people vote their
 * difference is what came in between. But {@link #unaccounted} is right at any time.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class BallotTotals {

    private static final Logger LOG = Logger.getLogger(BallotTotals.class.getName());
    private static final long EVERY_SECONDS = 2;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Inject
    private StreamFacts stream;

    @Inject
    private PollRegister polls;

    @Inject
    private BooksKeeper books;

    @Inject
    private PollMeters meters;

    private final BackgroundValue<StreamFacts.Totals> inRedis = new BackgroundValue<>(() -> stream.totals());
    private final BackgroundValue<Long> inPostgres = new BackgroundValue<>(() -> polls.votes());
    private final BackgroundValue<BallotBalance> balance =
            new BackgroundValue<>(() -> new BallotBalance(stream.totals(), polls.votes(), stream.totals()));
    private final BackgroundValue<Set<String>> pollsUnaccounted = new BackgroundValue<>(() -> pollsUnaccounted());
    private final BackgroundValue<Map<String, Long>> onStage = new BackgroundValue<>(() -> onStage());
    private Set<String> told = Set.of();
    private List<? extends Future<?>> readings = List.of();

    @PostConstruct
    void start() {
        // One after the other: a worker has few connections to Postgres (roles.sql).
        Runnable books = () -> {
            pollsUnaccounted.run();
            onStage.run();
            this.books.step();
        };
        readings = Stream.<Runnable>of(inRedis, inPostgres, balance, books)
                .map(value -> scheduler.scheduleWithFixedDelay(value, 0, EVERY_SECONDS, TimeUnit.SECONDS))
                .toList();
    }

    private Set<String> pollsUnaccounted() throws StoreAwayException {
        Map<String, Long> before = polls.votesByPoll();
        StreamFacts.Voters voters = stream.voters(before.keySet());
        Set<String> unaccounted =
                new PollBalance(before, voters.byPoll(), voters.nothingWaits(), polls.votesByPoll()).unaccounted();
        if (!unaccounted.equals(told)) {
            told = unaccounted;
            LOG.warning(() -> "Polls whose votes are not as many as their voters: "
                    + (unaccounted.isEmpty() ? "none any more" : String.join(", ", unaccounted)));
        }
        return unaccounted;
    }

    private Map<String, Long> onStage() throws StoreAwayException {
        Map<String, Long> votes = polls.votesOnStage(PollMeters.MOST);
        meters.show(votes.keySet(), this::votes);
        return votes;
    }

    private double votes(String poll) {
        return onStage.fresh()
                .map(votes -> votes.get(poll))
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    @PreDestroy
    void end() {
        readings.forEach(reading -> reading.cancel(false));
    }

    /** The totals in Redis. */
    public Optional<StreamFacts.Totals> inRedis() {
        return inRedis.fresh();
    }

    /** The ballots that count, in Postgres. */
    public Optional<Long> recorded() {
        return inPostgres.fresh();
    }

    /** The number of polls that have a vote without a voter, or a voter whose ballot was not recorded. */
    public Optional<Long> unaccountedPolls() {
        return pollsUnaccounted.fresh().map(polls -> (long) polls.size());
    }

    /** The ballots that are lost (above zero), or that count and should not (below). */
    public Optional<Long> unaccounted() {
        return balance.fresh().map(BallotBalance::unaccounted);
    }
}
