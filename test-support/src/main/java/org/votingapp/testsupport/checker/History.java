package org.votingapp.testsupport.checker;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.votingapp.poll.Pseudonyms;
import org.votingapp.poll.VoterId;

/** Every attempt to vote on one stack since it was new. Thread-safe. */
public final class History {

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final AtomicLongArray counts = new AtomicLongArray(Told.values().length);

    /** Adds one attempt. */
    public void add(Attempt attempt) {
        attempts.add(attempt);
        counts.incrementAndGet(attempt.told().ordinal());
    }

    /**
     * The same attempts with voters as the poll's ballots name them.
     *
     * @param voterKey the poll's key; empty where ballots carry voters' own ids
     */
    public History named(Optional<UUID> voterKey) {
        if (voterKey.isEmpty()) {
            return this;
        }
        Pseudonyms pseudonyms = Pseudonyms.withKey(voterKey.get());
        History named = new History();
        attempts.forEach(attempt -> named.add(new Attempt(
                attempt.voter()
                        .map(id -> new VoterId(id.getMostSignificantBits(), id.getLeastSignificantBits()))
                        .map(pseudonyms::of)
                        .map(VoterId::toUuid),
                attempt.asked(),
                attempt.told(),
                attempt.onRecord(),
                attempt.status(),
                attempt.began(),
                attempt.ended())));
        return named;
    }

    /** A copy of all attempts. */
    public List<Attempt> attempts() {
        return new ArrayList<>(attempts);
    }

    /** The attempts of each known voter. */
    public Map<UUID, List<Attempt>> byVoter() {
        return attempts.stream()
                .filter(attempt -> attempt.voter().isPresent())
                .collect(groupingBy(attempt -> attempt.voter().orElseThrow()));
    }

    /** The attempts of unknown voters: their clients had no cookie and got no answer. */
    public List<Attempt> byNobody() {
        return attempts.stream().filter(attempt -> attempt.voter().isEmpty()).toList();
    }

    /** The number of acknowledged attempts. */
    public long acknowledged() {
        long sum = 0;
        for (Told told : Told.values()) {
            sum += told.isAcknowledgement() ? counts.get(told.ordinal()) : 0;
        }
        return sum;
    }

    /** The number of attempts by answer. */
    public Map<Told, Long> counts() {
        Map<Told, Long> all = new EnumMap<>(Told.class);
        for (Told told : Told.values()) {
            all.put(told, counts.get(told.ordinal()));
        }
        return all;
    }
}
