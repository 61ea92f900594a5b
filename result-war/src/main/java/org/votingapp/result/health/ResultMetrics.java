package org.votingapp.result.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.votingapp.poll.PollOption;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;
import org.votingapp.result.watch.Watchers;

/** What {@code /metrics} says of the result part; everything is counted elsewhere and only looked up here. */
@ApplicationScoped
public class ResultMetrics {

    private final MetricRegistry registry;
    private final TallyBoard board;

    /** For the container's proxy. */
    protected ResultMetrics() {
        this(null, null);
    }

    /** Registers with this registry. */
    @Inject
    public ResultMetrics(MetricRegistry registry, TallyBoard board) {
        this.registry = registry;
        this.board = board;
    }

    void start(
            @Observes @Initialized(ApplicationScoped.class) Object applicationStarts,
            Watchers watchers,
            Vitals vitals) {
        gauge("result_watchers", "Open event streams", watchers::count);
        gauge("result_senders_held_up", "Threads that wait for a watcher who does not read", watchers::heldUp);
        gauge(
                "result_tally_age_seconds",
                "Seconds since the tally was last read from Postgres; -1 before the first time",
                () -> vitals.tallyAge().map(age -> age.toMillis() / 1000.0).orElse(-1.0));
        gauge("result_listening", "1 while Postgres tells of changes, else 0", () -> vitals.listening() ? 1 : 0);
        count("result_tallies_published", "Tallies published since the start", board::published);
        count(
                "result_tallies_sent",
                "Tallies handed to a watcher's connection",
                () -> watchers.counts().sent().sum());
        count(
                "result_watchers_refused",
                "Watchers turned away at the limit",
                () -> watchers.counts().refused().sum());
        String ended = "Watchers whose stream ended, by why: gone (closed or broken) or slow (did not read)";
        count("result_watchers_dropped", ended, () -> watchers.counts().gone().sum(), new Tag("reason", "gone"));
        count("result_watchers_dropped", ended, () -> watchers.counts().slow().sum(), new Tag("reason", "slow"));
    }

    /** A poll's options are known when its first tally is, and may change with a later one. */
    void published(@Observes PublishedTally published) {
        for (PollOption shown : published.tally().poll().options()) {
            Tag poll = new Tag("poll", published.tally().poll().id());
            Tag option = new Tag("option", shown.key());
            gauge(
                    "poll_votes",
                    "Votes for an option, as shown; NaN where the poll has the option no more",
                    () -> votes(shown.key()),
                    poll,
                    option);
        }
    }

    /** By key, since an option may stand at another place than when it was registered. */
    private double votes(String key) {
        return board.newest().stream()
                .flatMap(published -> published.tally().lines().stream())
                .filter(line -> line.key().equals(key))
                .mapToDouble(Tally.Line::votes)
                .findFirst()
                .orElse(Double.NaN);
    }

    private void gauge(String name, String description, Supplier<Number> value, Tag... tags) {
        registry.gauge(metadata(name, description), value, tags);
    }

    /** A total that is counted elsewhere: a gauge to MicroProfile Metrics, whose counters can only count themselves. */
    private void count(String name, String description, Supplier<Number> value, Tag... tags) {
        gauge(name + "_total", description, value, tags);
    }

    private static Metadata metadata(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }
}
