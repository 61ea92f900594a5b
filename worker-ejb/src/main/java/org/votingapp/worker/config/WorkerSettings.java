package org.votingapp.worker.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * How this worker drains, from {@code WORKER_NAME}, {@code WORKER_LOOPS}, {@code WORKER_BATCH_SIZE},
 * {@code WORKER_PACE}, {@code WORKER_CLAIM_IDLE}, {@code WORKER_UNKNOWN_WAIT} and {@code DB_READER}.
 *
 * @param name begins the names of this worker's consumers; no other living worker should bear it
 * @param loops how many drain loops run, 1 to 16
 * @param batchSize the most ballots in one transaction, 1 to 10,000
 * @param pace how long after a read that did not fill a batch a loop reads again, up to 1 s
 * @param claimIdle how long an entry waits for its consumer before another one takes it; longer than a batch takes
 * @param unknownWait how long an entry may wait for its poll or its option to be registered; longer than servers take to
 *     be rolled
 * @param reader the Postgres role that may read polls and tallies and nothing else
 */
public record WorkerSettings(
        String name, int loops, int batchSize, Duration pace, Duration claimIdle, Duration unknownWait, String reader) {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,253}");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    /**
     * The worker's settings.
     *
     * @throws InvalidSettingException naming the first setting that is wrong
     */
    public static WorkerSettings read(Settings settings) {
        return new WorkerSettings(
                name(settings),
                settings.integer("worker.loops", 1, 16),
                settings.integer("worker.batch-size", 1, 10_000),
                settings.duration("worker.pace", Duration.ZERO, Duration.ofSeconds(1)),
                settings.duration("worker.claim-idle", Duration.ofSeconds(1), Duration.ofHours(1)),
                settings.duration("worker.unknown-wait", Duration.ZERO, Duration.ofDays(1)),
                reader(settings));
    }

    private static String name(Settings settings) {
        String expected = "1 to 253 printable ASCII characters without a space, such as worker-1";
        String name = settings.optional("worker.name").orElseGet(() -> hostName(expected));
        if (!NAME.matcher(name).matches()) {
            throw Settings.invalid("worker.name", name, expected);
        }
        return name;
    }

    private static String hostName(String expected) {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            throw Settings.invalid("worker.name", "", expected + "; this host has no name to take instead");
        }
    }

    private static String reader(Settings settings) {
        String expected = "the name of a Postgres role: 1 to 63 letters, digits, underscores and hyphens";
        String reader = settings.required("db.reader", expected);
        if (!ROLE.matcher(reader).matches()) {
            throw Settings.invalid("db.reader", reader, expected);
        }
        return reader;
    }
}
