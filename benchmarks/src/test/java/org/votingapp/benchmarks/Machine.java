package org.votingapp.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The machine and what it did.
 *
 * @param description processors, memory, system, Java
 */
record Machine(String description) {

    static Machine here() {
        return new Machine("%d cores, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.vm.version")));
    }

    /** Processes that ran or waited for a processor in the last minute, on average; negative where nobody can tell. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static String describe(double load) {
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }
}
