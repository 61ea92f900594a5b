package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import org.votingapp.systemtests.faults.CuttingProxy.Direction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XPendingParams;

/**
 * No acknowledged vote is lost, counted twice or changed under one fault at a time. Votes are final.
 *
 * <p>{@link FaultStack#check} compares the answers with the stores after each fault.
 */
@ExtendWith(SharedFaultStack.class)
@Order(Order.DEFAULT + 1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class SurvivesFaultsIT {

    /** The worker's statement timeout (10 s) plus the driver's socket timeout (20 s). */
    private static final Duration LONGER_THAN_POSTGRES_TIMEOUTS = Duration.ofSeconds(21);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String FOR_THE_SCHEMA =
            " FROM pg_stat_activity WHERE application_name = 'voting-worker-schema'";
    private static final String SESSIONS = "SELECT count(*)" + FOR_THE_SCHEMA;
    private static final String END_THEM = "SELECT count(pg_terminate_backend(pid))" + FOR_THE_SCHEMA;
    private static final String RECORDED = "SELECT sum(votes) FROM tally";

    /** Longer than a worker takes to find its schema up to date. */
    private static final int START_MILLIS = 200;

    private final FaultScale scale = FaultScale.read();
    private final FaultRounds rounds;

    SurvivesFaultsIT(KeptStack kept) {
        rounds = new FaultRounds(scale, kept);
    }

    @Test
    void allWorkersAreKilled() {
        rounds.play("all workers are killed", scene -> {
            scene.parts().servers(ServerKind.WORKER).forEach(Part::kill);
            scene.votesGoOn(200);
            scene.untilBallotsWait(100);
        });
    }

    /** The survivor claims what the dead worker had read and not recorded. */
    @Test
    void oneOfTwoWorkersIsKilledInTheMiddleOfABatch() {
        rounds.play("one of two workers is killed", scene -> {
            LibertyPart dying = scene.parts().servers(ServerKind.WORKER).get(1);
            scene.links().workerToPostgres.swallow(Direction.ASKING);
            awaitPendingOf(dying, scene);
            dying.kill();
            scene.links().workerToPostgres.heal();
            Awaitility.await("the dead worker's ballots are taken over")
                    .atMost(LIMIT)
                    .until(() -> pendingOf(dying, scene) == 0);
        });
    }

    private static void awaitPendingOf(LibertyPart worker, Scene scene) {
        Awaitility.await("a batch at hand").atMost(LIMIT).until(() -> pendingOf(worker, scene) > 0);
    }

    private static int pendingOf(LibertyPart worker, Scene scene) {
        try (Jedis redis = scene.parts().redis().connect()) {
            return redis.xpending(
                            RedisNames.BALLOTS,
                            RedisNames.GROUP,
                            XPendingParams.xPendingParams("-", "+", 1).consumer(worker.name() + "-1"))
                    .size();
        }
    }

    @Test
    void thePollClosesWhileRedisIsKilledAndTheWorkersAreFrozen() {
        rounds.play("the poll closes while Redis is killed and the workers are frozen", scene -> {
            Closing closing = Closing.in(Duration.ofSeconds(2), scene, () -> {});
            scene.parts().servers(ServerKind.WORKER).forEach(Part::freeze);
            scene.parts().redis().kill();
            scene.parts().redis().start();
            closing.untilVotersAreRefused();
            scene.parts().servers(ServerKind.WORKER).forEach(Part::thaw);
            closing.untilFinal();
            closing.reopen();
            scene.votesGoOn(100);
            closing.assertExact();
        });
    }

    @Test
    void thePollIsClosedByAChangeWhileTheWorkersAndRedisAreKilled() {
        rounds.play("the poll is closed by a change while the workers and Redis are killed", scene -> {
            Closing closing = Closing.in(Duration.ZERO, scene, () -> {
                scene.parts().servers(ServerKind.WORKER).forEach(Part::kill);
                scene.parts().redis().kill();
                scene.parts().redis().start();
                scene.parts().servers(ServerKind.WORKER).forEach(Part::start);
            });
            closing.untilVotersAreRefused();
            closing.untilFinal();
            closing.reopen();
            scene.votesGoOn(100);
            closing.assertExact();
        });
    }

    @Test
    void aVoteServerIsKilled() {
        rounds.play("a vote server is killed", scene -> {
            long before = scene.withoutAnswer();
            scene.parts().vote().kill();
            scene.untilVotersFeelIt(before);
            scene.votesGoOn(200);
        });
    }

    @Test
    void theResultServerIsKilled() {
        rounds.play("the result server is killed", scene -> {
            scene.parts().result().kill();
            scene.votesGoOn(200);
        });
    }

    @Test
    void postgresIsStoppedInGoodOrder() {
        rounds.play("Postgres is stopped in good order", scene -> {
            scene.parts().postgres().stop();
            scene.votesGoOn(200);
            scene.untilBallotsWait(100);
        });
    }

    @Test
    void postgresIsStoppedAtOnce() {
        rounds.play("Postgres is stopped at once", scene -> {
            scene.parts().postgres().stopImmediately();
            scene.votesGoOn(200);
            scene.untilBallotsWait(100);
        });
    }

    @Test
    void postgresIsFrozen() {
        rounds.play("Postgres is frozen", scene -> {
            scene.parts().postgres().freeze();
            scene.votesGoOn(200);
            scene.lasts(LONGER_THAN_POSTGRES_TIMEOUTS);
            scene.untilBallotsWait(100);
        });
    }

    @Test
    void postgresIsOutOfConnections() {
        rounds.play("Postgres is out of connections", scene -> {
            try (Crowd crowd = new Crowd(scene.parts().postgres())) {
                assertThat(crowd.size()).isPositive();
                scene.votesGoOn(200);
                scene.untilBallotsWait(100);
            }
        });
    }

    /** Several times, wherever the schema check happens to be. */
    @Test
    void postgresEndsTheSessionsOfAWorkerThatStarts() {
        Random moments = new Random(scale.seed());
        rounds.play("Postgres ends the sessions of a worker that starts", scene -> {
            scene.parts().servers(ServerKind.WORKER).forEach(Part::kill);
            try (Connection superuser = scene.parts().postgres().connectAsSuperuser();
                    Statement postgres = superuser.createStatement()) {
                scene.parts().servers(ServerKind.WORKER).get(0).start();
                Awaitility.await("its first session").atMost(LIMIT).until(() -> count(postgres, SESSIONS) > 0);
                // The statements of the ended sessions are done by then.
                long recorded = count(postgres, RECORDED);
                for (int time = 0; time < 6 && count(postgres, RECORDED) == recorded; time++) {
                    Awaitility.await("a session, or all is done")
                            .pollInterval(Duration.ofMillis(5))
                            .atMost(LIMIT)
                            .until(() -> count(postgres, SESSIONS) > 0 || count(postgres, RECORDED) > recorded);
                    scene.lasts(Duration.ofMillis(moments.nextInt(START_MILLIS)));
                    count(postgres, END_THEM);
                }
                Awaitility.await("it records").atMost(LIMIT).until(() -> count(postgres, RECORDED) > recorded);
            } catch (SQLException failed) {
                throw new AssertionError("Postgres cannot be asked", failed);
            }
        });
    }

    private static long count(Statement postgres, String query) throws SQLException {
        try (ResultSet row = postgres.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void redisIsStoppedInGoodOrder() {
        rounds.play("Redis is stopped in good order", scene -> {
            long before = scene.withoutAnswer();
            scene.parts().redis().stop();
            scene.untilVotersFeelIt(before);
        });
    }

    @Test
    void redisIsKilled() {
        rounds.play("Redis is killed", scene -> {
            long before = scene.withoutAnswer();
            scene.parts().redis().kill();
            scene.untilVotersFeelIt(before);
        });
    }

    @Test
    void redisIsFrozen() {
        rounds.play("Redis is frozen", scene -> {
            long before = scene.withoutAnswer();
            scene.parts().redis().freeze();
            scene.lasts(scale.redisFrozen());
            scene.untilVotersFeelIt(before);
        });
    }

    /** Redis takes no vote and loses none. The drain goes on and frees memory. */
    @Test
    void redisIsOutOfMemory() {
        rounds.play("Redis is out of memory", scene -> {
            long before = scene.withoutAnswer();
            try (Jedis redis = scene.parts().redis().connect()) {
                redis.configSet("maxmemory", "1mb");
                scene.untilVotersFeelIt(before);
                Awaitility.await("the drain goes on").atMost(LIMIT).until(() -> redis.xlen(RedisNames.BALLOTS) == 0);
                redis.configSet("maxmemory", "0");
            }
        });
    }

    /** A connection from a server to a store. */
    enum Way {
        VOTE_TO_REDIS,
        WORKER_TO_REDIS,
        WORKER_TO_POSTGRES,
        RESULT_TO_POSTGRES;

        CuttingProxy of(Scene scene) {
            return switch (this) {
                case VOTE_TO_REDIS -> scene.links().voteToRedis;
                case WORKER_TO_REDIS -> scene.links().workerToRedis;
                case WORKER_TO_POSTGRES -> scene.links().workerToPostgres;
                case RESULT_TO_POSTGRES -> scene.links().resultToPostgres;
            };
        }
    }

    /** In the middle of a request, in the middle of an answer, and silently in either direction. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void connectionsAreCutHalfWay(Way way) {
        rounds.play("cut half-way: " + way, scene -> {
            CuttingProxy proxy = way.of(scene);
            for (Direction direction : Direction.values()) {
                for (int cut = 0; cut < 4; cut++) {
                    int torn = proxy.torn();
                    proxy.tear(direction);
                    Awaitility.await("a connection is torn").atMost(LIMIT).until(() -> proxy.torn() > torn);
                }
                long swallowed = proxy.swallowed();
                proxy.swallow(direction);
                Awaitility.await("something gets lost").atMost(LIMIT).until(() -> proxy.swallowed() > swallowed);
                scene.lasts(Duration.ofSeconds(1));
                proxy.heal();
            }
        });
    }

    /**
     * A rolling restart: each vote server leaves the rotation, restarts, and comes back once it is ready. Workers and result
     * server restart meanwhile, as Deployments roll in parallel.
     */
    @Test
    void noVoteFailsWhileAllServersAreRestartedInTurn() {
        rounds.play("all servers are restarted in turn", scene -> {
            long before = scene.withoutAnswer();
            scene.load()
                    .whileFewVote(() -> atTheSameTime(
                            () -> scene.parts().servers(ServerKind.VOTE).forEach(server -> roll(server, scene)),
                            () -> scene.parts().servers(ServerKind.WORKER).forEach(SurvivesFaultsIT::restart),
                            () -> restart(scene.parts().result())));
            assertThat(scene.withoutAnswer())
                    .as("votes that failed, by status: %s", scene.withoutAnswerByStatus())
                    .isEqualTo(before);
        });
    }

    private static void roll(LibertyPart server, Scene scene) {
        scene.servers().takeOut(server);
        // Requests in flight, while the load balancer learns of it.
        scene.lasts(Duration.ofSeconds(1));
        restart(server);
        scene.servers().takeIn(server);
        scene.votesGoOn(50);
    }

    private static void restart(LibertyPart server) {
        server.stop();
        server.start();
        server.awaitReady(Duration.ofMinutes(5));
    }

    private static void atTheSameTime(Runnable... tasks) {
        CompletableFuture.allOf(
                        Stream.of(tasks).map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();
    }
}
