package org.votingapp.worker.drain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChange;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.PublishedPolls;

/**
 * Registers the configured poll in Postgres, and tells the vote servers by Redis what is registered, whether it is that
 * or not. Used by one thread.
 */
@ApplicationScoped
public class Registration {

    private static final Logger LOG = Logger.getLogger(Registration.class.getName());

    @Inject
    private Poll poll;

    @Inject
    private PollCatalog catalog;

    @Inject
    private PublishedPolls published;

    private boolean silent;

    /**
     * Registers the poll; what that changes is told.
     *
     * @throws PollRefusedException where votes would mean something else then; what is registered stays
     */
    void register() throws StoreAwayException, PollRefusedException {
        try {
            // Redis is asked only where its answer matters: a worker may start while it is away.
            catalog.register(poll, changes() ? published.waiting(poll.id()) : 0);
        } finally {
            publish();
        }
    }

    private boolean changes() throws StoreAwayException {
        return catalog.registered(poll.id())
                .flatMap(before -> PollChange.of(before, poll, Instant.now()).line())
                .isPresent();
    }

    /** Tells the vote servers; where that fails, once in the log. */
    void publish() {
        try {
            Optional<RegisteredPoll> registered = catalog.registered(poll.id());
            if (registered.isPresent()) {
                published.publish(registered.get());
            }
            silent = false;
        } catch (StoreAwayException | RuntimeException away) {
            // Of whatever kind: it is tried again every few seconds, for as long as the worker runs.
            if (!silent) {
                LOG.warning(() ->
                        "What is registered of poll %s is not published: %s; vote servers go on with what they know"
                                .formatted(poll.id(), away.getMessage()));
            }
            silent = true;
        }
    }
}
