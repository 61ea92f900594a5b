package org.votingapp.systemtests.shared;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;

/**
 * Gives tests a running {@link LocalStack} and a {@link Browser}, one of each for all tests of a run, and each test a
 * {@link BrowserContext} of its own, which is closed after it. Since Playwright belongs to one thread, a class that runs
 * {@link BesideOthers} gets a browser of its own.
 *
 * <p>Every test leaves all parts of the stack running and ready. Its votes stay.
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

    /** A browser that ends with the run or the class. */
    private record Open(Playwright playwright, Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            playwright.close();
        }
    }

    /** What one browser keeps for one test: its pages and cookies. */
    private record Session(BrowserContext context) implements AutoCloseable {
        @Override
        public void close() {
            context.close();
        }
    }

    /** So that a constructor's parameters end with the test, too. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalStack.class || type == Browser.class || type == BrowserContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store run = context.getRoot().getStore(SHARED);
        Class<?> type = parameter.getParameter().getType();
        if (type == LocalStack.class) {
            return run.getOrComputeIfAbsent(Running.class, key -> new Running(start()), Running.class)
                    .stack();
        }
        TestBrowser kind = TestBrowser.of(context);
        Browser browser = browserKeeper(context)
                .getOrComputeIfAbsent(kind, key -> open(kind), Open.class)
                .browser();
        if (type == Browser.class) {
            return browser;
        }
        return context.getStore(SHARED)
                .getOrComputeIfAbsent(Session.class, key -> new Session(browser.newContext()), Session.class)
                .context();
    }

    /** What holds a browser that the test may use from its thread. */
    private static ExtensionContext.Store browserKeeper(ExtensionContext test) {
        boolean besideOthers = AnnotationSupport.isAnnotated(test.getRequiredTestClass(), BesideOthers.class);
        ExtensionContext keeper = besideOthers ? ofClass(test) : test.getRoot();
        return keeper.getStore(SHARED);
    }

    private static ExtensionContext ofClass(ExtensionContext test) {
        return test.getTestMethod().isPresent() ? ofClass(test.getParent().orElseThrow()) : test;
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

    private static Open open(TestBrowser kind) {
        Playwright playwright = Chromium.driver();
        return new Open(playwright, kind.launch(playwright));
    }
}
