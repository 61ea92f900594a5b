package org.votingapp.vote.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.redis.RedisTime;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.redis.Casts.Cast;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;

/** What {@code cast.lua} does with many ballots at once, in a real Redis. */
class CastsTest {

    private static final LuaScript SCRIPT = LuaScript.named("cast.lua");
    private static final int NO_LIMIT = 0;
    private static final Casts CATS = new Casts(SCRIPT, NO_LIMIT);

    @RegisterExtension
    private final TestRedis redis = new TestRedis();

    @BeforeEach
    void load() {
        redis.client().scriptLoad(SCRIPT.text(), RedisNames.BALLOTS);
        publish(RevoteRule.FINAL, Optional.empty(), Optional.empty());
    }

    @Test
    void eachBallotOfManyIsRecorded() {
        List<Cast> casts = new ArrayList<>();
        for (int voter = 0; voter < JoinedPipeline.TOGETHER; voter++) {
            casts.add(new Cast("cats", "v" + voter, voter % 2 == 0 ? "a" : "b", "203.0.113.7"));
        }

        assertThat(cast(CATS, casts)).extracting(CastOutcome::status).containsOnly(CastStatus.RECORDED);

        assertThat(ballots())
                .isEqualTo(casts.stream()
                        .map(cast -> "cats " + cast.voter() + " " + cast.choice())
                        .toList());
        assertThat(redis.client().hgetAll(RedisNames.voters("cats")))
                .hasSize(casts.size())
                .containsEntry("v0", "a")
                .containsEntry("v255", "b");
        assertThat(accepted()).isEqualTo("256");
    }

    @Test
    void whoVotedBeforeOrTwiceAtOnceHasVotedOnce() {
        cast(vote("known", "a"));

        assertThat(cast(vote("known", "b"), vote("new", "b"), vote("new", "a"), vote("new", "b")))
                .containsExactly(
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "a"),
                        CastOutcome.of(CastStatus.RECORDED, "b"),
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "b"),
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "b"));

        assertThat(ballots()).containsExactly("cats known a", "cats new b");
        assertThat(accepted()).isEqualTo("2");
    }

    @Test
    void whereChoicesMayChangeEachChangeIsABallotInOrder() {
        publish(RevoteRule.CHANGEABLE, Optional.empty(), Optional.empty());

        assertThat(cast(vote("v", "a"), vote("v", "a"), vote("v", "b")))
                .containsExactly(
                        CastOutcome.of(CastStatus.RECORDED, "a"),
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "a"),
                        CastOutcome.of(CastStatus.CHANGED, "b"));
        assertThat(cast(vote("v", "a"))).containsExactly(CastOutcome.of(CastStatus.CHANGED, "a"));

        assertThat(ballots()).containsExactly("cats v a", "cats v b", "cats v a");
        assertThat(redis.client().xrange(RedisNames.BALLOTS, "-", "+"))
                .extracting(entry -> Optional.ofNullable(entry.getFields().get(RedisNames.REPLACES)))
                .as("the worker counts changes, also where votes became final meanwhile")
                .containsExactly(Optional.empty(), Optional.of("a"), Optional.of("b"));
        assertThat(redis.client().hgetAll(RedisNames.voters("cats")))
                .containsOnlyKeys("v")
                .containsEntry("v", "a");
        assertThat(accepted()).isEqualTo("3");
    }

    @Test
    void anAddressThatTriesTooOftenIsHeldAndNoOther() {
        List<CastOutcome> outcomes = cast(
                new Casts(SCRIPT, 2),
                List.of(
                        new Cast("cats", "v1", "a", "many"),
                        new Cast("cats", "v2", "a", "one"),
                        new Cast("cats", "v3", "a", "many"),
                        new Cast("cats", "v4", "a", "many")));

        assertThat(outcomes)
                .extracting(CastOutcome::status)
                .containsExactly(CastStatus.RECORDED, CastStatus.RECORDED, CastStatus.RECORDED, CastStatus.TOO_MANY);
        assertThat(outcomes.get(3).retryAfterSeconds()).isBetween(1, 60);
        assertThat(ballots()).containsExactly("cats v1 a", "cats v2 a", "cats v3 a");
    }

    /** As where the first answer is lost. */
    @Test
    void aCallThatIsSentAgainCountsOnce() {
        Casts limited = new Casts(SCRIPT, 2);
        List<Cast> casts = List.of(new Cast("cats", "v1", "a", "one"), new Cast("cats", "v2", "b", "one"));
        cast(limited, casts);

        assertThat(cast(limited, casts))
                .containsExactly(
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "a"), CastOutcome.of(CastStatus.ALREADY_VOTED, "b"));

        assertThat(ballots()).containsExactly("cats v1 a", "cats v2 b");
        assertThat(accepted()).isEqualTo("2");
        assertThat(redis.client().get("{0}:rate:one")).isEqualTo("2");
    }

    @Test
    void aVoteThatIsOnRecordWhenItIsSentAgainIsNotCalledAFurtherOne() {
        Cast cast = vote("v", "a");

        assertThat(CATS.repeated(cast, CastOutcome.of(CastStatus.ALREADY_VOTED, "a")))
                .as("its own first try, or an earlier vote")
                .isEqualTo(CastOutcome.unavailable("a"));
        assertThat(CATS.repeated(cast, CastOutcome.of(CastStatus.ALREADY_VOTED, "b")))
                .isEqualTo(CastOutcome.of(CastStatus.ALREADY_VOTED, "b"));
        assertThat(CATS.repeated(cast, CastOutcome.of(CastStatus.RECORDED, "a")))
                .isEqualTo(CastOutcome.of(CastStatus.RECORDED, "a"));
    }

    /** In one call, whose answers come poll by poll. */
    @Test
    void votesForManyPollsAtOnceAreEachCastByTheirPollsRules() {
        publish("dogs", RevoteRule.CHANGEABLE, Optional.empty(), Optional.empty());
        publish("over", RevoteRule.FINAL, Optional.empty(), Optional.of(now()));

        assertThat(cast(
                        new Casts(SCRIPT, 3),
                        List.of(
                                vote("v", "a"),
                                new Cast("dogs", "v", "b", "x"),
                                new Cast("over", "v", "a", "x"),
                                vote("v", "b"),
                                new Cast("nobody-knows", "v", "a", "x"),
                                new Cast("dogs", "v", "a", "x"),
                                new Cast("dogs", "w", "a", "x"))))
                .containsExactly(
                        CastOutcome.of(CastStatus.RECORDED, "a"),
                        CastOutcome.of(CastStatus.RECORDED, "b"),
                        CastOutcome.of(CastStatus.CLOSED, "a"),
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "a"),
                        CastOutcome.unpublished("a"),
                        CastOutcome.of(CastStatus.CHANGED, "a"),
                        new CastOutcome(CastStatus.TOO_MANY, "a", 60));

        assertThat(ballots()).containsExactly("cats v a", "dogs v b", "dogs v a");
        assertThat(redis.client().hgetAll(RedisNames.voters("cats"))).isEqualTo(Map.of("v", "a"));
        assertThat(redis.client().hgetAll(RedisNames.voters("dogs"))).isEqualTo(Map.of("v", "a"));
        assertThat(accepted()).isEqualTo("3");
    }

    @Test
    void malformedRulesStopVotesOfTheirOwnPollAlone() {
        publish("dogs", RevoteRule.FINAL, Optional.empty(), Optional.empty());
        redis.client().hset(RedisNames.poll("dogs"), "closes", "soon");

        assertThat(cast(new Cast("dogs", "v", "a", "x"), vote("v", "a")))
                .containsExactly(CastOutcome.unpublished("a"), CastOutcome.of(CastStatus.RECORDED, "a"));
    }

    @Test
    void aPollWithCodesTakesThoseOfBatchesThatAreInAndNoOther() {
        publishCoded(Optional.empty());
        redis.client()
                .hset(
                        RedisNames.codes("board"),
                        Map.of("good", "1", "revoked", "2", "early", "3", "batch:1", "in", "batch:2", "out"));

        assertThat(cast(
                        new Casts(SCRIPT, 5),
                        List.of(
                                coded("v1", "a", "good"),
                                coded("v2", "a", "revoked"),
                                vote("v", "a"),
                                coded("v3", "a", "early"),
                                coded("v4", "a", "unknown"),
                                coded("v5", "a", "batch:1"),
                                new Cast("board", "v6", "a", "x"))))
                .extracting(CastOutcome::status)
                .containsExactly(
                        CastStatus.RECORDED,
                        CastStatus.WRONG_CODE,
                        CastStatus.RECORDED,
                        CastStatus.WRONG_CODE,
                        CastStatus.WRONG_CODE,
                        CastStatus.WRONG_CODE,
                        CastStatus.WRONG_CODE);

        assertThat(ballots()).containsExactly("board v1 a", "cats v a");
        assertThat(redis.client().get("{0}:rate:x"))
                .as("votes that used a code, or needed none")
                .isEqualTo("2");
    }

    @Test
    void aCodeThatHasVotedStaysItsVoterAlsoOnceItIsRevoked() {
        publishCoded(Optional.empty());
        redis.client().hset(RedisNames.codes("board"), Map.of("good", "1", "batch:1", "in"));
        cast(CATS, List.of(coded("v1", "a", "good")));
        redis.client().hset(RedisNames.codes("board"), "batch:1", "out");

        assertThat(cast(CATS, List.of(coded("v1", "a", "good"), coded("v1", "b", "good"))))
                .containsOnly(CastOutcome.of(CastStatus.ALREADY_VOTED, "a"));
        assertThat(ballots()).containsExactly("board v1 a");
    }

    @Test
    void aPollWithCodesHasItsHours() {
        publishCoded(Optional.of(now().plusSeconds(60)));

        assertThat(cast(CATS, List.of(coded("v1", "a", "good"))))
                .containsExactly(CastOutcome.of(CastStatus.NOT_YET_OPEN, "a"));
    }

    /** A worker of the release before publishes a poll without what it does not know. */
    @Test
    void noEarlierWorkerOpensAPollToVotesWithoutCodes() {
        publishCoded(Optional.empty());
        redis.client().hset(RedisNames.poll("board"), Map.of("opens", "", "revote", "final"));

        assertThat(cast(CATS, List.of(new Cast("board", "v6", "a", "x"))))
                .containsExactly(CastOutcome.of(CastStatus.WRONG_CODE, "a"));
    }

    /** Its script knows no codes, and the time of opening alone. */
    @Test
    void theTimeOfOpeningOfAPollWithCodesIsNoneToAnEarlierScript() {
        publishCoded(Optional.empty());

        assertThat(redis.client().hget(RedisNames.poll("board"), "opens")).doesNotMatch("|\\d+-.*");
    }

    @Test
    void aVoteServerThatStillAsksForACodeTriesAgain() {
        redis.client().hset(RedisNames.codes("cats"), Map.of("good", "1", "batch:1", "in"));

        assertThat(cast(CATS, List.of(new Cast("cats", "v", "a", "x", "good"))))
                .containsExactly(CastOutcome.unpublished("a"));
        assertThat(ballots()).isEmpty();
    }

    private static Cast coded(String voter, String choice, String code) {
        return new Cast("board", voter, choice, "x", code);
    }

    private void publishCoded(Optional<Instant> opens) {
        List<PollOption> options = List.of(new PollOption("a", "Ann"), new PollOption("b", "Bob"));
        Poll poll = new Poll("board", "Who?", "en", options, RevoteRule.FINAL, opens, Optional.empty());
        redis.client().hset(RedisNames.poll("board"), PollHash.write(new RegisteredPoll(poll, Map.of(), 0), true));
    }

    @Test
    void withoutALimitNoAddressIsKept() {
        cast(vote("v", "a"));

        assertThat(redis.client().keys("*"))
                .containsExactlyInAnyOrder(
                        RedisNames.BALLOTS, RedisNames.voters("cats"), RedisNames.COUNTS, RedisNames.poll("cats"));
    }

    @Test
    void whereTheStreamTakesNoneNobodyHasVoted() {
        redis.client().set(RedisNames.BALLOTS, "no stream");

        assertThatThrownBy(() -> cast(vote("v", "a")))
                .isInstanceOf(JedisDataException.class)
                .hasMessageContaining("WRONGTYPE");

        assertThat(redis.client().exists(RedisNames.voters("cats"))).isFalse();
        assertThat(accepted()).isNull();
    }

    @Test
    void aVoteForAPollWhoseRulesAreNotPublishedIsNotTaken() {
        redis.client().hdel(RedisNames.poll("cats"), "revote");
        assertThat(cast(vote("v", "a"))).as("without one rule").containsExactly(CastOutcome.unpublished("a"));
        redis.client().del(RedisNames.poll("cats"));

        assertThat(cast(vote("v", "a"))).containsExactly(CastOutcome.unpublished("a"));

        assertThat(redis.client().keys("*")).isEmpty();
    }

    @Test
    void aVoteForAnOptionThatIsNotPublishedIsNotTaken() {
        assertThat(cast(vote("v", "c"), vote("v", "b")))
                .containsExactly(CastOutcome.unpublished("c"), CastOutcome.of(CastStatus.RECORDED, "b"));

        assertThat(ballots()).containsExactly("cats v b");
    }

    /** Whatever its hours are, and however many voters come at once. */
    @Test
    void aPollTakesVotesFromItsOpeningUntilItsClosingByRedisClock() {
        RandomGenerator random = new Random(27);
        int voters = 0;
        int inTime = 0;
        for (int run = 0; run < 20; run++) {
            redis.client().del(RedisNames.BALLOTS);
            Instant opens = now().plusNanos(random.nextInt(1, 60_000) * 1_000L);
            Instant closes = opens.plusNanos(random.nextInt(1, 60_000) * 1_000L);
            publish(RevoteRule.FINAL, Optional.of(opens), Optional.of(closes));
            List<CastStatus> statuses = new ArrayList<>();
            while (statuses.isEmpty() || statuses.get(statuses.size() - 1) != CastStatus.CLOSED) {
                Cast[] batch = new Cast[random.nextInt(1, 6)];
                for (int i = 0; i < batch.length; i++) {
                    batch[i] = vote("v" + voters++, "a");
                }
                cast(batch).forEach(outcome -> statuses.add(outcome.status()));
            }

            assertThat(statuses)
                    .as("open from %s until %s", opens, closes)
                    .isSortedAccordingTo(Comparator.comparing(
                            List.of(CastStatus.NOT_YET_OPEN, CastStatus.RECORDED, CastStatus.CLOSED)::indexOf));
            List<StreamEntry> taken = redis.client().xrange(RedisNames.BALLOTS, "-", "+");
            assertThat(taken)
                    .hasSize(Math.toIntExact(statuses.stream()
                            .filter(CastStatus.RECORDED::equals)
                            .count()))
                    .allSatisfy(entry ->
                            assertThat(entry.getID().getTime()).isBetween(opens.toEpochMilli(), closes.toEpochMilli()));
            inTime += taken.size();
        }
        assertThat(inTime).as("ballots in time").isGreaterThan(100);
    }

    /** As where the answer to a vote just before the end is lost. */
    @Test
    void aVoteOnRecordThatIsSentAgainAfterTheEndIsStillOnRecord() {
        cast(vote("v", "a"));
        publish(RevoteRule.FINAL, Optional.empty(), Optional.of(now()));

        assertThat(cast(vote("v", "a"), vote("v", "b"), vote("w", "a")))
                .containsExactly(
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "a"),
                        CastOutcome.of(CastStatus.CLOSED, "b"),
                        CastOutcome.of(CastStatus.CLOSED, "a"));
        assertThat(ballots()).containsExactly("cats v a");
    }

    @Test
    void theScriptReadsEveryTimeAsJavaWritesIt() {
        Matcher function = Pattern.compile("local function seconds.*?\nend\n", Pattern.DOTALL)
                .matcher(SCRIPT.text());
        assertThat(function.find()).isTrue();
        String tell = function.group()
                + "local told = {} for i, time in ipairs(ARGV) do told[i] = string.format('%.6f', seconds(time)) end return told";
        RandomGenerator random = new Random(27);
        long from = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
        long until = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        List<Instant> times = new ArrayList<>();
        for (String edge : List.of(
                "1970-01-01T00:00:00Z",
                "2000-02-29T23:59:59.999999Z",
                "2100-02-28T23:59:59Z",
                "2100-03-01T00:00:00Z",
                "2028-02-29T00:00:00.500Z",
                "9999-12-31T23:59:59.999999Z")) {
            times.add(Instant.parse(edge));
        }
        for (int i = 0; i < 2_000; i++) {
            times.add(Instant.ofEpochSecond(random.nextLong(from, until), 1_000L * random.nextInt(0, 1_000_000)));
        }

        Object told = redis.client()
                .eval(
                        tell,
                        List.of(RedisNames.BALLOTS),
                        times.stream().map(Instant::toString).toList());

        for (int i = 0; i < times.size(); i++) {
            Instant time = times.get(i);
            // A double has microseconds for the next centuries, and a ten thousandth of a second in the year 9999.
            assertThat(Double.parseDouble((String) ((List<?>) told).get(i)))
                    .as("%s", time)
                    .isCloseTo(time.getEpochSecond() + time.getNano() / 1e9, within(1e-4));
        }
    }

    private Instant now() {
        return redis.client().executeCommand(RedisTime.QUESTION);
    }

    private void publish(RevoteRule revote, Optional<Instant> opens, Optional<Instant> closes) {
        publish("cats", revote, opens, closes);
    }

    private void publish(String id, RevoteRule revote, Optional<Instant> opens, Optional<Instant> closes) {
        Poll poll = new Poll(
                id,
                "Cats?",
                "en",
                List.of(new PollOption("a", "Yes"), new PollOption("b", "No")),
                revote,
                opens,
                closes);
        redis.client().hset(RedisNames.poll(id), PollHash.write(new RegisteredPoll(poll, Map.of(), 0)));
    }

    private static Cast vote(String voter, String choice) {
        return new Cast("cats", voter, choice, "x");
    }

    private List<CastOutcome> cast(Cast... casts) {
        return cast(CATS, List.of(casts));
    }

    private List<CastOutcome> cast(Casts casts, List<Cast> ballots) {
        try (Pipeline pipeline = redis.client().pipelined()) {
            Response<Object> answer = casts.sendOn(pipeline, ballots);
            pipeline.sync();
            return casts.read(answer.get(), ballots);
        }
    }

    private List<String> ballots() {
        return redis.client().xrange(RedisNames.BALLOTS, "-", "+").stream()
                .map(StreamEntry::getFields)
                .map(fields -> fields.get("poll") + " " + fields.get("voter") + " " + fields.get("choice"))
                .toList();
    }

    private String accepted() {
        return redis.client().hget(RedisNames.COUNTS, "accepted");
    }
}
