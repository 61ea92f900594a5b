package org.votingapp.systemtests.faults;

import java.util.Optional;
import java.util.function.Supplier;

/** Keeps one stack for all faults, until one of them spoils it. Not thread-safe. */
final class KeptStack implements AutoCloseable {

    private final Supplier<FaultStack> starter;
    private Optional<FaultStack> running = Optional.empty();

    KeptStack(Supplier<FaultStack> starter) {
        this.starter = starter;
    }

    /** The running stack; starts one if there is none. */
    FaultStack stack() {
        FaultStack stack = running.orElseGet(starter);
        running = Optional.of(stack);
        return stack;
    }

    /** Ends the stack; its data folder stays for diagnosis. */
    @Override
    public void close() {
        running.ifPresent(FaultStack::close);
        running = Optional.empty();
    }
}
