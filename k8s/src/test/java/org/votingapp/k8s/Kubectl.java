package org.votingapp.k8s;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What an operator types: kubectl, the one that {@code KUBECTL} names or the one on the path. */
final class Kubectl {

    private Kubectl() {}

    /** Where it is on this machine. */
    static Optional<String> program() {
        return Optional.ofNullable(System.getenv("KUBECTL"))
                .filter(name -> !name.isBlank())
                .or(() -> Program.onPath("kubectl"));
    }

    /** Runs it in the module's folder, however it ends. */
    static Outcome run(String arguments) throws IOException, InterruptedException {
        String kubectl =
                program().orElseThrow(() -> new IllegalStateException("Install kubectl, or name it in KUBECTL."));
        return Program.outcome(Renderings.FOLDER, "{kubectl} " + arguments, Map.of("kubectl", kubectl));
    }

    /** Runs it, and fails where it does; what it printed. */
    static String succeed(String arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        if (!outcome.succeeded()) {
            throw new IOException("kubectl " + arguments + "\n" + outcome.text());
        }
        return outcome.text();
    }
}
