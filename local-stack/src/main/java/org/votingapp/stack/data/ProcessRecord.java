package org.votingapp.stack.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.votingapp.stack.files.PrivateProperties;
import org.votingapp.stack.terminal.StackException;

/** The record of the processes that were started from a data folder, by part; it outlives a stack that is killed. */
public final class ProcessRecord {

    private final PrivateProperties file;

    /**
     * Reads the record of a folder; a damaged one counts as empty.
     *
     * @throws StackException where it cannot be read
     */
    public ProcessRecord(Path folder) {
        this.file = PrivateProperties.replaceable(folder.resolve("processes.properties"), ProcessId.TEXT);
    }

    /** Records the process of a part. */
    public void put(String part, ProcessHandle process) {
        file.put(part, ProcessId.of(process).toString());
    }

    /** Forgets the process of a part. */
    public void remove(String part) {
        file.remove(part);
    }

    /** The parts that have a process on record, in order. */
    public List<String> parts() {
        return file.names().stream().sorted().toList();
    }

    /** The recorded process of a part, where it still runs. */
    public Optional<ProcessHandle> find(String part) {
        return file.get(part).flatMap(ProcessId::parse).flatMap(ProcessId::find);
    }
}
