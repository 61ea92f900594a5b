package org.votingapp.result.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;
import org.votingapp.runtime.store.BackOff;
import org.votingapp.runtime.store.FailureLog;

/**
 * Listens for changes of polls and tallies: opens the store's notifications, and opens them again, with back-off, when they are
 * lost. Not thread-safe.
 */
final class NotificationListener implements AutoCloseable {

    private final Notifications.Opener opener;
    private final BackOff backOff;
    private final FollowerTime time;

    private final FailureLog log = new FailureLog(
            Logger.getLogger(NotificationListener.class.getName()),
            "Listening for changes fails",
            "changes show up to a second later until it succeeds",
            "Listening for changes works again");

    private Optional<Notifications> notifications = Optional.empty();
    private String failure = "nothing was heard yet";
    private long openAt;

    NotificationListener(Notifications.Opener opener, BackOff backOff, FollowerTime time) {
        this.opener = opener;
        this.backOff = backOff;
        this.time = time;
        this.openAt = time.now();
    }

    /** Why no notifications arrive, in words that may be public; empty where they do. */
    Optional<String> failure() {
        return notifications.filter(Notifications::isProven).isPresent() ? Optional.empty() : Optional.of(failure);
    }

    /**
     * Waits for a change, or until the time is over.
     *
     * @return what was notified, or may have been missed before listening began
     */
    Changes awaitChanges(Duration atMost) throws InterruptedException {
        try {
            if (notifications.isPresent()) {
                return awaitChanges(notifications.get(), atMost);
            }
            long untilOpen = openAt - time.now();
            if (untilOpen > 0) {
                time.pause().of(Duration.ofNanos(Math.min(untilOpen, atMost.toNanos())));
                return Changes.NONE;
            }
            notifications = Optional.of(opener.open());
            return Changes.ANY;
        } catch (TallyStoreException lost) {
            openLater(lost.publicReason(), lost.logReason());
        } catch (RuntimeException fault) {
            openLater(TallyFollower.FAULT, fault.toString());
        }
        return Changes.NONE;
    }

    private Changes awaitChanges(Notifications open, Duration atMost) throws TallyStoreException {
        Changes changes = Changes.of(open.await(atMost));
        if (open.isProven()) {
            backOff.reset();
            log.works();
        }
        return changes;
    }

    private void openLater(String publicReason, String logReason) {
        close();
        failure = publicReason;
        openAt = time.now() + backOff.next().toNanos();
        log.failed(logReason);
    }

    @Override
    public void close() {
        notifications.ifPresent(Notifications::close);
        notifications = Optional.empty();
    }
}
