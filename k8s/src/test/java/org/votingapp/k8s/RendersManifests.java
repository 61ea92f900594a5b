package org.votingapp.k8s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test of what Kustomize makes of the manifests, which is skipped where nothing can render them; on CI it fails there. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RendersManifests.Condition.class)
@interface RendersManifests {

    /** Says on the terminal, too, what is skipped and what to install. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Kustomize.isWanted()) {
                return ConditionEvaluationResult.enabled("something renders the manifests, or must");
            }
            System.out.println(context.getDisplayName() + " is skipped. " + Kustomize.WHAT_TO_INSTALL);
            return ConditionEvaluationResult.disabled(Kustomize.WHAT_TO_INSTALL);
        }
    }
}
