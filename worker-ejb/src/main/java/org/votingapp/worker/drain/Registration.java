package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChange;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.PublishedPolls;

/** Registers the configured poll in Postgres, and publishes the registered one to the vote servers. Used by one thread. */
@Singleton
class Registration {

    private static final Logger LOG = Logger.getLogger(Registration.class.getName());

    private final Poll poll;
    private final PollCatalog catalog;
    private final PublishedPolls published;
    private final FailureLog publishing;

    @Inject
    Registration(Poll poll, PollCatalog catalog, PublishedPolls published) {
        this.poll = poll;
        this.catalog = catalog;
        this.published = published;
        this.publishing = new FailureLog(
                LOG,
                "Publishing poll %s failed".formatted(poll.id()),
                "vote servers go on with what they know",
                "Publishing poll %s works again".formatted(poll.id()));
    }

    /**
     * Registers the poll and logs what that changes; publishes in any case.
     *
     * @throws PollRefusedException where votes would then mean something else; the registered poll stays as it is
     */
    void register() throws StoreAwayException, PollRefusedException {
        try {
            // Asks Redis only where its answer matters: a worker may start while Redis is away.
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

    /**
     * Publishes the registered poll. A failure is logged: the next try comes in some seconds.
     *
     * @return what it published; empty where there is no such poll yet, and after a failure
     */
    Optional<RegisteredPoll> publish() {
        try {
            Optional<RegisteredPoll> registered = catalog.registered(poll.id());
            if (registered.isPresent()) {
                published.publish(registered.get());
            }
            publishing.works();
            return registered;
        } catch (StoreAwayException | RuntimeException failed) {
            // Whatever it is, the worker goes on.
            publishing.failed(String.valueOf(failed.getMessage()));
            return Optional.empty();
        }
    }
}
