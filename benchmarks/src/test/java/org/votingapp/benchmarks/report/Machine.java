package org.votingapp.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The machine, and its load.
 *
 * @param description processors, memory, system, Java
 */
public record Machine(String description) {

    public static Machine here() {
        return new Machine("%d cores, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.vm.version")));
    }

    /** The load average of the last minute; negative if the system has none. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    public static String describe(double load) {
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }
}
