package org.votingapp.faults;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.votingapp.stack.LibertyPart;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.ServerKind;

/**
 * Plays faults on one stack, one after the other, each while many vote: votes before it, the fault, healing, votes after
 * it, then the check. A stack on which a check failed is given up, so that each test speaks for itself.
 */
final class FaultRounds implements AutoCloseable {

    private final Scale scale = Scale.read();
    private final Function<Scale, FaultStack> starter;
    private Optional<FaultStack> running = Optional.empty();

    FaultRounds(Function<Scale, FaultStack> starter) {
        this.starter = starter;
    }

    /** What goes wrong. */
    interface Fault {

        /** Makes it go wrong; it is over when this returns and all was healed. */
        void happen(Scene scene);
    }

    /**
     * What a fault can lay its hands on.
     *
     * @param parts the parts of the stack
     * @param links the ways of the servers to their stores
     * @param load those who vote
     */
    record Scene(LocalStack parts, FaultStack.Links links, Load load) {

        /** Lets it be wrong until this many more votes were acknowledged. */
        void goesOnFor(long votes) {
            load.awaitMore(votes);
        }
    }

    void play(String name, Fault fault) {
        for (int round = 1; round <= scale.rounds(); round++) {
            FaultStack stack = running.orElseGet(() -> starter.apply(scale));
            running = Optional.of(stack);
            boolean kept = false;
            try {
                play(name, fault, stack);
                kept = true;
            } finally {
                if (!kept) {
                    close();
                }
            }
        }
    }

    private void play(String name, Fault fault, FaultStack stack) {
        History history = stack.history();
        long before = history.acknowledged();
        long nothing = history.counts().get(Told.NOTHING);
        long began = System.nanoTime();
        try (Load load = stack.load(allServersInTurn(stack.parts()))) {
            load.awaitMore(scale.votes() / 3);
            fault.happen(new Scene(stack.parts(), stack.links(), load));
            stack.heal();
            long acknowledged = history.acknowledged() - before;
            load.awaitMore(Math.max(scale.votes() / 3, scale.votes() - acknowledged));
        }
        double voted = (System.nanoTime() - began) / 1e9;
        stack.check();
        System.out.printf(
                "%s: %d votes acknowledged, %d without an answer, in %.1f s, checked after %.1f s (faults.seed=%d)%n",
                name,
                history.acknowledged() - before,
                history.counts().get(Told.NOTHING) - nothing,
                voted,
                (System.nanoTime() - began) / 1e9,
                scale.seed());
    }

    private static Supplier<URI> allServersInTurn(LocalStack stack) {
        List<LibertyPart> servers = stack.servers(ServerKind.VOTE);
        AtomicInteger turn = new AtomicInteger();
        return () -> servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()))
                .uri("/");
    }

    @Override
    public void close() {
        running.ifPresent(FaultStack::close);
        running = Optional.empty();
    }
}
