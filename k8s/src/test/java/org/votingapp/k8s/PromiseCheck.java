package org.votingapp.k8s;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.votingapp.poll.RevoteRule;
import org.votingapp.testsupport.checker.Checker;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Stored;
import org.votingapp.testsupport.checker.Stored.Counts;
import org.votingapp.testsupport.checker.Stored.StoredBallot;

/** Compares every answer to a vote since the system was new with what the cluster stores and shows. */
final class PromiseCheck {

    private static final Duration SOON = Duration.ofMinutes(3);

    private final TestCluster cluster;
    private final URI result;
    private final History history = new History();

    PromiseCheck(TestCluster cluster, URI result) {
        this.cluster = cluster;
        this.result = result;
    }

    /** The attempts of all voters. */
    History history() {
        return history;
    }

    /** Waits until no ballot is pending and all agree; returns the number of recorded ballots. */
    long settled() {
        await("no ballot is pending, and the page shows them all")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() ->
                        cluster.redis("XLEN {0}:ballots").equals("0") && ResultWatcher.total(result) == recorded());
        await("the promise was kept")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(Checker.violations(RevoteRule.FINAL, history.named(voterKey()), stored()))
                                .isEmpty());
        return recorded();
    }

    /** The number of ballots in Postgres. */
    long recorded() {
        return Long.parseLong(cluster.sql("SELECT count(*) FROM ballot"));
    }

    private Optional<UUID> voterKey() {
        return Optional.of(cluster.sql("SELECT voter_key FROM poll").strip())
                .filter(key -> !key.isEmpty())
                .map(UUID::fromString);
    }

    private Stored stored() throws IOException, InterruptedException {
        List<StoredBallot> ballots = cluster.sql("SELECT voter_id, choice FROM ballot")
                .lines()
                .map(row -> row.split("\\|"))
                .map(row -> new StoredBallot(UUID.fromString(row[0]), row[1]))
                .toList();
        Map<String, Long> tally = cluster.sql("SELECT choice, votes FROM tally")
                .lines()
                .map(row -> row.split("\\|"))
                .collect(toMap(row -> row[0], row -> Long.valueOf(row[1])));
        Counts counts = new Counts(
                counter("accepted"),
                ballots.size(),
                counter("duplicate"),
                counter("rejected"),
                Long.parseLong(cluster.redis("XLEN {0}:ballots")));
        return new Stored(
                ballots, tally, Map.of("the results API", ResultWatcher.votes(result)), Map.of("the stores", counts));
    }

    private long counter(String name) {
        String value = cluster.redis("HGET {0}:counts " + name);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }
}
