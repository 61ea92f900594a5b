package org.votingapp.systemtests.watching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.votingapp.systemtests.hardening.Fortress;
import org.votingapp.testsupport.Jvm;
import org.votingapp.testsupport.watching.Audience;
import org.votingapp.testsupport.watching.CommitClock;
import org.votingapp.testsupport.watching.Sleepers;

/** A thousand watchers at a steady rate of votes. Ten of them never read their stream. */
class ManyWatchersIT {

    private static final int WHO_READ = 990;
    private static final int WHO_NEVER_READ = 10;
    /** With this many votes one percent is more than one, so a single stall of the machine does not decide the p99. */
    private static final int VOTES = 120;
    /** Votes before the measurement: the first broadcasts of a new server take longer. */
    private static final int WARM_UP = 15;

    private static final long MILLIS_BETWEEN_VOTES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long P99_MILLIS = 250;
    private static final double MOST_GROWTH_MB = 200;
    private static final Pattern SLOW =
            Pattern.compile("result_watchers_dropped_total\\{[^}]*reason=\"slow\"[^}]*} ([0-9.]+)");

    private final Fortress fortress = Fortress.stands();

    @Test
    void readersGetEachTallyInTimeAndSleepersCostLittle() throws IOException, SQLException {
        double memory = residentMegabytes();
        double slow = droppedForBeingSlow();
        int port = fortress.parts().result().port();
        try (Sleepers sleepers = new Sleepers(port, WHO_NEVER_READ);
                Audience audience = new Audience(port, WHO_READ);
                CommitClock clock = new CommitClock(fortress.parts().postgres().connect())) {
            Awaitility.await("all watch").atMost(LIMIT).until(() -> audience.haveSeen(0) == WHO_READ);
            long before = clock.newest() + WARM_UP;
            castAtASteadyRate();
            Awaitility.await("all is committed").atMost(LIMIT).until(() -> clock.newest() == before + VOTES);
            Awaitility.await("everybody has the last tally")
                    .atMost(LIMIT)
                    .until(() -> audience.haveSeen(before + VOTES) == WHO_READ);
            audience.goHome();

            assertThat(audience.ended()).as("streams that ended").isZero();
            List<Long> delays = delays(audience, clock, before);
            assertThat(percentile(delays, 99))
                    .as("milliseconds from commit to watcher, p99")
                    .isLessThanOrEqualTo(P99_MILLIS);
            assertThat(residentMegabytes() - memory).as("MB more than before").isLessThan(MOST_GROWTH_MB);
            assertThat(droppedForBeingSlow() - slow).as("those who never read").isEqualTo(sleepers.size());
            System.out.printf(
                    "%d watchers: %d tallies delivered, p50 %d ms, p99 %d ms, greatest %d ms; %.0f MB, then %.0f MB%n",
                    WHO_READ,
                    delays.size(),
                    percentile(delays, 50),
                    percentile(delays, 99),
                    percentile(delays, 100),
                    memory,
                    residentMegabytes());
        }
    }

    /** The time from each commit until each watcher had that tally or a newer one. */
    private static List<Long> delays(Audience audience, CommitClock clock, long before) {
        List<Long> delays = new ArrayList<>();
        for (long total = before + 1; total <= before + VOTES; total++) {
            List<Long> arrivals = audience.arrivals(total);
            assertThat(arrivals).as("watchers who got the tally of %d", total).hasSize(WHO_READ);
            long committed = clock.at(total);
            arrivals.forEach(arrival -> delays.add(TimeUnit.NANOSECONDS.toMillis(arrival - committed)));
        }
        Collections.sort(delays);
        return delays;
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private void castAtASteadyRate() {
        AtomicInteger next = new AtomicInteger();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        ScheduledExecutorService voters = Executors.newScheduledThreadPool(4);
        voters.scheduleAtFixedRate(
                () -> {
                    int voter = next.getAndIncrement();
                    if (voter < WARM_UP + VOTES) {
                        try {
                            cast(voter);
                        } catch (IOException | AssertionError failed) {
                            failures.add(failed);
                        }
                    }
                },
                0,
                MILLIS_BETWEEN_VOTES,
                TimeUnit.MILLISECONDS);
        Awaitility.await("all have voted").atMost(LIMIT).until(() -> next.get() > WARM_UP + VOTES);
        voters.shutdown();
        assertThat(failures).isEmpty();
    }

    private void cast(int voter) throws IOException {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "X-Forwarded-For", "192.0.2." + voter);
        assertThat(fortress.vote()
                        .post("/api/votes", headers, "{\"vote\":\"a\"}")
                        .code())
                .isEqualTo(201);
    }

    private double droppedForBeingSlow() throws IOException {
        Matcher metric = SLOW.matcher(fortress.result().get("/metrics").body());
        assertThat(metric.find()).isTrue();
        return Double.parseDouble(metric.group(1));
    }

    /** The resident memory of the result server. */
    private double residentMegabytes() throws IOException {
        return Jvm.among(fortress.parts().result().pids()).residentMegabytes();
    }
}
