package org.votingapp.result.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Tag;
import org.votingapp.poll.ResultViewer;
import org.votingapp.result.follow.FollowerStatus;
import org.votingapp.result.follow.NewTallies;
import org.votingapp.result.follow.RoomBoards;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.TallyBoards;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;
import org.votingapp.result.watch.WatcherMeter;
import org.votingapp.result.watch.Watchers;
import org.votingapp.runtime.metrics.Meters;

/** The result server's metrics: counts what happens to watchers and tallies, and looks up the rest at each scrape. */
@Singleton
public class ResultMetrics implements WatcherMeter {

    private static final String DROPPED = "result_watchers_dropped";
    private static final String DROPPED_BY =
            "Watchers whose stream ended, by why: gone (closed or broken) or slow (did not read)";

    private final Meters meters;
    private final TallyBoards boards;
    private final Counter published;
    private final Counter sent;
    private final Counter refused;
    private final Counter gone;
    private final Counter slow;

    /** Registers the counters, all 0. */
    @Inject
    public ResultMetrics(Meters meters, TallyBoards boards) {
        this.meters = meters;
        this.boards = boards;
        published =
                meters.counter("result_tallies_published", "Tallies of all polls that were published since the start");
        sent = meters.counter("result_tallies_sent", "Tallies handed to a watcher's connection");
        refused = meters.counter("result_watchers_refused", "Watchers turned away at the limit");
        gone = meters.counter(DROPPED, DROPPED_BY, new Tag("reason", "gone"));
        slow = meters.counter(DROPPED, DROPPED_BY, new Tag("reason", "slow"));
    }

    void start(
            @Observes @Initialized(ApplicationScoped.class) Object applicationStarts,
            Watchers watchers,
            FollowerStatus follower,
            RoomBoards rooms) {
        meters.gauge("result_watchers", "Open event streams", watchers::count);
        meters.gauge("result_boards", "Polls that this server follows", boards::count);
        meters.gauge("result_rooms", "Rooms that this server follows", rooms::count);
        meters.gauge(
                "result_senders_held_up",
                "Threads that wait for a watcher who does not read",
                watchers::blockedSenders);
        meters.gauge(
                "result_tally_age_seconds",
                "Seconds since the tally of the house room's poll was last read from Postgres; -1 before the first time",
                () -> boards.house().age().map(age -> age.toMillis() / 1000.0).orElse(-1.0));
        meters.gauge(
                "result_listening", "1 while Postgres tells of changes, else 0", () -> follower.isListening() ? 1 : 0);
    }

    /**
     * Registers each option with its first tally, since a later tally may have other options. Only those of the house room's
     * poll: a registered metric stays for ever, and polls come and go.
     */
    void published(@Observes NewTallies tallies) {
        published.inc(tallies.boards().size());
        TallyBoard house = boards.house();
        if (tallies.boards().contains(house)) {
            house.newest(ResultViewer.ANYBODY).stream()
                    .flatMap(newest -> newest.poll().options().stream())
                    .forEach(option -> meters.gauge(
                            "poll_votes",
                            "Votes for an option of the house room's poll, as shown to anybody; NaN while the result is hidden, and where the poll has the option no more",
                            () -> votes(option.key()),
                            new Tag("poll", house.pollId()),
                            new Tag("option", option.key())));
        }
    }

    /** By key, since an option may have moved since it was registered. */
    private double votes(String key) {
        return boards
                .house()
                .newest(ResultViewer.ANYBODY)
                .filter(PublishedTally.class::isInstance)
                .map(PublishedTally.class::cast)
                .stream()
                .flatMap(newest -> newest.tally().lines().stream())
                .filter(line -> line.key().equals(key))
                .mapToDouble(Tally.Line::votes)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void tallySent() {
        sent.inc();
    }

    @Override
    public void refused() {
        refused.inc();
    }

    @Override
    public void gone() {
        gone.inc();
    }

    @Override
    public void slow() {
        slow.inc();
    }
}
