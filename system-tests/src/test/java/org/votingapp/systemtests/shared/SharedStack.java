package org.votingapp.systemtests.shared;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;

/**
 * Gives tests a running {@link LocalStack} and a {@link Browser}, one of each for all tests of a run.
 *
 * <p>A test leaves the stack as it found it, but for votes: all parts running and ready.
 */
public final class SharedStack implements ParameterResolver {

    private static final Namespace SHARED = Namespace.create(SharedStack.class);

    /** A stack that ends with the run. */
    private record Running(LocalStack stack) implements AutoCloseable {
        @Override
        public void close() {
            stack.close();
        }
    }

    /** A browser that ends with the run. */
    private record Open(Playwright playwright, Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            playwright.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalStack.class || type == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(SHARED);
        if (parameter.getParameter().getType() == LocalStack.class) {
            return store.getOrComputeIfAbsent(Running.class, key -> new Running(start()), Running.class)
                    .stack();
        }
        return store.getOrComputeIfAbsent(Open.class, key -> open(), Open.class).browser();
    }

    private static LocalStack start() {
        LocalStack stack = TestStacks.open(TestStacks.describe());
        try {
            return stack.start(TestStacks.START_LIMIT);
        } catch (RuntimeException failed) {
            stack.close();
            throw failed;
        }
    }

    private static Open open() {
        Playwright playwright = Chromium.driver();
        return new Open(playwright, Chromium.find(System.getenv("PATH")).launch(playwright));
    }
}
