package org.votingapp.stack.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.files.FileFailure;
import org.votingapp.stack.terminal.StackException;

/**
 * A part that is a process in a session of its own: starts it, logs its output, waits until it is ready, and ends it.
 *
 * <p>A subclass says what to run and how to ask whether it is ready.
 */
public abstract class ProcessPart implements Part {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SIGNAL_EXIT = 128;

    private final String name;
    private final DataFolder data;
    private Optional<Process> process = Optional.empty();

    /** Not started yet. */
    protected ProcessPart(String name, DataFolder data) {
        this.name = name;
        this.data = data;
    }

    /** Prepares the files that the process needs; called before each start. */
    protected abstract void prepare() throws IOException;

    /** The command line, but for what puts it into a session of its own. */
    public abstract List<String> command();

    /** The whole environment of the process. */
    public abstract Map<String, String> environment();

    /** The signal on which it shuts down gracefully. */
    protected abstract String stopSignal();

    /** How long a graceful shutdown may take before the process is killed. */
    protected abstract Duration stopLimit();

    /** Asks a live process what it waits for; empty where it is ready. Takes 2 s at most. */
    protected abstract Optional<String> probe();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Path log() {
        return data.log(name);
    }

    /** Why it will never be ready, where that is known. */
    protected Optional<String> trouble() {
        return Optional.empty();
    }

    /** The line of its log that says why it died, where there is one. */
    protected Optional<String> lastWords() {
        return Optional.empty();
    }

    /** Called after a graceful shutdown. */
    protected void ended() {}

    @Override
    public final synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        data.checkStarts();
        try {
            prepare();
            data.rotateLog(name);
            ProcessBuilder builder = new ProcessBuilder(Session.own(command()))
                    .directory(data.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile());
            builder.environment().clear();
            builder.environment().putAll(environment());
            Process started = builder.start();
            started.getOutputStream().close();
            process = Optional.of(started);
            data.processes().put(name, started.toHandle());
        } catch (IOException failed) {
            throw new StackException(name + " cannot be started: " + FileFailure.reason(failed), failed);
        }
    }

    @Override
    public final Optional<String> waitsFor() {
        if (!isAlive()) {
            return Optional.of("its process to run");
        }
        trouble().ifPresent(reason -> {
            throw new StackException("%s does not start: %s (its log: %s)".formatted(name, reason, log()));
        });
        return probe();
    }

    @Override
    public final void awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Optional<String> waitsFor = waitsFor();
        while (waitsFor.isPresent()) {
            if (!isAlive()) {
                throw new StackException("%s has died; its log: %s".formatted(name, log()));
            }
            if (System.nanoTime() > end) {
                throw new StackException("%s is not ready after %d s: it waits for %s; its log: %s"
                        .formatted(name, limit.toSeconds(), waitsFor.get(), log()));
            }
            pause();
            waitsFor = waitsFor();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting", interrupted);
        }
    }

    @Override
    public final void stop() {
        end(stopSignal());
    }

    /** Sends the signal on which the process ends itself and its children; kills what is left after the limit. */
    protected final void end(String signal) {
        Optional<ProcessFamily> running = family();
        if (running.isEmpty()) {
            return;
        }
        ProcessFamily family = running.get();
        family.signalEnd(signal);
        boolean graceful = family.awaitEnd(stopLimit());
        if (!graceful) {
            family.kill();
        }
        data.processes().remove(name);
        if (graceful) {
            ended();
        }
    }

    @Override
    public final void kill() {
        family().ifPresent(ProcessFamily::kill);
        data.processes().remove(name);
    }

    @Override
    public final void freeze() {
        family().ifPresent(ProcessFamily::freeze);
    }

    @Override
    public final void thaw() {
        family().ifPresent(ProcessFamily::thaw);
    }

    @Override
    public final boolean isAlive() {
        return current().map(Process::isAlive).orElse(false);
    }

    @Override
    public final String awaitEnd() throws InterruptedException {
        Optional<Process> waited = current();
        return waited.isPresent() ? describe(waited.get().waitFor()) : "it was never started";
    }

    private String describe(int exitCode) {
        return switch (exitCode) {
            case SIGNAL_EXIT + 9 -> "killed by SIGKILL";
            case SIGNAL_EXIT + 15 -> "ended by SIGTERM";
            default -> "exit code " + exitCode + lastWords().map(": "::concat).orElse("");
        };
    }

    @Override
    public final List<Long> pids() {
        return family().map(ProcessFamily::pids).orElseGet(List::of);
    }

    private Optional<ProcessFamily> family() {
        return current().filter(Process::isAlive).map(Process::toHandle).map(ProcessFamily::of);
    }

    private synchronized Optional<Process> current() {
        return process;
    }
}
