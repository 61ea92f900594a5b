package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Told;

/**
 * Plays faults on one stack, one after the other, under load: votes, the fault, healing, votes, then the check. After a
 * failure the next test gets a new stack, and the data folder of the old one stays for diagnosis.
 */
final class FaultRounds {

    /** Bounds the memory that a check needs. */
    private static final long LONGEST_HISTORY = 500_000;

    /**
     * The faults that broke the promise in this JVM. A build may rerun a failed test, but a vote that is lost now and then
     * is still lost.
     */
    private static final Set<String> BROKE_THE_PROMISE = ConcurrentHashMap.newKeySet();

    private final FaultScale scale;
    private final KeptStack kept;

    FaultRounds(FaultScale scale, KeptStack kept) {
        this.scale = scale;
        this.kept = kept;
    }

    /** One fault. */
    interface Fault {

        /** Causes the fault, and returns once it may be healed. */
        void happen(Scene scene);
    }

    void play(String name, Fault fault) {
        assertThat(BROKE_THE_PROMISE)
                .as("faults under which the promise was broken before, which no second try takes back")
                .doesNotContain(name);
        for (int round = 1; round <= scale.rounds(); round++) {
            FaultStack stack = kept.stack();
            boolean promiseKept = false;
            try {
                play(name, fault, stack);
                promiseKept = true;
            } catch (BrokenPromise broken) {
                BROKE_THE_PROMISE.add(name);
                throw broken;
            } finally {
                if (!promiseKept) {
                    System.out.printf(
                            "%s: what is left of it lies in %s%n",
                            name, stack.parts().data().folder());
                }
                if (!promiseKept || stack.history().acknowledged() > LONGEST_HISTORY) {
                    kept.close();
                }
            }
        }
    }

    private void play(String name, Fault fault, FaultStack stack) {
        History history = stack.history();
        long before = history.acknowledged();
        long nothing = history.counts().get(Told.NOTHING);
        long began = System.nanoTime();
        Rotation servers = new Rotation(stack.parts().servers(ServerKind.VOTE));
        try (Load load = stack.load(servers, scale)) {
            load.awaitMore(scale.votes() / 3);
            fault.happen(new Scene(stack.parts(), stack.links(), servers, load, history));
            load.whileFewVote(stack::heal);
            long acknowledged = history.acknowledged() - before;
            load.awaitMore(Math.max(scale.votes() / 3, scale.votes() - acknowledged));
        } catch (RuntimeException | AssertionError otherThanExpected) {
            throw whatItDid(otherThanExpected, stack);
        }
        double voted = secondsSince(began);
        stack.check();
        System.out.printf(
                "%s: %d votes acknowledged, %d without an answer, in %.1f s; checked after %.1f s (faults.seed=%d)%n",
                name,
                history.acknowledged() - before,
                history.counts().get(Told.NOTHING) - nothing,
                voted,
                secondsSince(began),
                scale.seed());
    }

    /** If a fault did not go as expected, what it did to the votes says more. */
    private static AssertionError whatItDid(Throwable otherThanExpected, FaultStack stack) {
        try {
            stack.heal();
            stack.check();
        } catch (RuntimeException | AssertionError broken) {
            broken.addSuppressed(otherThanExpected);
            throw broken;
        }
        return new AssertionError("no vote was lost, and yet: " + otherThanExpected.getMessage(), otherThanExpected);
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
