package org.votingapp.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.ClientKillParams;

/** The stream, as several consumers of a real Redis see it. */
class RedisBallotStreamIT {

    private static TestedRedis server;
    private static RedisClient redis;

    private final BallotStream ann = new RedisBallotStream(redis, "ann");
    private final BallotStream bob = new RedisBallotStream(redis, "bob");

    @BeforeAll
    static void start() throws IOException {
        server = new TestedRedis();
        redis = server.client();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void empty() throws StoreAwayException {
        redis.flushAll();
        // Makes the group.
        ann.pending(EntryId.ZERO, 1);
    }

    /** As after a pause between health checks ("timeout" in redis.conf). */
    @Test
    void connectionsThatRedisHasClosedAreReplaced() throws StoreAwayException {
        try (Jedis administrator = new Jedis("localhost", server.port())) {
            administrator.clientKill(new ClientKillParams().skipMe(ClientKillParams.SkipMe.YES));
        }
        EntryId entry = put("a");

        assertThat(ann.unseen(10).entries()).extracting(StreamEntry::id).containsExactly(entry);
    }

    private static EntryId put(String choice) {
        return EntryId.parse(redis.xadd(RedisNames.BALLOTS, StreamEntryID.NEW_ENTRY, Map.of("choice", choice))
                .toString());
    }

    private static List<EntryId> putMany(int number) {
        List<Response<StreamEntryID>> put = new ArrayList<>();
        try (AbstractPipeline together = redis.pipelined()) {
            for (int i = 0; i < number; i++) {
                put.add(together.xadd(RedisNames.BALLOTS, StreamEntryID.NEW_ENTRY, Map.of("choice", "a")));
            }
        }
        return put.stream().map(id -> EntryId.parse(id.get().toString())).toList();
    }

    private static List<EntryId> ids(Delivery delivery) {
        return delivery.entries().stream().map(StreamEntry::id).toList();
    }

    private static Set<EntryId> onStream() {
        Set<EntryId> ids = new HashSet<>();
        redis.xrange(RedisNames.BALLOTS, "-", "+")
                .forEach(entry -> ids.add(EntryId.parse(entry.getID().toString())));
        return ids;
    }

    private static long counter(String name) {
        String value = redis.hget(RedisNames.COUNTS, name);
        return value == null ? 0 : Long.parseLong(value);
    }

    @Test
    void whatOneConsumerHasReadTheOtherDoesNotGet() throws StoreAwayException {
        List<EntryId> put = List.of(put("a"), put("b"), put("c"));

        assertThat(ids(ann.unseen(2))).isEqualTo(put.subList(0, 2));
        assertThat(ids(bob.unseen(10))).isEqualTo(put.subList(2, 3));
        assertThat(bob.unseen(10)).isEqualTo(Delivery.NONE);
        assertThat(ids(ann.pending(EntryId.ZERO, 10))).isEqualTo(put.subList(0, 2));
    }

    @Test
    void whatIsAcknowledgedLeavesTheStreamEvenWhileOlderEntriesArePending() throws StoreAwayException {
        List<EntryId> put = List.of(put("a"), put("b"), put("c"), put("d"), put("e"));
        ann.unseen(2);
        bob.unseen(2);

        bob.acknowledge(put.subList(2, 4), List.of());
        assertThat(onStream()).containsExactlyInAnyOrder(put.get(0), put.get(1), put.get(4));
        ann.acknowledge(put.subList(0, 2), List.of());
        assertThat(onStream()).containsExactly(put.get(4));
    }

    @Test
    void aDuplicateIsCountedOnceByHoweverManyConsumersItIsAcknowledged() throws StoreAwayException {
        EntryId entry = put("a");
        ann.unseen(1);
        bob.claim(EntryId.ZERO, Duration.ZERO, 10);

        ann.acknowledge(List.of(), List.of(entry));
        bob.acknowledge(List.of(), List.of(entry));
        assertThat(counter(RedisNames.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void anEntryIsRejectedOnceByHoweverManyConsumers() throws StoreAwayException {
        EntryId entry = put("z");
        ann.unseen(1);
        bob.claim(EntryId.ZERO, Duration.ZERO, 10);

        assertThat(ann.reject(List.of(new Rejection(entry, "no such option")))).isEqualTo(1);
        assertThat(bob.reject(List.of(new Rejection(entry, "no such option")))).isZero();
        assertThat(redis.xrange(RedisNames.REJECTED, "-", "+"))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.getFields())
                        .isEqualTo(Map.of("choice", "z", "reason", "no such option", "source-id", entry.toString())));
        assertThat(counter(RedisNames.REJECTED_COUNT)).isEqualTo(1);
        assertThat(onStream()).isEmpty();
    }

    @Test
    void aClaimFollowsItsCursorToTheEnd() throws StoreAwayException {
        putMany(25);
        ann.unseen(100);

        int claimed = 0;
        EntryId from = EntryId.ZERO;
        do {
            BallotStream.Claim claim = bob.claim(from, Duration.ZERO, 10);
            claimed += claim.entries().size();
            from = claim.next();
        } while (!from.equals(EntryId.ZERO));
        assertThat(claimed).isEqualTo(25);
        assertThat(bob.pending(EntryId.ZERO, 100).entries()).hasSize(25);
        assertThat(ann.pending(EntryId.ZERO, 100)).isEqualTo(Delivery.NONE);
    }

    @Test
    void whatIsNotIdleYetIsNotClaimed() throws StoreAwayException {
        put("a");
        ann.unseen(1);
        assertThat(bob.claim(EntryId.ZERO, Duration.ofMinutes(1), 10))
                .isEqualTo(new BallotStream.Claim(EntryId.ZERO, List.of()));
    }

    @Test
    void aConsumerIsForgottenOnlyIfNothingIsPendingForIt() throws StoreAwayException {
        put("a");
        ann.unseen(1);
        bob.unseen(1);
        BallotStream other = new RedisBallotStream(redis, "other");
        other.forgetConsumers(Duration.ofMillis(-1));

        assertThat(redis.xinfoConsumers2(RedisNames.BALLOTS, RedisNames.GROUP))
                .extracting(consumer -> consumer.getName())
                .containsExactly("ann");
    }

    @Test
    void aLostStreamIsNoFailure() throws StoreAwayException {
        EntryId entry = put("a");
        ann.unseen(1);
        redis.flushAll();

        ann.acknowledge(List.of(entry), List.of());
        assertThat(ann.reject(List.of(new Rejection(entry, "late")))).isZero();
        assertThat(ann.claim(EntryId.ZERO, Duration.ZERO, 1).entries()).isEmpty();
        ann.forgetConsumers(Duration.ZERO);
        EntryId next = put("b");
        assertThat(ids(ann.unseen(1))).isEqualTo(List.of(next));
    }

    @Test
    void aLostScriptIsToldAnew() throws StoreAwayException {
        ann.acknowledge(List.of(put("a")), List.of());
        redis.scriptFlush(RedisNames.BALLOTS);
        ann.unseen(1);
        ann.acknowledge(List.copyOf(onStream()), List.of());
        assertThat(onStream()).isEmpty();
    }

    @Test
    void aKeyOfTheWrongTypeIsAReasonToWait() {
        redis.del(RedisNames.BALLOTS);
        redis.set(RedisNames.BALLOTS, "no stream");
        assertThatThrownBy(() -> ann.unseen(1))
                .isInstanceOf(StoreAwayException.class)
                .hasMessageStartingWith("WRONGTYPE");
    }

    /** Three consumers read, claim, acknowledge and reject at random; Redis is compared with plain sets after each step. */
    @RepeatedTest(8)
    void whateverTheOrderTheStreamHoldsWhatWaitsAndTheCountersAreRight() throws StoreAwayException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<BallotStream> consumers = List.of(ann, bob, new RedisBallotStream(redis, "eve"));
        Set<EntryId> waiting = new HashSet<>();
        Map<BallotStream, Set<EntryId>> held = new HashMap<>();
        consumers.forEach(consumer -> held.put(consumer, new HashSet<>()));
        int duplicates = 0;
        int rejected = 0;

        for (int step = 0; step < 150; step++) {
            BallotStream consumer = consumers.get(random.nextInt(3));
            // Held, perhaps also by others who claimed it, and perhaps dealt with by them.
            List<EntryId> some = new ArrayList<>(held.get(consumer));
            Collections.shuffle(some, random);
            some = some.subList(0, random.nextInt(some.size() + 1));
            switch (random.nextInt(5)) {
                case 0 -> {
                    waiting.addAll(putMany(20));
                }
                case 1 -> {
                    if (redis.xinfoGroups(RedisNames.BALLOTS)
                                    .get(0)
                                    .getLastDeliveredId()
                                    .compareTo(newest(waiting))
                            < 0) {
                        held.get(consumer).addAll(ids(consumer.unseen(1 + random.nextInt(15))));
                    }
                }
                case 2 -> {
                    consumer.claim(EntryId.ZERO, Duration.ZERO, 1 + random.nextInt(10));
                    held.get(consumer).addAll(ids(consumer.pending(EntryId.ZERO, 1_000)));
                }
                case 3 -> {
                    int half = some.size() / 2;
                    consumer.acknowledge(some.subList(0, half), some.subList(half, some.size()));
                    duplicates += (int) some.subList(half, some.size()).stream()
                            .filter(waiting::contains)
                            .count();
                    waiting.removeAll(Set.copyOf(some));
                    held.get(consumer).removeAll(Set.copyOf(some));
                }
                default -> {
                    List<EntryId> bad = some.subList(0, Math.min(3, some.size()));
                    consumer.reject(
                            bad.stream().map(id -> new Rejection(id, "bad")).toList());
                    rejected += (int) bad.stream().filter(waiting::contains).count();
                    waiting.removeAll(Set.copyOf(bad));
                    held.get(consumer).removeAll(Set.copyOf(bad));
                }
            }
            assertThat(onStream()).as("seed %d, step %d", seed, step).isEqualTo(waiting);
            assertThat(counter(RedisNames.DUPLICATE))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(duplicates);
            assertThat(counter(RedisNames.REJECTED_COUNT))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(rejected);
            assertThat(redis.xlen(RedisNames.REJECTED)).isEqualTo(rejected);
        }
    }

    private static StreamEntryID newest(Set<EntryId> ids) {
        return new StreamEntryID(
                ids.stream().max(EntryId::compareTo).orElse(EntryId.ZERO).toString());
    }
}
