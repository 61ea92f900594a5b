package org.votingapp.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets {@code mvn -pl vote-war liberty:dev}, and the same of the other modules, join a running stack.
 *
 * <p>That goal runs a server of its own, from {@code target/dev} of its module. What is put there: a {@code server.env}
 * by which it finds the stores, readable by its owner alone, and the way to the common configuration.
 */
final class DevelopmentServers {

    /** The port of a server in development is that much above its usual one, unless it stands in for that server. */
    private static final int PORT_DISTANCE = 1_000;

    private final Path root;

    DevelopmentServers(Path root) {
        this.root = root;
    }

    /** Prepares them for this stack. */
    void join(LocalStack stack, StackSettings settings) {
        for (ServerKind kind : ServerKind.values()) {
            int usual = settings.ports().get(kind);
            int port = settings.without().contains(kind) ? usual : usual + PORT_DISTANCE;
            Map<String, String> variables = new TreeMap<>(stack.told(kind));
            variables.put("HTTP_PORT", Integer.toString(port));
            variables.put("JVM_ARGS", LibertyPart.NO_ANNOTATION_CACHE);
            if (kind == ServerKind.WORKER) {
                variables.put("WORKER_NAME", "worker-in-development");
            }
            StringBuilder lines = new StringBuilder();
            variables.forEach((name, value) ->
                    lines.append(name).append('=').append(value).append('\n'));
            try {
                Path folder = Files.createDirectories(kind.developmentDirectory(root));
                PrivateFile.write(folder.resolve("server.env"), lines.toString());
                linkCommonConfiguration(folder);
            } catch (IOException failed) {
                throw new StackException(
                        "%s cannot be prepared for development: %s".formatted(kind.server(), DataFolder.reason(failed)),
                        failed);
            }
        }
    }

    private void linkCommonConfiguration(Path folder) throws IOException {
        Path link = Files.createDirectories(folder.resolve("shared")).resolve("config");
        if (!Files.exists(link)) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, root.resolve("liberty-config").resolve("common"));
        }
    }

    /** Takes the variables away again. */
    void leave() {
        for (ServerKind kind : ServerKind.values()) {
            try {
                Files.deleteIfExists(kind.developmentDirectory(root).resolve("server.env"));
            } catch (IOException failed) {
                throw new StackException("server.env cannot be deleted: " + DataFolder.reason(failed), failed);
            }
        }
    }
}
