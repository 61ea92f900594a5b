package org.votingapp.k8s;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.votingapp.testsupport.UnusedPort;

/**
 * A Postgres of this machine with all of its programs, on a folder and a port of its own: the embedded one of the other
 * modules has neither {@code pg_dump} nor {@code psql}.
 *
 * <p>The administrator needs no password on it, everybody else does. Where no Postgres is installed, the test that asks is
 * skipped, and fails on CI.
 */
final class RealPostgres {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String WHAT_TO_INSTALL =
            "To try the scripts of the backup, install PostgreSQL, its server included.";

    private final Path programs;
    private final Path folder;
    private final int port;

    private RealPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    static RealPostgres start(Path folder) throws IOException, InterruptedException {
        RealPostgres postgres = new RealPostgres(programs(), folder.resolve("data"), UnusedPort.find());
        postgres.run(
                "initdb --pgdata={data} --username=postgres --auth=trust --encoding=UTF8 --no-locale --no-sync",
                Map.of());
        Files.writeString(
                postgres.folder.resolve("pg_hba.conf"),
                "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        postgres.run(
                "pg_ctl --pgdata={data} --wait --log={data}/log -o {options} start",
                Map.of(
                        "options",
                        "-p " + postgres.port
                                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"));
        return postgres;
    }

    private static Path programs() {
        try (Stream<Path> versions = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.empty()) {
            return Stream.concat(
                            versions.map(version -> version.resolve("bin")).sorted(Comparator.reverseOrder()),
                            Program.onPath("initdb").map(Path::of).map(Path::getParent).stream())
                    .filter(bin -> Stream.of("initdb", "pg_ctl", "pg_dump", "pg_restore", "psql")
                            .allMatch(name -> Files.isExecutable(bin.resolve(name))))
                    .findFirst()
                    .orElseGet(RealPostgres::none);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path none() {
        if (!Program.isEveryOneNeeded()) {
            System.out.println("The scripts of the backup are not tried. " + WHAT_TO_INSTALL);
            abort(WHAT_TO_INSTALL);
        }
        throw new IllegalStateException(WHAT_TO_INSTALL);
    }

    int port() {
        return port;
    }

    /** With Postgres' programs before all others, as a user that is not root: in a user namespace where this is root. */
    String environment() {
        return ("root".equals(System.getProperty("user.name")) ? "unshare -U " : "") + "env PATH=" + programs + ":"
                + System.getenv("PATH") + " ";
    }

    /** What the administrator gets for it in a database, as psql prints it. */
    String sql(String database, String statement) throws IOException, InterruptedException {
        return run(
                "psql --no-psqlrc -qAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p {port} -U postgres -d {database} -c {statement}",
                Map.of("database", database, "statement", statement));
    }

    String file(String database, String user, Path file) throws IOException, InterruptedException {
        return run(
                "psql --no-psqlrc -qAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p {port} -U postgres -d {database} -c {role} -f {file}",
                Map.of("database", database, "role", "SET SESSION AUTHORIZATION " + user, "file", file.toString()));
    }

    private String run(String line, Map<String, String> values) throws IOException, InterruptedException {
        List<Map.Entry<String, String>> all = new ArrayList<>(values.entrySet());
        all.add(Map.entry("data", folder.toString()));
        all.add(Map.entry("port", Integer.toString(port)));
        return Program.run(
                folder.getParent(),
                environment() + line,
                all.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Ends it at once; its folder is thrown away. */
    void stop() throws IOException, InterruptedException {
        run("pg_ctl --pgdata={data} --mode=immediate stop", Map.of());
    }
}
