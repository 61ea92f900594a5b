package org.votingapp.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes that were started from a data folder, on record there, so that the next stack can end those that a
 * killed one left behind.
 */
final class Processes {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final PrivateProperties file;

    Processes(Path file) {
        this.file = new PrivateProperties(file);
    }

    void put(String part, ProcessHandle process) {
        file.put(part, ProcessId.of(process).toString());
    }

    void remove(String part) {
        file.remove(part);
    }

    /** Ends what still runs of an earlier stack, servers before stores, and says so. */
    void endOrphans(Progress progress) {
        Map<Boolean, List<String>> parts =
                file.names().stream().sorted().collect(Collectors.partitioningBy(Processes::isStore));
        endAll(parts.get(false), progress);
        endAll(parts.get(true), progress);
    }

    private void endAll(List<String> parts, Progress progress) {
        List<Ending> endings = parts.stream()
                .flatMap(part -> orphan(part).map(process -> end(part, process, progress)).stream())
                .toList();
        endings.forEach(Processes::await);
        parts.forEach(file::remove);
    }

    /** A process that was told to end, and those that it started. */
    private record Ending(ProcessHandle process, List<ProcessHandle> family) {}

    private static boolean isStore(String part) {
        return part.equals(RedisPart.NAME) || part.equals(PostgresPart.NAME);
    }

    private Optional<ProcessHandle> orphan(String part) {
        return file.get(part).map(ProcessId::parse).flatMap(ProcessId::find);
    }

    private static Ending end(String part, ProcessHandle process, Progress progress) {
        progress.report(part, "still runs from a stack that was killed (process %d); ends it".formatted(process.pid()));
        List<ProcessHandle> family =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        Signals.send("CONT", family);
        // To Postgres, INT is what TERM is to the others: end, and do not wait for clients.
        Signals.send(part.equals(PostgresPart.NAME) ? "INT" : "TERM", List.of(process));
        return new Ending(process, family);
    }

    private static void await(Ending ending) {
        try {
            ending.process().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            Signals.send("KILL", ending.family());
            ending.family().forEach(member -> member.onExit().join());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
