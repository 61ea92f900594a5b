package org.votingapp.systemtests.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The size of the fault tests, from system properties: small in every build, large with {@code mvn -Pfaults}.
 *
 * @param seed determines the voters and their actions: {@code faults.seed}, else random
 * @param votes the least number of acknowledged votes per fault: {@code faults.votes}
 * @param rounds how often each fault is played: {@code faults.rounds}
 * @param clients the number of concurrent clients: {@code faults.clients}
 * @param perSecond how many voters come, at most, and few of them while servers start: {@code
 *     faults.per-second}
 * @param redisFrozen how long Redis is frozen: {@code faults.frozen-seconds}; the short form is longer than a voter waits
 *     for Redis (1.5 s) and than the worker does (5 s)
 */
record FaultScale(long seed, int votes, int rounds, int clients, int perSecond, Duration redisFrozen) {

    static FaultScale read() {
        long seed = Optional.ofNullable(System.getProperty("faults.seed"))
                .filter(text -> !text.isBlank())
                .map(Long::valueOf)
                .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000_000));
        return new FaultScale(
                seed,
                Integer.getInteger("faults.votes", 1_000),
                Integer.getInteger("faults.rounds", 1),
                Integer.getInteger("faults.clients", 24),
                Integer.getInteger("faults.per-second", 500),
                Duration.ofSeconds(Integer.getInteger("faults.frozen-seconds", 6)));
    }
}
