package org.votingapp.testsupport.checker;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;

/** All that clients of one stack were told, since it was new. Thread-safe. */
public final class History {

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final AtomicLongArray counts = new AtomicLongArray(Told.values().length);

    /** Keeps what one client was told. */
    public void add(Attempt attempt) {
        attempts.add(attempt);
        counts.incrementAndGet(attempt.told().ordinal());
    }

    public List<Attempt> attempts() {
        return new ArrayList<>(attempts);
    }

    /** The attempts of each voter that is known. */
    public Map<UUID, List<Attempt>> byVoter() {
        return attempts.stream()
                .filter(attempt -> attempt.voter().isPresent())
                .collect(groupingBy(attempt -> attempt.voter().orElseThrow()));
    }

    /** The attempts of which nobody knows who made them: their clients had no cookie, and no answer. */
    public List<Attempt> byNobody() {
        return attempts.stream().filter(attempt -> attempt.voter().isEmpty()).toList();
    }

    /** How many votes were acknowledged. */
    public long acknowledged() {
        long sum = 0;
        for (Told told : Told.values()) {
            sum += told.isAcknowledgement() ? counts.get(told.ordinal()) : 0;
        }
        return sum;
    }

    /** How many votes ended in each way. */
    public Map<Told, Long> counts() {
        Map<Told, Long> all = new EnumMap<>(Told.class);
        for (Told told : Told.values()) {
            all.put(told, counts.get(told.ordinal()));
        }
        return all;
    }
}
