package org.votingapp.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What all parts have in common: a process in a session of its own, its log, its signals. */
abstract class ProcessPart implements Part {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int SIGNAL_EXIT = 128;

    private final String name;
    private final DataFolder data;
    private Optional<Process> process = Optional.empty();

    ProcessPart(String name, DataFolder data) {
        this.name = name;
        this.data = data;
    }

    /** Makes ready what the process needs; called before each start. */
    abstract void prepare() throws IOException;

    abstract List<String> command();

    /** The whole environment of the process. */
    abstract Map<String, String> environment();

    /** The signal on which it ends in good order. */
    abstract String stopSignal();

    /** How long that may take before it is killed. */
    abstract Duration stopLimit();

    /** As {@link Part#waitsFor}, asked of a process that is alive. */
    abstract Optional<String> probe();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Path log() {
        return data.log(name);
    }

    /** What makes it useless to wait until it is ready. */
    Optional<String> trouble() {
        return Optional.empty();
    }

    /** What it wrote last before it ended by itself, where that tells why. */
    Optional<String> lastWords() {
        return Optional.empty();
    }

    /** Called when it has ended in good order. */
    void ended() {}

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
            throw new StackException(name + " cannot be started: " + DataFolder.reason(failed), failed);
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

    /** Sends a signal on which the process ends itself and its children; kills what is left after the limit. */
    final void end(String signal) {
        List<ProcessHandle> family = family();
        if (family.isEmpty()) {
            return;
        }
        // A frozen process would take the signal only once it goes on.
        Signals.send("CONT", family);
        Signals.send(signal, family.subList(0, 1));
        boolean inGoodOrder = gone(family, stopLimit());
        if (!inGoodOrder) {
            kill(family);
        }
        data.processes().remove(name);
        if (inGoodOrder) {
            ended();
        }
    }

    @Override
    public final void kill() {
        kill(family());
        data.processes().remove(name);
    }

    private static void kill(List<ProcessHandle> family) {
        Signals.send("KILL", family);
        gone(family, KILL_LIMIT);
    }

    private static boolean gone(List<ProcessHandle> processes, Duration limit) {
        CompletableFuture<?>[] exits =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException tooLong) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public final void freeze() {
        Signals.send("STOP", family());
    }

    @Override
    public final void thaw() {
        Signals.send("CONT", family());
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
        return family().stream().map(ProcessHandle::pid).toList();
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>();
        current().filter(Process::isAlive).ifPresent(alive -> {
            family.add(alive.toHandle());
            alive.descendants().forEach(family::add);
        });
        return family;
    }

    private synchronized Optional<Process> current() {
        return process;
    }
}
