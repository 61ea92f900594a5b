package org.votingapp.stack.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.votingapp.stack.data.ProcessRecord;
import org.votingapp.stack.terminal.Progress;

/** The processes that a killed stack left running, from the record of its data folder. */
public final class Orphans {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final ProcessRecord record;
    private final Map<String, String> stores;

    /**
     * @param stores the stores by name, each with the signal that shuts it down gracefully
     */
    public Orphans(ProcessRecord record, Map<String, String> stores) {
        this.record = record;
        this.stores = Map.copyOf(stores);
    }

    /** Ends all, servers before stores, and reports each; kills what still runs after 40 s. */
    public void end(Progress progress) {
        List<String> parts = record.parts();
        end(parts.stream().filter(Predicate.not(stores::containsKey)), progress);
        end(parts.stream().filter(stores::containsKey), progress);
        parts.forEach(record::remove);
    }

    private void end(Stream<String> parts, Progress progress) {
        List<ProcessFamily> ending = parts.flatMap(
                        part -> record.find(part).map(process -> signalEnd(part, process, progress)).stream())
                .toList();
        for (ProcessFamily family : ending) {
            if (!family.awaitEnd(STOP_LIMIT)) {
                family.kill();
            }
        }
    }

    private ProcessFamily signalEnd(String part, ProcessHandle process, Progress progress) {
        progress.report(part, "still runs from a stack that was killed (process %d); ends it".formatted(process.pid()));
        ProcessFamily family = ProcessFamily.of(process);
        family.signalEnd(stores.getOrDefault(part, "TERM"));
        return family;
    }
}
