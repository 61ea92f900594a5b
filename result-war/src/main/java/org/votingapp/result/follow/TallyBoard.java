package org.votingapp.result.follow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;

/**
 * Where the newest tally hangs: whoever is asked for a result takes it from here, and Postgres is not asked.
 *
 * <p>One thread publishes; any number look. Nothing is on it until a tally was read for the first time.
 */
@ApplicationScoped
public class TallyBoard {

    private final Consumer<PublishedTally> announcement;
    private final AtomicLong published = new AtomicLong();
    private volatile Optional<PublishedTally> newest = Optional.empty();

    /** For the container's proxy. */
    protected TallyBoard() {
        this((Consumer<PublishedTally>) unheard -> {});
    }

    /** Announces what is published to observers, on the thread that publishes. */
    @Inject
    public TallyBoard(Event<PublishedTally> announcement) {
        this((Consumer<PublishedTally>) announcement::fire);
    }

    TallyBoard(Consumer<PublishedTally> announcement) {
        this.announcement = announcement;
    }

    /** The newest tally, if one was ever read. */
    public Optional<PublishedTally> newest() {
        return newest;
    }

    /** Gives what {@link #newest()} does, past the container's proxy, which costs more than the answer. */
    public Supplier<Optional<PublishedTally>> direct() {
        return () -> newest;
    }

    /** How many tallies were published since the server started. */
    public long published() {
        return published.get();
    }

    /** Puts a tally up where it differs from the one that hangs there. */
    void show(Tally tally, long nowMillis) {
        if (newest.filter(shown -> shown.tally().equals(tally)).isPresent()) {
            return;
        }
        long id = Math.max(nowMillis, newest.map(shown -> shown.id() + 1).orElse(0L));
        PublishedTally next = PublishedTally.of(id, tally);
        newest = Optional.of(next);
        published.incrementAndGet();
        announcement.accept(next);
    }
}
