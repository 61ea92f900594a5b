package org.votingapp.worker.metrics;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Tag;
import org.votingapp.runtime.metrics.Meters;

/** The gauge of each poll on a room's stage: as many as {@link #MOST}, so that polls do not fill a monitoring system. Thread-safe. */
@Singleton
public class PollMeters {

    /** Of how many polls there are gauges. */
    static final int MOST = 20;

    private static final String NAME = "poll_ballots_recorded";

    private final Meters meters;
    private Set<String> shown = Set.of();

    /** Registers none yet. */
    @Inject
    public PollMeters(Meters meters) {
        this.meters = meters;
    }

    /**
     * Shows these polls from now on, and no others.
     *
     * @param polls their ids
     * @param votes the number of votes of one, looked up at each scrape
     */
    synchronized void show(Set<String> polls, ToDoubleFunction<String> votes) {
        shown.stream().filter(gone -> !polls.contains(gone)).forEach(gone -> meters.removeGauge(NAME, tag(gone)));
        polls.stream()
                .filter(here -> !shown.contains(here))
                .forEach(here -> meters.gauge(
                        NAME,
                        "Ballots that count in a poll on a room's stage, of the " + MOST + " polls with the most",
                        () -> votes.applyAsDouble(here),
                        tag(here)));
        shown = Set.copyOf(polls);
    }

    private static Tag tag(String poll) {
        return new Tag("poll", poll);
    }
}
