package org.votingapp.faults;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.Part;
import org.votingapp.stack.ServerKind;

/** One fault at a time, while many vote. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurvivesFaultsIT {

    private final FaultRounds rounds = new FaultRounds(scale -> new FaultStack(RevoteRule.FINAL, 2, 2, scale));

    @AfterAll
    void close() {
        rounds.close();
    }

    @Test
    void theOnlyWorkersAreKilled() {
        rounds.play("both workers are killed", fault -> {
            fault.parts().servers(ServerKind.WORKER).forEach(Part::kill);
            fault.goesOnFor(200);
        });
    }

    @Test
    void redisIsKilled() {
        rounds.play("Redis is killed", fault -> fault.parts().redis().kill());
    }

    @Test
    void postgresIsStoppedAtOnce() {
        rounds.play("Postgres is stopped at once", fault -> {
            fault.parts().postgres().stopImmediately();
            fault.goesOnFor(200);
        });
    }
}
