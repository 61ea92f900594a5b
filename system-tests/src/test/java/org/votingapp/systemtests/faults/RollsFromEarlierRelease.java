package org.votingapp.systemtests.faults;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.liberty.ServerKind;

/**
 * Rolls from an earlier release to this one while people vote. No vote fails, and none that was acknowledged is lost, counted
 * twice or changed, whichever server goes first.
 *
 * <p>Only {@code mvn verify -Prolling -Drolling.from=COMMIT} runs it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollsFromEarlierRelease {

    private final FaultScale scale = FaultScale.read();
    private Path earlier;

    @BeforeAll
    void build() {
        earlier = EarlierRelease.build();
    }

    /** It migrates the schema under the others. */
    @ParameterizedTest
    @EnumSource
    void theWorkerGoesFirst(RevoteRule rule) {
        play(rule, stack -> {
            stack.roll(ServerKind.WORKER);
            stack.roll(ServerKind.VOTE);
            stack.roll(ServerKind.RESULT);
        });
    }

    /** The result server comes last: it takes no readers before the schema is migrated. */
    @ParameterizedTest
    @EnumSource
    void theVoteServerGoesFirst(RevoteRule rule) {
        play(rule, stack -> {
            stack.roll(ServerKind.VOTE);
            stack.roll(ServerKind.WORKER);
            stack.roll(ServerKind.RESULT);
        });
    }

    /** As by {@code kubectl apply} and {@code kubectl rollout undo}. */
    @Test
    void allGoAtOnceAndBack() {
        play(RevoteRule.FINAL, stack -> {
            stack.roll(ServerKind.WORKER, ServerKind.VOTE, ServerKind.RESULT);
            stack.roll(ServerKind.WORKER, ServerKind.VOTE, ServerKind.RESULT);
        });
    }

    private void play(RevoteRule rule, Consumer<RollingStack> upgrade) {
        try (RollingStack stack = new RollingStack(earlier, rule, scale)) {
            upgrade.accept(stack);
            stack.check();
        }
    }
}
