package org.votingapp.testsupport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running JVM, as the operating system and the JDK's tools see it.
 *
 * @param pid its process
 */
public record Jvm(long pid) {

    private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\S+)");

    /** The first of these processes that is a JVM. */
    public static Jvm among(List<Long> pids) {
        return pids.stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/java"))
                        .isPresent())
                .map(Jvm::new)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("none of the processes " + pids + " is a JVM"));
    }

    /** The JVM of this test. */
    public static Jvm here() {
        return new Jvm(ProcessHandle.current().pid());
    }

    /** Its resident memory, in MB (1,000,000 bytes). */
    public double residentMegabytes() throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        return Long.parseLong(output(ps).strip()) * 1024 / 1e6;
    }

    /** The processor time that it has taken since its start. */
    public Duration processorTime() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the system tells no processor time of process " + pid));
    }

    /** The heap in use after a full garbage collection, in bytes. */
    public long liveHeapBytes() throws IOException {
        jcmd("GC.run");
        Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        long kilobytes = 0;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        if (kilobytes == 0) {
            throw new IOException("jcmd shows no heap of process " + pid);
        }
        return kilobytes * 1024;
    }

    /** How many more files it may open; {@link Integer#MAX_VALUE} without a limit or without {@code /proc}. */
    public int filesLeft() throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.isDirectory(process)) {
            return Integer.MAX_VALUE;
        }
        Matcher limit = OPEN_FILES.matcher(Files.readString(process.resolve("limits")));
        if (!limit.find() || limit.group(1).equals("unlimited")) {
            return Integer.MAX_VALUE;
        }
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return Integer.parseInt(limit.group(1)) - (int) open.count();
        }
    }

    private String jcmd(String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return output(new ProcessBuilder(List.of(jcmd.toString(), Long.toString(pid), command)).start());
    }

    private static String output(Process process) throws IOException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(process.info() + " failed: " + text);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        return text;
    }
}
