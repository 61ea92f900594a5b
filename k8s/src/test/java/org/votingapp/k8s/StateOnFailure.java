package org.votingapp.k8s;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Prints what an operator would look at first, at the moment when a test fails and before anything is removed. */
final class StateOnFailure implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        print(context.getDisplayName(), failure);
        throw failure;
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        print(context.getDisplayName(), failure);
        throw failure;
    }

    private static void print(String test, Throwable failure) {
        System.out.println("State at the failure of " + test);
        try {
            String namespace = " --namespace " + TestCluster.NAMESPACE;
            System.out.println(Kubectl.run("get nodes,pods,pvc,hpa,pdb -o wide" + namespace)
                    .text());
            System.out.println(Kubectl.run("get events --sort-by=.lastTimestamp" + namespace)
                    .text());
            System.out.println(Kubectl.run("logs --selector=app.kubernetes.io/part-of=voting --all-containers --prefix"
                            + " --tail=15 --ignore-errors --max-log-requests=40" + namespace)
                    .text());
        } catch (IOException | InterruptedException unseen) {
            failure.addSuppressed(unseen);
        }
    }
}
