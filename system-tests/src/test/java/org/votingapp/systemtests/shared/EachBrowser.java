package org.votingapp.systemtests.shared;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once for each {@link TestBrowser}. */
final class EachBrowser implements TestTemplateInvocationContextProvider {

    private static final Namespace SKIPPED = Namespace.create(EachBrowser.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(TestBrowser.values()).map(In::new);
    }

    /** The run in one browser. */
    private record In(TestBrowser browser) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int index) {
            return browser.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Choice(browser), new Presence(browser));
        }
    }

    /** Tells {@link SharedStack} the browser before it gives one to the test's constructor. */
    private record Choice(TestBrowser browser) implements TestInstancePreConstructCallback {

        @Override
        public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
            return ExtensionContextScope.TEST_METHOD;
        }

        @Override
        public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
            browser.choose(context);
        }
    }

    /** Skips the run without the browser. */
    private record Presence(TestBrowser browser) implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return browser.missing()
                    .map(reason -> disabled(context, reason))
                    .orElseGet(() -> ConditionEvaluationResult.enabled(browser.toString()));
        }

        /** Maven does not print why a test is skipped. */
        private static ConditionEvaluationResult disabled(ExtensionContext context, String reason) {
            context.getRoot().getStore(SKIPPED).getOrComputeIfAbsent(reason, line -> {
                System.out.println(line);
                return line;
            });
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
