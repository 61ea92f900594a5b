package org.votingapp.worker.poll;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.votingapp.poll.Poll;
import org.votingapp.worker.store.PostgresFailure;
import org.votingapp.worker.store.StoreAwayException;

/**
 * The polls in Postgres, kept in memory.
 *
 * <p>What is kept is at most ten seconds old, so that a poll that another worker changed is seen. Whoever misses a poll
 * or an option asks for the {@link #latest} ones: no ballot may be refused because of what was known earlier.
 * Thread-safe.
 */
@ApplicationScoped
public class PollCatalog {

    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

    private final PollRegister register;

    private volatile Kept kept = new Kept(Map.of(), System.nanoTime() - KEPT_NANOS);

    /** For CDI's proxy. */
    protected PollCatalog() {
        this.register = null;
    }

    /** @param register reads them */
    @Inject
    public PollCatalog(PollRegister register) {
        this.register = register;
    }

    /** The polls by id, as they were at most ten seconds ago. */
    public Map<String, KnownPoll> recent() throws StoreAwayException {
        Kept present = kept;
        return System.nanoTime() - present.readNanos < KEPT_NANOS ? present.polls : latest();
    }

    /** The polls by id, as they are. */
    public Map<String, KnownPoll> latest() throws StoreAwayException {
        return read(register::polls);
    }

    /** The polls by id, as they are once this one is registered. */
    public Map<String, KnownPoll> latestWith(Poll poll) throws StoreAwayException {
        return read(() -> {
            register.register(poll);
            return register.polls();
        });
    }

    private Map<String, KnownPoll> read(Reading reading) throws StoreAwayException {
        try {
            long asked = System.nanoTime();
            Kept read = new Kept(reading.read(), asked);
            kept = read;
            return read.polls;
        } catch (EJBException failed) {
            throw PostgresFailure.away(failed);
        }
    }

    @FunctionalInterface
    private interface Reading {

        Map<String, KnownPoll> read() throws StoreAwayException;
    }

    private record Kept(Map<String, KnownPoll> polls, long readNanos) {}
}
