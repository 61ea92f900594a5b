package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChange;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.ResultsRule;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.poll.StoredPoll;
import org.votingapp.worker.publish.PollPublisher;
import org.votingapp.worker.seed.PollSeed;
import org.votingapp.worker.seed.SeedingRefusedException;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.PublishedPolls;

/**
 * Registers the configured poll and the file's rooms and polls in Postgres, and publishes the registered ones to the vote
 * servers. Used by one thread.
 */
@Singleton
class Registration {

    private final Poll poll;
    private final ResultsRule results;
    private final PollsFile file;
    private final PollCatalog catalog;
    private final PublishedPolls published;
    private final PollPublisher publisher;

    @Inject
    Registration(
            Poll poll,
            ResultsRule results,
            PollsFile file,
            PollCatalog catalog,
            PublishedPolls published,
            PollPublisher publisher) {
        this.poll = poll;
        this.results = results;
        this.file = file;
        this.catalog = catalog;
        this.published = published;
        this.publisher = publisher;
    }

    /**
     * Registers them and logs what that changes; publishes in any case.
     *
     * @throws PollRefusedException where votes for the configured poll would then mean something else; the registered one stays
     *     as it is
     * @throws SeedingRefusedException likewise for polls of the file; then all its rooms and polls stay as they are registered
     */
    void register() throws StoreAwayException, PollRefusedException, SeedingRefusedException {
        try {
            // Asks Redis only where its answer matters: a worker may start while Redis is away.
            catalog.register(
                    poll, results, changes() ? waiting(Set.of(poll.id())).getOrDefault(poll.id(), 0L) : 0);
            if (!file.rooms().isEmpty()) {
                catalog.seed(file, waiting(changedByFile()));
            }
        } finally {
            publisher.look();
        }
    }

    private boolean changes() throws StoreAwayException {
        return catalog.stored(poll.id())
                .filter(before -> before.definition().results() != results
                        || PollChange.of(before.registered(), withHoursOf(before), Instant.now())
                                .line()
                                .isPresent())
                .isPresent();
    }

    private Poll withHoursOf(StoredPoll before) {
        return poll.withHours(
                poll.hours().unlessSteered(before.registered().poll().hours(), before.configured()));
    }

    private Set<String> changedByFile() throws StoreAwayException, SeedingRefusedException {
        return catalog.plan(file).polls().stream()
                .filter(seed -> seed.registered() && seed.change().isPresent())
                .map(PollSeed::poll)
                .map(Poll::id)
                .collect(Collectors.toSet());
    }

    private Map<String, Long> waiting(Set<String> polls) throws StoreAwayException {
        return polls.isEmpty() ? Map.of() : published.waiting(polls);
    }
}
