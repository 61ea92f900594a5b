package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChange;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.publish.PollPublisher;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.PublishedPolls;

/** Registers the configured poll in Postgres, and publishes the registered ones to the vote servers. Used by one thread. */
@Singleton
class Registration {

    private final Poll poll;
    private final PollCatalog catalog;
    private final PublishedPolls published;
    private final PollPublisher publisher;

    @Inject
    Registration(Poll poll, PollCatalog catalog, PublishedPolls published, PollPublisher publisher) {
        this.poll = poll;
        this.catalog = catalog;
        this.published = published;
        this.publisher = publisher;
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
            publisher.look();
        }
    }

    private boolean changes() throws StoreAwayException {
        return catalog.registered(poll.id())
                .flatMap(before -> PollChange.of(before, poll, Instant.now()).line())
                .isPresent();
    }
}
