package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.votingapp.systemtests.faults.Plan.Voter;
import org.votingapp.systemtests.faults.VoteSender.Identity;
import org.votingapp.systemtests.faults.VoteSender.Posted;
import org.votingapp.testsupport.VoterKey;
import org.votingapp.testsupport.checker.Attempt;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Told;

/**
 * Many concurrent clients that vote as the {@link Plan} says until they are closed. Every answer goes into the
 * {@link History}.
 */
final class Load implements AutoCloseable {

    private static final Duration LONGEST_FAULT = Duration.ofSeconds(120);
    /** Voters per second while servers start. Under the full load a start takes minutes on two cores. */
    private static final int FEW_PER_SECOND = 20;

    /** Simultaneous requests of one voter. */
    private static final int WINDOWS = 3;

    private static final long TRY_AGAIN_NANOS = Duration.ofMillis(200).toNanos();

    private final Plan plan;
    private final VoterKey key;
    private final VoteSender client;
    private final History history;
    private final AtomicLong next;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final int clientCount;
    private final int perSecond;
    private final ExecutorService clients;
    private final ExecutorService windows;
    private volatile boolean few;
    private volatile boolean stopping;

    /**
     * Starts the clients.
     *
     * @param servers gives a vote server for each request
     * @param next the number of the next voter in the plan
     * @param clients how many vote at the same time
     * @param perSecond how many voters come, at most
     */
    Load(Plan plan, VoterKey key, Supplier<URI> servers, History history, AtomicLong next, int clients, int perSecond) {
        this.plan = plan;
        this.key = key;
        this.client = new VoteSender(servers);
        this.history = history;
        this.next = next;
        this.clientCount = clients;
        this.perSecond = perSecond;
        this.clients = Executors.newFixedThreadPool(clients);
        this.windows = Executors.newFixedThreadPool(WINDOWS * clients);
        for (int i = 0; i < clients; i++) {
            this.clients.execute(this::vote);
        }
    }

    /** Waits for this many further acknowledged votes. */
    void awaitMore(long votes) {
        long goal = history.acknowledged() + votes;
        Awaitility.await()
                .atMost(LONGEST_FAULT.plusMillis(votes * 20))
                .pollInterval(Duration.ofMillis(20))
                .failFast("a client broke", () -> !failures.isEmpty())
                .until(() -> history.acknowledged() >= goal);
    }

    /** Runs an action that starts servers at a low rate of votes. */
    void whileFewVote(Runnable starts) {
        few = true;
        try {
            starts.run();
        } finally {
            few = false;
        }
    }

    private void vote() {
        try {
            while (!stopping) {
                long nextVoterAt = System.nanoTime() + intervalNanos();
                vote(plan.voter(next.getAndIncrement()));
                pauseUntil(nextVoterAt);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError broken) {
            failures.add(broken);
        }
    }

    private long intervalNanos() {
        return TimeUnit.SECONDS.toNanos(clientCount) / (few ? Math.min(FEW_PER_SECOND, perSecond) : perSecond);
    }

    private void pauseUntil(long nanoTime) {
        long wait = nanoTime - System.nanoTime();
        while (wait > 0 && !stopping) {
            LockSupport.parkNanos(wait);
            wait = nanoTime - System.nanoTime();
        }
    }

    private void vote(Voter voter) throws InterruptedException {
        Identity identity = Identity.of(voter.id(), key);
        int choice = voter.first();
        switch (voter.habit()) {
            case VOTES -> untilAnswered(() -> byApi(identity, choice));
            case GIVES_UP -> byApi(identity, choice);
            case IS_NEW -> byApi(Identity.NEW, choice);
            case VOTES_TWICE -> {
                untilAnswered(() -> byApi(identity, choice));
                untilAnswered(() -> byApi(identity, choice));
            }
            case CHANGES_ITS_MIND -> {
                untilAnswered(() -> byApi(identity, choice));
                untilAnswered(() -> byApi(identity, choice + 1));
            }
            case VOTES_FROM_THREE_WINDOWS -> atTheSameMoment(identity, choice);
            case USES_THE_FORM -> untilAnswered(() -> byForm(identity, choice));
            default -> throw new IllegalStateException("a habit of which nothing is known: " + voter);
        }
    }

    /** Repeats an attempt until it has an answer; each goes into the history. */
    private static void untilAnswered(Supplier<Attempt> vote) {
        long end = System.nanoTime() + LONGEST_FAULT.toNanos();
        while (vote.get().told() == Told.NOTHING && System.nanoTime() < end) {
            LockSupport.parkNanos(TRY_AGAIN_NANOS);
        }
    }

    private Attempt byApi(Identity identity, int choice) {
        return kept(client.castByApi(identity, plan.key(choice)));
    }

    /** Requests the page again until it comes, without casting again. */
    private Attempt byForm(Identity identity, int choice) {
        Posted posted = client.castByForm(identity, plan.key(choice));
        Attempt attempt = kept(posted.attempt());
        if (attempt.told() != Told.NOTHING) {
            untilAnswered(() -> kept(posted.page().get()));
        }
        return attempt;
    }

    private void atTheSameMoment(Identity identity, int choice) throws InterruptedException {
        List<Callable<Attempt>> votes = new ArrayList<>();
        for (int window = 0; window < WINDOWS; window++) {
            int inThisWindow = choice + window;
            votes.add(() -> byApi(identity, inThisWindow));
        }
        for (Future<Attempt> vote : windows.invokeAll(votes)) {
            try {
                vote.get();
            } catch (ExecutionException broken) {
                throw new AssertionError(broken.getCause());
            }
        }
    }

    private Attempt kept(Attempt attempt) {
        history.add(attempt);
        return attempt;
    }

    /** Waits until each voter has finished. */
    @Override
    public void close() {
        stopping = true;
        clients.shutdown();
        try {
            if (!clients.awaitTermination(LONGEST_FAULT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("voters do not come to an end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            windows.shutdown();
            client.close();
        }
        assertThat(failures).as("what broke a client").isEmpty();
    }
}
