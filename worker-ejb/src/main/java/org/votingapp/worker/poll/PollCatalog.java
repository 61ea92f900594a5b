package org.votingapp.worker.poll;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.RegisteredPoll;
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

    private static final Logger LOG = Logger.getLogger(PollCatalog.class.getName());

    private final PollRegister register;
    private final PollChangeRule rule;

    private volatile Kept kept = new Kept(Map.of(), System.nanoTime() - KEPT_NANOS);

    /** For CDI's proxy. */
    protected PollCatalog() {
        this.register = null;
        this.rule = null;
    }

    /**
     * @param register reads and writes them
     * @param rule what may change about a poll
     */
    @Inject
    public PollCatalog(PollRegister register, PollChangeRule rule) {
        this.register = register;
        this.rule = rule;
    }

    /** The polls by id, as they were at most ten seconds ago. */
    public Map<String, KnownPoll> recent() throws StoreAwayException {
        Kept present = kept;
        return System.nanoTime() - present.readNanos < KEPT_NANOS ? present.polls : latest();
    }

    /** The polls by id, as they are. */
    public Map<String, KnownPoll> latest() throws StoreAwayException {
        long asked = System.nanoTime();
        Kept read = new Kept(read(), asked);
        kept = read;
        return read.polls;
    }

    /**
     * Registers a poll anew; the {@link #latest} ones are with it. What changes is told.
     *
     * @param unrecorded votes for the poll that wait to be recorded
     * @throws PollRefusedException where the rule does not allow it
     */
    public void register(Poll poll, long unrecorded) throws StoreAwayException, PollRefusedException {
        try {
            register.register(poll, rule, unrecorded).ifPresent(LOG::info);
        } catch (EJBException failed) {
            throw PostgresFailure.away(failed);
        }
    }

    /** A poll as it is registered, with its votes, if it is. */
    public Optional<RegisteredPoll> registered(String pollId) throws StoreAwayException {
        try {
            return register.registered(pollId);
        } catch (EJBException failed) {
            throw PostgresFailure.away(failed);
        }
    }

    private Map<String, KnownPoll> read() throws StoreAwayException {
        try {
            return register.polls();
        } catch (EJBException failed) {
            throw PostgresFailure.away(failed);
        }
    }

    private record Kept(Map<String, KnownPoll> polls, long readNanos) {}
}
