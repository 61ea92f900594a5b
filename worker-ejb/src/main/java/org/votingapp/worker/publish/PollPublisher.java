package org.votingapp.worker.publish;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.poll.PollVersion;
import org.votingapp.worker.poll.StoredPoll;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.PublishedPolls;

/**
 * Publishes polls: brings each version from Postgres to Redis, and notes in Postgres that it is in effect.
 *
 * <p>Compares both stores at each look, so it repeats what a crash interrupted and what Redis has lost. Redis refuses an older
 * version ({@code publish.lua}), so any number of workers may publish. One thread looks; any thread may ask how far it is.
 */
@Singleton
public class PollPublisher {

    private static final Logger LOG = Logger.getLogger(PollPublisher.class.getName());

    private final Poll configured;
    private final PollCatalog catalog;
    private final PublishedPolls published;
    private final FailureLog failures = new FailureLog(
            LOG, "Publishing polls failed", "changes of polls are not in effect", "Publishing polls works again");

    private volatile long unpublished;
    private volatile long completeNanos = System.nanoTime();

    @Inject
    PollPublisher(Poll configured, PollCatalog catalog, PublishedPolls published) {
        this.configured = configured;
        this.catalog = catalog;
        this.published = published;
    }

    /**
     * Publishes what Redis does not have. A failure is logged: the next look comes in a second.
     *
     * @return how far each poll has come; empty after a failure
     */
    public List<PollVersion> look() {
        try {
            Map<String, Long> inRedis = published.versions();
            List<PollVersion> polls = catalog.versions();
            unpublished =
                    polls.stream().filter(poll -> isMissing(poll, inRedis)).count();
            for (PollVersion poll : polls) {
                long other = inRedis.getOrDefault(poll.id(), 0L);
                // The configured poll always: vote servers compare its votes with their settings.
                if (other < poll.version()
                        || other == poll.version() && poll.id().equals(configured.id())) {
                    publish(poll);
                } else if (other > poll.version()) {
                    overtake(poll, other);
                } else if (poll.isUnpublished()) {
                    catalog.published(poll.id(), poll.version());
                }
            }
            unpublished = 0;
            completeNanos = System.nanoTime();
            failures.works();
            return polls;
        } catch (StoreAwayException | RuntimeException failed) {
            // Whatever it is, the worker goes on.
            failures.failed(String.valueOf(failed.getMessage()));
            return List.of();
        }
    }

    /**
     * Gives the poll a version after that of Redis, which the next look publishes. Redis was read first, so it has a later one only
     * where Postgres was restored from a backup or is new.
     */
    private void overtake(PollVersion poll, long other) throws StoreAwayException {
        LOG.warning(() ->
                "Redis has version %d of poll %s and Postgres only %d, as after a restore: Postgres' one is published as version %d"
                        .formatted(other, poll.id(), poll.version(), other + 1));
        catalog.overtake(poll.id(), other);
    }

    private static boolean isMissing(PollVersion poll, Map<String, Long> inRedis) {
        return inRedis.getOrDefault(poll.id(), 0L) < poll.version();
    }

    private void publish(PollVersion poll) throws StoreAwayException {
        Optional<StoredPoll> stored = catalog.stored(poll.id());
        if (stored.isPresent()) {
            long version = stored.get().version();
            published.publish(stored.get().registered(), version);
            if (poll.published() < version) {
                catalog.published(poll.id(), version);
            }
        }
    }

    /** The number of polls whose newest version Redis did not have at the last look and has not been given since. */
    public long unpublished() {
        return unpublished;
    }

    /** How long ago all polls were in effect as they were in Postgres. */
    public Duration behind() {
        return Duration.ofNanos(System.nanoTime() - completeNanos);
    }
}
