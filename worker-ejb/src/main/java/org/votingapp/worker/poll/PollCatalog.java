package org.votingapp.worker.poll;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RoomCode;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.seed.SeedingRefusedException;
import org.votingapp.worker.seed.Seeds;
import org.votingapp.worker.store.StoreAwayException;

/**
 * The polls in Postgres, cached for ten seconds, so that a worker sees what another one changed.
 *
 * <p>A caller that misses a poll or an option asks for the {@link #latest} ones: no ballot may be rejected by what a cache knew.
 * Translates what the container throws when a commit fails. Thread-safe.
 */
@Singleton
public class PollCatalog {

    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Logger LOG = Logger.getLogger(PollCatalog.class.getName());

    private final PollRegister register;
    private final RoomRegister rooms;
    private final PollChangeRule rule;

    private volatile Kept kept = new Kept(Map.of(), System.nanoTime() - KEPT_NANOS);

    /**
     * @param register reads and writes them, in one transaction a call
     * @param rooms the same for rooms and their polls
     * @param rule what may change about a poll
     */
    @Inject
    public PollCatalog(PollRegister register, RoomRegister rooms, PollChangeRule rule) {
        this.register = register;
        this.rooms = rooms;
        this.rule = rule;
    }

    /** The polls by id, as they were at most ten seconds ago. */
    public Map<String, KnownPoll> recent() throws StoreAwayException {
        Kept present = kept;
        return System.nanoTime() - present.readNanos < KEPT_NANOS ? present.polls : latest();
    }

    /** The polls by id, read now. */
    public Map<String, KnownPoll> latest() throws StoreAwayException {
        long asked = System.nanoTime();
        try {
            Kept read = new Kept(register.polls(), asked);
            kept = read;
            return read.polls;
        } catch (EJBException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Registers a poll, and logs what that changes. The {@link #latest} polls include it.
     *
     * @param results who sees its result when
     * @param unrecorded votes for the poll that wait to be recorded
     * @throws PollRefusedException where the rule does not allow it
     */
    public void register(Poll poll, ResultsRule results, long unrecorded)
            throws StoreAwayException, PollRefusedException {
        try {
            register.register(poll, results, rule, unrecorded).ifPresent(LOG::info);
        } catch (EJBException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * What a file of rooms and polls would change.
     *
     * @throws SeedingRefusedException where the rule does not allow it
     */
    public Seeds plan(PollsFile file) throws StoreAwayException, SeedingRefusedException {
        try {
            return rooms.plan(file, rule);
        } catch (EJBException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /**
     * Registers the rooms and polls of a file, and logs what that changes.
     *
     * @param unrecorded by poll, votes that wait to be recorded
     * @throws SeedingRefusedException where the rule does not allow it; then nothing changes
     */
    public void seed(PollsFile file, Map<String, Long> unrecorded) throws StoreAwayException, SeedingRefusedException {
        try {
            rooms.seed(file, rule, unrecorded).changes().forEach(LOG::info);
        } catch (EJBException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    /** How far each room has come. */
    public List<RoomVersion> roomVersions() throws StoreAwayException {
        return translated(rooms::versions);
    }

    /** A room with its version; empty where there is none. */
    public Optional<StoredRoom> storedRoom(RoomCode code) throws StoreAwayException {
        return translated(() -> rooms.stored(code));
    }

    /** Notes that Redis has this version of a room. */
    public void publishedRoom(RoomCode code, long version) throws StoreAwayException {
        translated(() -> {
            rooms.published(code, version);
            return version;
        });
    }

    /** Gives a room the version after this one, unless it has a later one. */
    public void overtakeRoom(RoomCode code, long version) throws StoreAwayException {
        translated(() -> {
            rooms.overtake(code, version);
            return version;
        });
    }

    /**
     * Makes the result of a closed poll final, and logs it; does nothing where it is final, or where the poll closes at another time by
     * now.
     *
     * @param closes when it closed
     * @param now a later moment, at which all its ballots were recorded
     */
    public void finish(String pollId, Instant closes, Instant now) throws StoreAwayException {
        boolean finished = translated(() -> register.finish(pollId, closes, now));
        if (finished) {
            LOG.info(() ->
                    "Poll %s is final: it closed at %s, and all its ballots are recorded".formatted(pollId, closes));
        }
    }

    /** A poll as it is registered, with its votes; empty where it is not. */
    public Optional<RegisteredPoll> registered(String pollId) throws StoreAwayException {
        return translated(() -> register.registered(pollId));
    }

    /** The same with its version. */
    public Optional<StoredPoll> stored(String pollId) throws StoreAwayException {
        return translated(() -> register.stored(pollId));
    }

    /** How far each poll has come. */
    public List<PollVersion> versions() throws StoreAwayException {
        return translated(register::versions);
    }

    /**
     * Notes that Redis has this version of a poll, once it is in effect there.
     *
     * @param redis what Redis' clock says
     */
    public void published(String pollId, long version, Instant redis) throws StoreAwayException {
        translated(() -> {
            register.published(pollId, version, redis);
            return version;
        });
    }

    /** Gives a poll the version after this one, unless it has a later one. */
    public void overtake(String pollId, long version) throws StoreAwayException {
        translated(() -> {
            register.overtake(pollId, version);
            return version;
        });
    }

    private interface Call<T> {
        T make() throws StoreAwayException;
    }

    private static <T> T translated(Call<T> call) throws StoreAwayException {
        try {
            return call.make();
        } catch (EJBException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    private record Kept(Map<String, KnownPoll> polls, long readNanos) {}
}
