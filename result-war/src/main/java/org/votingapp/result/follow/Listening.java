package org.votingapp.result.follow;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.runtime.store.StoreAddress;

/**
 * Keeps an ear on the store: opens it, waits with it, and opens another one when it is lost.
 *
 * <p>Not thread-safe.
 */
final class Listening implements AutoCloseable {

    private final Notifications.Opener opener;
    private final StoreAddress store;
    private final Backoff backoff;
    private final StateLog state;
    private final Time time;

    private Optional<Notifications> ear = Optional.empty();
    private String trouble = "nothing was heard yet";
    private long openAt;

    Listening(Notifications.Opener opener, StoreAddress store, Backoff backoff, StateLog state, Time time) {
        this.store = store;
        this.opener = opener;
        this.backoff = backoff;
        this.state = state;
        this.time = time;
        this.openAt = time.now();
    }

    /** Why changes are not told at the moment, in words that may be public; empty where they are. */
    Optional<String> trouble() {
        return ear.filter(Notifications::heard).isPresent() ? Optional.empty() : Optional.of(trouble);
    }

    /**
     * Waits until told of a change or until the time is over.
     *
     * @return whether there may be a change: it was told, or it may have been missed before listening began
     */
    boolean await(Duration atMost) throws InterruptedException {
        try {
            if (ear.isPresent()) {
                boolean told = ear.get().await(atMost);
                if (ear.get().heard()) {
                    backoff.succeeded();
                    state.well();
                }
                return told;
            }
            long untilOpen = openAt - time.now();
            if (untilOpen > 0) {
                time.pause().of(Duration.ofNanos(Math.min(untilOpen, atMost.toNanos())));
                return false;
            }
            ear = Optional.of(opener.open());
            return true;
        } catch (SQLException | RuntimeException lost) {
            close();
            trouble = lost instanceof UnheardException ? lost.getMessage() : store.reason(lost);
            openAt = time.now() + backoff.failed().toNanos();
            state.failed(lost);
            return false;
        }
    }

    @Override
    public void close() {
        ear.ifPresent(Notifications::close);
        ear = Optional.empty();
    }
}
