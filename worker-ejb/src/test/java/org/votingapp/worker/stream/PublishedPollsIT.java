package org.votingapp.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.redis.Definitions;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.redis.RedisTime;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/** What the worker publishes to a real Redis, and what it counts there. */
class PublishedPollsIT {

    private static TestedRedis server;
    private static RedisClient redis;

    private final PublishedPolls polls = new PublishedPolls(redis);
    private final StreamFacts facts = new StreamFacts(redis);

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
    void empty() {
        redis.flushAll();
    }

    private static void put(String id, String... namesAndValues) {
        redis.executeCommand(new CommandArguments(Command.XADD)
                .key(RedisNames.BALLOTS)
                .add(id)
                .addObjects((Object[]) namesAndValues));
    }

    @Test
    void aPublishedPollIsReadAsItWasRegistered() throws StoreAwayException {
        Poll poll = new Poll(
                "cats",
                "Cats?",
                "en",
                List.of(new PollOption("a", "Yes"), new PollOption("b", "No")),
                RevoteRule.CHANGEABLE,
                Optional.empty(),
                Optional.empty());
        RegisteredPoll registered = new RegisteredPoll(poll, Map.of("a", 3L, "b", 0L), 0);
        assertThat(polls.publish(registered, 7)).isEqualTo(7);

        assertThat(PollHash.read("cats", redis.hgetAll(RedisNames.poll("cats")), 3))
                .hasValueSatisfying(read -> {
                    assertThat(read.poll()).isEqualTo(poll);
                    assertThat(read.votes("a")).isEqualTo(3);
                });
    }

    @Test
    void anOlderVersionNeverReplacesALaterOne() throws StoreAwayException {
        assertThat(polls.publish(asking("Newer?"), 10)).isEqualTo(10);
        assertThat(polls.publish(asking("Older?"), 9)).isEqualTo(10);
        assertThat(question()).isEqualTo("Newer?");
        assertThat(polls.versions().rules()).isEqualTo(Map.of("cats", 10L));

        assertThat(polls.publish(asking("The same version, as after a crash"), 10))
                .isEqualTo(10);
        assertThat(polls.publish(asking("Newest?"), 11)).isEqualTo(11);
        assertThat(question()).isEqualTo("Newest?");
    }

    @Test
    void aFullRedisTakesAChangeOfAPoll() throws StoreAwayException {
        polls.publish(asking("Before?"), 1);
        redis.executeCommand(
                new CommandArguments(Command.CONFIG).add("SET").add("maxmemory").add("1"));
        try {
            assertThatThrownBy(() -> redis.set("other", "value")).hasMessageContaining("OOM");
            assertThat(polls.publish(asking("While it was full?"), 2)).isEqualTo(2);
        } finally {
            redis.executeCommand(new CommandArguments(Command.CONFIG)
                    .add("SET")
                    .add("maxmemory")
                    .add("0"));
        }
        assertThat(question()).isEqualTo("While it was full?");
    }

    @Test
    void anOlderDefinitionNeverReplacesALaterOneAndEachChangeHasATimeOfItsOwn() throws StoreAwayException {
        RoomCode code = new RoomCode("KXT4M7");
        PollDefinition cats = new PollDefinition(
                asking("Cats?").poll(), ResultsRule.CLOSED, Optional.of(code), Optional.of(new UUID(1, 2)));
        Room room = new Room(code, "Town hall", List.of("cats"), Optional.of("cats"));

        assertThat(polls.define(cats, 2)).isEqualTo(2);
        assertThat(polls.define(room, 5)).isEqualTo(5);
        double first = redis.zscore(RedisNames.DEFINITION_CHANGES, "poll:cats");
        assertThat(redis.zscore(RedisNames.DEFINITION_CHANGES, "room:KXT4M7")).isGreaterThan(first);
        assertThat(Definitions.readPoll("cats", redis.hget(RedisNames.DEFINITIONS, "poll:cats")))
                .isEqualTo(cats);
        assertThat(Definitions.readRoom(code, redis.hget(RedisNames.DEFINITIONS, "room:KXT4M7")))
                .isEqualTo(room);
        assertThat(polls.versions().definitions()).isEqualTo(Map.of("poll:cats", 2L, "room:KXT4M7", 5L));

        Room older = new Room(code, "Older", List.of(), Optional.empty());
        assertThat(polls.define(older, 4)).isEqualTo(5);
        assertThat(polls.define(older, 5)).isEqualTo(5);
        assertThat(Definitions.readRoom(code, redis.hget(RedisNames.DEFINITIONS, "room:KXT4M7")))
                .isEqualTo(room);

        // A clock that has gone back must not hide a change from who has seen the others.
        double ahead = first + 3_600e6;
        redis.zadd(RedisNames.DEFINITION_CHANGES, ahead, "poll:other");
        polls.define(cats, 3);
        assertThat(redis.zscore(RedisNames.DEFINITION_CHANGES, "poll:cats")).isEqualTo(ahead + 1);
    }

    private static RegisteredPoll asking(String question) {
        List<PollOption> options = List.of(new PollOption("a", "Yes"), new PollOption("b", "No"));
        return new RegisteredPoll(
                new Poll("cats", question, "en", options, RevoteRule.FINAL, Optional.empty(), Optional.empty()),
                Map.of(),
                0);
    }

    private static String question() {
        return redis.hget(RedisNames.poll("cats"), "question");
    }

    @Test
    void ballotsOfAPollAreCountedOverPagesAndWhateverElseIsOnTheStream() throws StoreAwayException {
        for (int i = 0; i < 2_100; i++) {
            put("*", "poll", i % 3 == 1 ? "dogs" : "cats", "choice", "a");
        }
        put("*", "something", "cats");
        put("18446744073709551615-18446744073709551615", "choice", "a", "poll", "cats");

        assertThat(polls.waiting(Set.of("cats", "birds"))).isEqualTo(Map.of("cats", 1_401L));
    }

    @Test
    void aPollIsDrainedOnceItIsClosedByRedisClockAndNoOlderBallotWaits() throws StoreAwayException {
        Instant closes = now().plusMillis(200);
        publishClosing(closes);
        put("*", "poll", "cats", "choice", "a");
        await().until(() -> now().isAfter(closes));

        assertThat(facts.drainedAfter("cats", closes)).isEmpty();

        redis.del(RedisNames.BALLOTS);
        assertThat(facts.drainedAfter("cats", closes))
                .hasValueSatisfying(found -> assertThat(found).isAfterOrEqualTo(closes));
        put("*", "poll", "dogs", "choice", "a");
        assertThat(facts.drainedAfter("cats", closes))
                .as("a later ballot waits")
                .isPresent();
    }

    @Test
    void aBallotFromBeforeTheEndWasPublishedIsWaitedForAlsoWhereTheEndIsEarlier() throws StoreAwayException {
        put("*", "poll", "cats", "choice", "a");
        Instant closes = now().minusSeconds(60);
        publishClosing(closes);

        assertThat(facts.drainedAfter("cats", closes)).isEmpty();
        redis.del(RedisNames.BALLOTS);
        assertThat(facts.drainedAfter("cats", closes)).isPresent();
    }

    @Test
    void aPollIsNotDrainedWhileItIsOpenOrPublishedOtherwise() throws StoreAwayException {
        Instant closes = now().plusSeconds(60);
        publishClosing(closes);
        assertThat(facts.drainedAfter("cats", closes)).as("open").isEmpty();

        Instant earlier = now().minusSeconds(60);
        assertThat(facts.drainedAfter("cats", earlier))
                .as("Redis has a later end")
                .isEmpty();
        redis.flushAll();
        assertThat(facts.drainedAfter("cats", earlier)).as("Redis has no rules").isEmpty();
    }

    private static Instant now() {
        return redis.executeCommand(RedisTime.QUESTION);
    }

    private void publishClosing(Instant closes) throws StoreAwayException {
        List<PollOption> options = List.of(new PollOption("a", "Yes"), new PollOption("b", "No"));
        Poll poll = new Poll("cats", "Cats?", "en", options, RevoteRule.FINAL, Optional.empty(), Optional.of(closes));
        polls.publish(new RegisteredPoll(poll, Map.of(), 0), 1);
    }

    @Test
    void theGroupIsFoundWithItsNumbers() throws StoreAwayException {
        assertThat(facts.group()).isEmpty();
        BallotStream ann = new RedisBallotStream(redis, "ann");
        ann.pending(EntryId.ZERO, 1);
        put("1-0", "poll", "cats");
        put("2-0", "poll", "cats");
        ann.unseen(1);

        assertThat(facts.group()).contains(new StreamFacts.Group(1, 1, OptionalLong.of(1)));
        assertThat(facts.totals()).isEqualTo(new StreamFacts.Totals(0, 0, 0, 2));
    }
}
