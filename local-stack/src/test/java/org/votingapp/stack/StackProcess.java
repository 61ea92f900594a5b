package org.votingapp.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.data.ProcessId;
import org.votingapp.stack.files.PrivateProperties;
import org.votingapp.stack.liberty.ServerKind;

/** {@link RunLocalStack} in a process of its own, as Maven runs it, with its output. */
public final class StackProcess implements AutoCloseable {

    private final Path data;
    private final Map<ServerKind, Integer> ports = new HashMap<>();
    private final Path output;
    private final Process process;

    private StackProcess(Path data, Map<String, String> environment) throws IOException {
        this.data = data;
        this.output = Files.createTempFile(data.getParent(), "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                                .orElse(System.getProperty("java.class.path")),
                        RunLocalStack.class.getName(),
                        TestStacks.root().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> variables = builder.environment();
        variables.put("DATA_DIR", data.toString());
        for (ServerKind kind : ServerKind.values()) {
            ports.put(kind, Ports.free());
            variables.put(kind.portVariable(), Integer.toString(ports.get(kind)));
        }
        // Where a test asks for it, it sets this to something else.
        variables.put("LOCAL_STACK_WITHOUT", "organiser");
        variables.putAll(environment);
        this.process = builder.start();
        // If the run is interrupted, nothing else ends the process.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** Runs it on a data folder. These variables override the free ports chosen here. */
    public static StackProcess run(Path data, Map<String, String> environment) throws IOException {
        return new StackProcess(data, environment);
    }

    /** Everything it has printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The port of the servers of a kind. */
    public int port(ServerKind kind) {
        return ports.get(kind);
    }

    /** The process of a part. */
    public ProcessHandle part(String name) {
        String recorded = PrivateProperties.replaceable(data.resolve("processes.properties"), ProcessId.TEXT)
                .get(name)
                .orElseThrow();
        return ProcessHandle.of(Long.parseLong(recorded.split(" ")[0])).orElseThrow();
    }

    /** All its parts. */
    public List<ProcessHandle> parts() {
        return List.of("redis", "postgres", "vote", "worker", "result").stream()
                .map(this::part)
                .toList();
    }

    /** Waits for the end; the exit code. */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs after " + limit + ":\n" + output());
        }
        return process.exitValue();
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Kills the process itself (SIGKILL); its parts keep running. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
