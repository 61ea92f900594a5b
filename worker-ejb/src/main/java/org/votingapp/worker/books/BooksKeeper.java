package org.votingapp.worker.books;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.votingapp.runtime.store.FailureLog;
import org.votingapp.worker.drain.DrainState;
import org.votingapp.worker.poll.BooksRegister;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.StreamFacts;

/**
 * Writes into Postgres, where it changed, what organisers may know of the drain: the organiser server never talks to Redis. It reads
 * as the metrics do, and no ballot waits for it. Any number of workers may do it. Used by one thread.
 */
@Singleton
public class BooksKeeper {

    private static final Logger LOG = Logger.getLogger(BooksKeeper.class.getName());

    private final DrainState drain;
    private final StreamFacts stream;
    private final BooksRegister register;
    private final TallyDelay delay;
    private final FailureLog failures = new FailureLog(
            LOG,
            "Writing the books for organisers failed",
            "their pages show older numbers",
            "Writing the books for organisers works again");
    /** The newest rejected entry when all were read last. */
    private List<StreamFacts.RejectedEntry> rejectedLast = List.of();

    @Inject
    BooksKeeper(DrainState drain, StreamFacts stream, BooksRegister register, TallyDelay delay) {
        this.drain = drain;
        this.stream = stream;
        this.register = register;
        this.delay = delay;
    }

    /** Reads and writes once. A failure is logged: the next time comes. */
    public void step() {
        if (drain.schemaVersion().isEmpty()) {
            return;
        }
        try {
            write();
            failures.works();
        } catch (StoreAwayException | RuntimeException failed) {
            failures.failed(String.valueOf(failed.getMessage()));
        } catch (Error serious) {
            // A scheduler drops a task that throws; the books must go on once there is memory again.
            failures.failed(String.valueOf(serious));
        }
    }

    private void write() throws StoreAwayException {
        Instant here = Instant.now();
        delay.redisTime(stream.now(), here);
        List<String> moving = register.moving();
        Map<String, Long> voters =
                moving.isEmpty() ? Map.of() : stream.voters(moving).byPoll();
        StreamFacts.Totals totals = stream.totals();
        register.write(voters, totals, delay.take());
        List<StreamFacts.RejectedEntry> newest = stream.rejected(1);
        if (!newest.equals(rejectedLast)) {
            register.writeRejected(stream.rejected(BooksRegister.MOST_REJECTED));
            rejectedLast = newest;
        }
    }
}
