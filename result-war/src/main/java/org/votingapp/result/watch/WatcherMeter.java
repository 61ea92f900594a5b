package org.votingapp.result.watch;

/** Port for counting what happens to watchers. Thread-safe. */
public interface WatcherMeter {

    /** A tally was written to a watcher's connection. */
    void tallySent();

    /** A watcher was turned away at the limit. */
    void refused();

    /** A watcher closed the connection or lost it, or serving it hit a fault. */
    void gone();

    /** A watcher was dropped because it did not read. */
    void slow();
}
