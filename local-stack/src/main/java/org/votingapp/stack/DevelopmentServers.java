package org.votingapp.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.votingapp.stack.data.ProcessId;
import org.votingapp.stack.files.FileFailure;
import org.votingapp.stack.files.PrivateFile;
import org.votingapp.stack.files.SmallFile;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.terminal.StackException;

/**
 * Lets {@code mvn -pl vote-war liberty:dev}, and the same for the other modules, join a running stack.
 *
 * <p>That goal runs a server from {@code target/dev} of its module. This class writes a {@code server.env} there, by which
 * the server finds the stores, for its owner alone, and links the common configuration. Where several stacks run from one
 * checkout, servers join the first.
 */
final class DevelopmentServers {

    /** Added to a server's usual port, unless the server in development replaces it. */
    private static final int PORT_DISTANCE = 1_000;

    private static final String OWNER = "# Of the local stack that is the process, and was started at, ";

    private final Path root;

    DevelopmentServers(Path root) {
        this.root = root;
    }

    /** Lets servers in development join this stack. */
    void join(LocalStack stack, StackSettings settings) {
        for (ServerKind kind : ServerKind.values()) {
            int usual = settings.ports().get(kind);
            int port = settings.without().contains(kind) ? usual : usual + PORT_DISTANCE;
            try {
                if (owner(kind).isEmpty()) {
                    PrivateFile.write(variables(kind), lines(kind, port, stack.settings(kind)));
                    linkCommonConfiguration(kind);
                }
            } catch (IOException failed) {
                throw failure(kind, failed);
            }
        }
    }

    private static String lines(ServerKind kind, int port, Map<String, String> settings) {
        Map<String, String> variables = new TreeMap<>(settings);
        variables.put("HTTP_PORT", Integer.toString(port));
        // In production a server never looks at its files again; in development they change.
        variables.put("UPDATE_TRIGGER", "polled");
        variables.merge("JVM_ARGS", LibertyPart.NO_ANNOTATION_CACHE, (given, off) -> given + " " + off);
        if (kind == ServerKind.WORKER) {
            variables.put("WORKER_NAME", "worker-in-development");
        }
        StringBuilder lines = new StringBuilder(OWNER)
                .append(ProcessId.of(ProcessHandle.current()))
                .append('\n');
        variables.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    private void linkCommonConfiguration(ServerKind kind) throws IOException {
        Path shared = kind.developmentDirectory(root).resolve("shared");
        Path link = Files.createDirectories(shared).resolve("config");
        if (!Files.exists(link)) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, root.resolve("liberty-config").resolve("common"));
        }
    }

    /** Deletes what this process wrote. */
    void leave() {
        for (ServerKind kind : ServerKind.values()) {
            try {
                if (owner(kind).filter(ProcessHandle.current()::equals).isPresent()) {
                    Files.delete(variables(kind));
                }
            } catch (IOException failed) {
                throw failure(kind, failed);
            }
        }
    }

    private Path variables(ServerKind kind) throws IOException {
        return Files.createDirectories(kind.developmentDirectory(root)).resolve("server.env");
    }

    /** The process that wrote the variables, where it still runs. */
    private Optional<ProcessHandle> owner(ServerKind kind) throws IOException {
        return SmallFile.read(variables(kind), "Delete it.").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(OWNER))
                .flatMap(line -> ProcessId.parse(line.substring(OWNER.length())).stream())
                .findFirst()
                .flatMap(ProcessId::find);
    }

    private static StackException failure(ServerKind kind, IOException cause) {
        return new StackException(
                "The %s server cannot be prepared for development: %s"
                        .formatted(kind.server(), FileFailure.reason(cause)),
                cause);
    }
}
