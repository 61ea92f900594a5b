package org.votingapp.result.follow;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;

/**
 * Shows the newest tally to every page, API call and watcher, so that none of them asks Postgres.
 *
 * <p>The follower's thread shows tallies; any thread may look. The board is empty until a tally was read once.
 */
@Singleton
public class TallyBoard {

    private final Consumer<PublishedTally> announcement;
    private volatile Optional<PublishedTally> newest = Optional.empty();

    /** Announces each new tally to its observers, on the follower's thread. */
    @Inject
    public TallyBoard(Event<PublishedTally> announcement) {
        this((Consumer<PublishedTally>) announcement::fire);
    }

    TallyBoard(Consumer<PublishedTally> announcement) {
        this.announcement = announcement;
    }

    /** The newest tally; empty before the first reading. */
    public Optional<PublishedTally> newest() {
        return newest;
    }

    /** Publishes a tally, unless it equals the newest one. */
    void show(Tally tally, long nowMillis) {
        if (newest.filter(shown -> shown.tally().equals(tally)).isPresent()) {
            return;
        }
        // Milliseconds, but always above the id before: the clock may be set back.
        long id = Math.max(nowMillis, newest.map(shown -> shown.id() + 1).orElse(0L));
        PublishedTally next = PublishedTally.of(id, tally);
        newest = Optional.of(next);
        announcement.accept(next);
    }
}
