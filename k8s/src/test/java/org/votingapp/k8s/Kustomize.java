package org.votingapp.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renders manifests by the first of these that is there: {@code kubectl kustomize} (from {@code KUBECTL}, from the path),
 * {@code kustomize}, or Kustomize's own module by Go.
 */
final class Kustomize {

    private static final String MODULE = "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1";

    static final String WHAT_TO_INSTALL =
            "To render the manifests, install kubectl, kustomize or Go, or name kubectl in KUBECTL.";

    private final List<String> program;

    private Kustomize(List<String> program) {
        this.program = program;
    }

    /** The one on this machine. */
    static Kustomize here() {
        return find().orElseThrow(() -> new IllegalStateException(WHAT_TO_INSTALL));
    }

    /** Whether there is one here, or must be. */
    static boolean isWanted() {
        return find().isPresent() || Program.isEveryOneNeeded();
    }

    private static Optional<Kustomize> find() {
        return Kubectl.program()
                .map(kubectl -> new Kustomize(List.of(kubectl, "kustomize")))
                .or(() -> Program.onPath("kustomize").map(kustomize -> new Kustomize(List.of(kustomize, "build"))))
                .or(() -> Program.onPath("go").map(go -> new Kustomize(List.of(go, "run", MODULE, "build"))));
    }

    /** The YAML documents of a folder with a {@code kustomization.yaml}. */
    String render(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.add(folder.toAbsolutePath().normalize().toString());
        Path errors = Files.createTempFile("kustomize", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            // Kustomize ends before its garbage matters: collecting it is a third of what it takes of the processor.
            builder.environment().put("GOGC", "off");
            Process process = builder.start();
            String output;
            try (InputStream out = process.getInputStream()) {
                output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(errors));
            }
            return output;
        } finally {
            Files.delete(errors);
        }
    }
}
