package org.votingapp.vote.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.votingapp.poll.RevoteRule;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
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
    private static final Casts FINAL = new Casts(SCRIPT, "cats", RevoteRule.FINAL, NO_LIMIT);
    private static final Casts CHANGEABLE = new Casts(SCRIPT, "cats", RevoteRule.CHANGEABLE, NO_LIMIT);

    @RegisterExtension
    private final TestRedis redis = new TestRedis();

    @BeforeEach
    void load() {
        redis.client().scriptLoad(SCRIPT.text(), RedisNames.BALLOTS);
    }

    @Test
    void eachBallotOfManyIsRecorded() {
        List<Cast> casts = new ArrayList<>();
        for (int voter = 0; voter < JoinedPipeline.TOGETHER; voter++) {
            casts.add(new Cast("v" + voter, voter % 2 == 0 ? "a" : "b", "203.0.113.7"));
        }

        assertThat(cast(FINAL, casts)).extracting(CastOutcome::status).containsOnly(CastStatus.RECORDED);

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
        cast(FINAL, List.of(new Cast("known", "a", "x")));

        assertThat(cast(
                        FINAL,
                        List.of(
                                new Cast("known", "b", "x"),
                                new Cast("new", "b", "x"),
                                new Cast("new", "a", "x"),
                                new Cast("new", "b", "x"))))
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
        assertThat(cast(CHANGEABLE, List.of(new Cast("v", "a", "x"), new Cast("v", "a", "x"), new Cast("v", "b", "x"))))
                .containsExactly(
                        CastOutcome.of(CastStatus.RECORDED, "a"),
                        CastOutcome.of(CastStatus.ALREADY_VOTED, "a"),
                        CastOutcome.of(CastStatus.CHANGED, "b"));
        assertThat(cast(CHANGEABLE, List.of(new Cast("v", "a", "x"))))
                .containsExactly(CastOutcome.of(CastStatus.CHANGED, "a"));

        assertThat(ballots()).containsExactly("cats v a", "cats v b", "cats v a");
        assertThat(redis.client().hgetAll(RedisNames.voters("cats")))
                .containsOnlyKeys("v")
                .containsEntry("v", "a");
        assertThat(accepted()).isEqualTo("3");
    }

    @Test
    void anAddressThatTriesTooOftenIsHeldAndNoOther() {
        List<CastOutcome> outcomes = cast(
                new Casts(SCRIPT, "cats", RevoteRule.FINAL, 2),
                List.of(
                        new Cast("v1", "a", "many"),
                        new Cast("v2", "a", "one"),
                        new Cast("v3", "a", "many"),
                        new Cast("v4", "a", "many")));

        assertThat(outcomes)
                .extracting(CastOutcome::status)
                .containsExactly(CastStatus.RECORDED, CastStatus.RECORDED, CastStatus.RECORDED, CastStatus.TOO_MANY);
        assertThat(outcomes.get(3).retryAfterSeconds()).isBetween(1, 60);
        assertThat(ballots()).containsExactly("cats v1 a", "cats v2 a", "cats v3 a");
    }

    /** As where the first answer is lost. */
    @Test
    void aCallThatIsSentAgainCountsOnce() {
        Casts limited = new Casts(SCRIPT, "cats", RevoteRule.FINAL, 2);
        List<Cast> casts = List.of(new Cast("v1", "a", "one"), new Cast("v2", "b", "one"));
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
        Cast cast = new Cast("v", "a", "x");

        assertThat(FINAL.repeated(cast, CastOutcome.of(CastStatus.ALREADY_VOTED, "a")))
                .as("its own first try, or an earlier vote")
                .isEqualTo(CastOutcome.unavailable("a"));
        assertThat(FINAL.repeated(cast, CastOutcome.of(CastStatus.ALREADY_VOTED, "b")))
                .isEqualTo(CastOutcome.of(CastStatus.ALREADY_VOTED, "b"));
        assertThat(FINAL.repeated(cast, CastOutcome.of(CastStatus.RECORDED, "a")))
                .isEqualTo(CastOutcome.of(CastStatus.RECORDED, "a"));
    }

    @Test
    void withoutALimitNoAddressIsKept() {
        cast(FINAL, List.of(new Cast("v", "a", "x")));

        assertThat(redis.client().keys("*"))
                .containsExactlyInAnyOrder(RedisNames.BALLOTS, RedisNames.voters("cats"), RedisNames.COUNTS);
    }

    @Test
    void whereTheStreamTakesNoneNobodyHasVoted() {
        redis.client().set(RedisNames.BALLOTS, "no stream");

        assertThatThrownBy(() -> cast(FINAL, List.of(new Cast("v", "a", "x"))))
                .isInstanceOf(JedisDataException.class)
                .hasMessageContaining("WRONGTYPE");

        assertThat(redis.client().exists(RedisNames.voters("cats"))).isFalse();
        assertThat(accepted()).isNull();
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
