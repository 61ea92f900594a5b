package org.votingapp.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes that were started from a data folder, on record there, so that the next stack can end those that a
 * killed one left behind.
 */
final class Processes {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration LEFT_ALONE = Duration.ofSeconds(10);

    /** The programs of a stack; a shell may well be in its folder. */
    private static final Predicate<String> OURS =
            Pattern.compile("/(redis-server|postgres|java)( \\(deleted\\))?$").asPredicate();

    private final PrivateProperties file;

    Processes(Path file) {
        this.file = PrivateProperties.replaceable(file, ProcessId.TEXT);
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

    /**
     * Checks that no program of an earlier stack works in the folder, whatever the record tells: two Redis would write one
     * file. Where the system has no {@code /proc}, the record alone tells.
     *
     * @throws StackException where one goes on doing so for ten seconds
     */
    static void checkNobodyWorksIn(Path folder) {
        List<ProcessHandle> left = ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info().command().filter(OURS).isPresent())
                .filter(process -> worksIn(folder, process))
                .toList();
        try {
            // What a killed Postgres started ends by itself.
            CompletableFuture.allOf(left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(LEFT_ALONE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException running) {
            throw new StackException(
                    "Programs of an earlier stack still work in %s, and it has no record of them. End them (kill %s), and start again."
                            .formatted(
                                    folder,
                                    left.stream()
                                            .filter(ProcessHandle::isAlive)
                                            .map(process -> Long.toString(process.pid()))
                                            .collect(Collectors.joining(" "))));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean worksIn(Path folder, ProcessHandle process) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd")
                    .toRealPath()
                    .startsWith(folder);
        } catch (IOException goneOrOfSomebodyElse) {
            return false;
        }
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
        return file.get(part).flatMap(ProcessId::parse).flatMap(ProcessId::find);
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
