package org.votingapp.systemtests.faults;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import org.votingapp.systemtests.faults.CuttingProxy.Direction;

/** Choices may change: no fault lets an older choice win over a newer one, or counts a voter twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurvivesFaultsWhereChoicesMayChangeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KeptStack kept = new KeptStack(() -> new FaultStack(RevoteRule.CHANGEABLE, 1, 2));
    private final FaultRounds rounds = new FaultRounds(FaultScale.read(), kept);

    @AfterAll
    void close() {
        kept.close();
    }

    @Test
    void allWorkersAreKilled() {
        rounds.play("changeable, all workers are killed", scene -> {
            scene.parts().servers(ServerKind.WORKER).forEach(Part::kill);
            scene.votesGoOn(200);
            scene.untilBallotsWait(100);
        });
    }

    @Test
    void redisIsKilled() {
        rounds.play("changeable, Redis is killed", scene -> {
            long before = scene.withoutAnswer();
            scene.parts().redis().kill();
            scene.untilVotersFeelIt(before);
        });
    }

    /** The worker does not learn that its batch is committed, and records it again. */
    @Test
    void postgresCommitsAndItsAnswersAreLost() {
        rounds.play("changeable, Postgres' answers are lost", scene -> {
            CuttingProxy proxy = scene.links().workerToPostgres;
            for (int times = 0; times < 3; times++) {
                int torn = proxy.torn();
                proxy.tear(Direction.ANSWERING);
                Awaitility.await("a connection is torn").atMost(LIMIT).until(() -> proxy.torn() > torn);
                scene.votesGoOn(50);
            }
        });
    }
}
