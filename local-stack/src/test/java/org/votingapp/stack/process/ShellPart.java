package org.votingapp.stack.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.votingapp.stack.data.DataFolder;

/** A part that runs a command of the shell, and is ready as soon as it runs, or never. */
final class ShellPart extends ProcessPart {

    private final String command;
    private final Optional<String> waitsFor;

    private ShellPart(String name, DataFolder data, String command, Optional<String> waitsFor) {
        super(name, data);
        this.command = command;
        this.waitsFor = waitsFor;
    }

    static ShellPart ready(DataFolder data, String command) {
        return new ShellPart("part", data, command, Optional.empty());
    }

    static ShellPart neverReady(DataFolder data, String command) {
        return new ShellPart("part", data, command, Optional.of("something that never comes"));
    }

    @Override
    public String address() {
        return "nowhere";
    }

    @Override
    protected void prepare() {}

    @Override
    public List<String> command() {
        return List.of("sh", "-c", command);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"));
    }

    @Override
    protected String stopSignal() {
        return "TERM";
    }

    @Override
    protected Duration stopLimit() {
        return Duration.ofSeconds(1);
    }

    @Override
    protected Optional<String> probe() {
        return waitsFor;
    }
}
