package org.votingapp.systemtests.faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.votingapp.poll.RevoteRule;

/**
 * Gives classes of tests one {@link KeptStack}, on which they play faults one class after the other: two vote servers and two
 * workers, and votes are final. It ends with the run.
 */
final class SharedFaultStack implements ParameterResolver {

    private static final Namespace SHARED = Namespace.create(SharedFaultStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KeptStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SHARED)
                .getOrComputeIfAbsent(
                        KeptStack.class,
                        key -> new KeptStack(() -> new FaultStack(RevoteRule.FINAL, 2, 2)),
                        KeptStack.class);
    }
}
