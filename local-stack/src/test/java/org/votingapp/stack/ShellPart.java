package org.votingapp.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    void prepare() {}

    @Override
    List<String> command() {
        return List.of("sh", "-c", command);
    }

    @Override
    Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"));
    }

    @Override
    String stopSignal() {
        return "TERM";
    }

    @Override
    Duration stopLimit() {
        return Duration.ofSeconds(1);
    }

    @Override
    Optional<String> probe() {
        return waitsFor;
    }
}
