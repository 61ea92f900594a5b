package org.votingapp.result.watch;

import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to watchers since the server started.
 *
 * @param sent tallies that were handed to a connection
 * @param refused watchers who were turned away since there were as many as there may be
 * @param gone watchers who closed their connection or lost it
 * @param slow watchers who were dropped since they did not take what was sent
 */
public record WatcherCounts(LongAdder sent, LongAdder refused, LongAdder gone, LongAdder slow) {

    /** Nothing yet. */
    public WatcherCounts() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
