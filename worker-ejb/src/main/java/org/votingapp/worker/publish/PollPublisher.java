package org.votingapp.worker.publish;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.poll.PollVersion;
import org.votingapp.worker.poll.RoomVersion;
import org.votingapp.worker.poll.StoredPoll;
import org.votingapp.worker.poll.StoredRoom;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.PublishedPolls;
import org.votingapp.worker.stream.PublishedVersions;
import org.votingapp.worker.stream.StreamFacts;

/**
 * Publishes polls and rooms: brings each version from Postgres to Redis, and notes in Postgres that it is in effect.
 *
 * <p>Compares both stores at each look, so it repeats what a crash interrupted and what Redis has lost. Redis refuses an older
 * version ({@code publish.lua}, {@code define.lua}), so any number of workers may publish. One thread looks; any thread may ask how far it is.
 */
@Singleton
public class PollPublisher {

    private static final Logger LOG = Logger.getLogger(PollPublisher.class.getName());

    private final Poll configured;
    private final PollCatalog catalog;
    private final PublishedPolls published;
    private final CodePublisher codes;
    private final StreamFacts redis;
    private final FailureLog failures = new FailureLog(
            LOG, "Publishing polls failed", "changes of polls are not in effect", "Publishing polls works again");

    private volatile long unpublished;
    private volatile long completeNanos = System.nanoTime();

    @Inject
    PollPublisher(
            Poll configured, PollCatalog catalog, PublishedPolls published, CodePublisher codes, StreamFacts redis) {
        this.configured = configured;
        this.catalog = catalog;
        this.published = published;
        this.codes = codes;
        this.redis = redis;
    }

    /**
     * Publishes what Redis does not have. A failure is logged: the next look comes in a second.
     *
     * @return how far each poll has come; empty after a failure
     */
    public List<PollVersion> look() {
        try {
            PublishedVersions inRedis = published.versions();
            List<PollVersion> polls = catalog.versions();
            List<RoomVersion> rooms = catalog.roomVersions();
            unpublished = polls.stream()
                            .filter(poll -> inRedis.completeVersion(poll.id()) < poll.version())
                            .count()
                    + rooms.stream()
                            .filter(room -> inRedis.version(room.code()) < room.version())
                            .count();
            for (PollVersion poll : polls) {
                bring(poll, inRedis);
            }
            // After their polls, so that no vote server puts a poll on stage that it does not know.
            for (RoomVersion room : rooms) {
                bring(room, inRedis.version(room.code()));
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

    private void bring(PollVersion poll, PublishedVersions inRedis) throws StoreAwayException {
        long latest = inRedis.latestVersion(poll.id());
        if (latest > poll.version()) {
            warnOfRestore("poll " + poll.id(), latest, poll.version());
            catalog.overtake(poll.id(), latest);
        } else if (inRedis.completeVersion(poll.id()) < poll.version()
                || poll.codesAwaited()
                || poll.id().equals(configured.id())) {
            // One with codes, too, that a worker of an earlier release may have published without them.
            // The configured poll always: vote servers compare its votes with their settings.
            publish(poll);
        } else if (poll.isUnpublished()) {
            catalog.published(poll.id(), poll.version(), redis.now());
        }
    }

    /**
     * The rules before what vote servers know: a vote server that shows a poll can have its votes decided. Codes before the rules:
     * no poll opens without them.
     */
    private void publish(PollVersion poll) throws StoreAwayException {
        Optional<StoredPoll> stored = catalog.stored(poll.id());
        if (stored.isPresent()) {
            long version = stored.get().version();
            boolean needsCode = stored.get().definition().needsCode();
            // A closed poll has no use for them; opening it again is a version of its own.
            if (needsCode && !isClosed(poll)) {
                codes.publish(poll.id());
            }
            published.publish(stored.get().registered(), needsCode, version);
            published.define(stored.get().definition(), version);
            if (poll.codesAwaited()) {
                codes.told(poll.id());
            }
            if (poll.published() < version) {
                catalog.published(poll.id(), version, redis.now());
            }
        }
    }

    /** By the clock that decides. */
    private boolean isClosed(PollVersion poll) {
        return poll.closes().filter(time -> time.isBefore(redis.now())).isPresent();
    }

    private void bring(RoomVersion room, long inRedis) throws StoreAwayException {
        if (inRedis > room.version()) {
            warnOfRestore("room " + room.code(), inRedis, room.version());
            catalog.overtakeRoom(room.code(), inRedis);
        } else if (inRedis < room.version()) {
            Optional<StoredRoom> stored = catalog.storedRoom(room.code());
            if (stored.isPresent()) {
                published.define(stored.get().room(), stored.get().version());
                catalog.publishedRoom(room.code(), stored.get().version());
            }
        } else if (room.isUnpublished()) {
            catalog.publishedRoom(room.code(), room.version());
        }
    }

    /**
     * Redis was read first, so it has a later version only where Postgres was restored from a backup or is new. What Postgres has
     * gets the version after Redis', which the next look publishes.
     */
    private static void warnOfRestore(String what, long inRedis, long inPostgres) {
        LOG.warning(() ->
                "Redis has version %d of %s and Postgres only %d, as after a restore: Postgres' one is published as version %d"
                        .formatted(inRedis, what, inPostgres, inRedis + 1));
    }

    /** The number of polls and rooms whose newest version Redis did not have at the last look and has not been given since. */
    public long unpublished() {
        return unpublished;
    }

    /** How long ago all polls and rooms were in effect as they were in Postgres. */
    public Duration behind() {
        return Duration.ofNanos(System.nanoTime() - completeNanos);
    }
}
