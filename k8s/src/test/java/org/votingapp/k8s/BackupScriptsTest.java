package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The scripts of components/backup, on a real Postgres with the schema of the worker and the privileges of the cluster. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the database, which its tests share")
class BackupScriptsTest {

    private static final Pattern VERSIONED = Pattern.compile("V(\\d+)__.*\\.sql");
    private static final String PASSWORD = "se:cr\\et";
    private static final DateTimeFormatter NAMES =
            DateTimeFormatter.ofPattern("'voting-'yyyyMMdd'T'HHmmss'Z.dump'").withZone(ZoneOffset.UTC);
    private static final String EMPTY =
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"
                    + " GRANT USAGE ON SCHEMA public TO PUBLIC";

    @TempDir
    private static Path server;

    private static RealPostgres postgres;

    @TempDir
    private Path root;

    private Path backups;

    @BeforeAll
    static void start() throws Exception {
        postgres = RealPostgres.start(server);
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.stop();
        }
    }

    @BeforeEach
    void aDatabaseWithThreeBallots() throws Exception {
        backups = Files.createDirectories(root.resolve("backups"));
        for (String role : List.of("backup", "worker")) {
            Path login = Files.createDirectories(root.resolve(role));
            Files.writeString(login.resolve("username"), "voting_" + role);
            // As a file leaves it in a Secret.
            Files.writeString(login.resolve("password"), PASSWORD + "\n");
        }
        postgres.sql("postgres", "DROP DATABASE IF EXISTS voting WITH (FORCE)");
        postgres.sql("postgres", "CREATE DATABASE voting");
        postgres.file("voting", "postgres", Renderings.FOLDER.resolve("base/postgres/roles.sql"));
        for (String role : List.of("backup", "worker", "result")) {
            postgres.sql("postgres", "ALTER ROLE voting_%s LOGIN PASSWORD '%s'".formatted(role, PASSWORD));
        }
        migrate();
        cast(3);
    }

    @Test
    void aDumpThatWasTriedIsRestoredWhereTheDiskWasLost() throws Exception {
        assertThat(backUp("").text()).contains("backed up to voting-", " 3 ballots");
        postgres.sql("voting", EMPTY);

        Outcome outcome = restore("");

        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
        assertThat(outcome.text()).contains("restored from voting-", "3 ballots");
        assertThat(books()).isEqualTo("3 3");
        assertThat(postgres.sql("voting", "SET ROLE voting_result; SELECT count(*) FROM tally"))
                .isEqualTo("2");
    }

    @Test
    void nothingIsCalledRestoredWhereTheDumpHoldsNoBallots() throws Exception {
        postgres.sql("voting", "DELETE FROM ballot; UPDATE tally SET votes = 0");
        assertThat(backUp("").succeeded()).isTrue();

        Outcome outcome = restore("");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.text()).contains("not restored", "holds no ballots");
    }

    @Test
    void aDatabaseWithFewerBallotsReplacesNoDump() throws Exception {
        backUp("");
        List<String> before = dumps();
        postgres.sql("voting", EMPTY);
        migrate();

        for (int hour = 0; hour < 4; hour++) {
            Outcome outcome = backUp("");
            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.text()).contains("cats-vs-dogs: 0, before 3", "put aside as aside-");
        }

        assertThat(dumps()).isEqualTo(before);
        assertThat(names("aside-")).hasSizeBetween(1, 4);
        Outcome accepted = backUp("FEWER=accept");
        assertThat(accepted.succeeded()).as(accepted.text()).isTrue();
    }

    @Test
    void aDatabaseWithoutTablesIsNoBackup() throws Exception {
        postgres.sql("voting", EMPTY);
        assertThat(backUp("").succeeded()).isFalse();
        assertThat(dumps()).isEmpty();
    }

    @Test
    void aTallyThatIsNotTheNumberOfBallotsIsToldAndReplacesNoDump() throws Exception {
        backUp("");
        List<String> before = dumps();
        postgres.sql("voting", "UPDATE tally SET votes = votes + 1 WHERE choice = 'a'");

        Outcome outcome = backUp("");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.text()).contains("cats-vs-dogs/a: 3 ballots, tally 4");
        assertThat(dumps()).isEqualTo(before);
    }

    @Test
    void aDamagedDumpIsNotRestored() throws Exception {
        backUp("");
        Path dump = backups.resolve(dumps().get(0));
        byte[] content = Files.readAllBytes(dump);
        content[content.length / 2] ^= 1;
        Files.write(dump, content);

        Outcome outcome = restore("");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.text()).contains("is damaged");
        assertThat(books()).isEqualTo("3 3");
    }

    @Test
    void whatDoesNotHaveTheBooksOfItsDumpIsRolledBack() throws Exception {
        backUp("");
        Path file = backups.resolve(dumps().get(0) + ".books");
        Files.writeString(file, Files.readString(file).replace("\t3\t3", "\t4\t4"));
        cast(5);

        Outcome outcome = restore("REPLACE=yes");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.text()).contains("does not have the books", "the database is as it was");
        assertThat(books()).isEqualTo("5 5");
    }

    @Test
    void ballotsThatTheDumpLacksAreNotReplacedUnlessThatIsSaid() throws Exception {
        backUp("");
        cast(5);

        Outcome refused = restore("");

        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.text()).contains("holds 2 ballots that the dump does not");
        assertThat(books()).isEqualTo("5 5");
        Outcome replaced = restore("REPLACE=yes");
        assertThat(replaced.succeeded()).as(replaced.text()).isTrue();
        assertThat(books()).isEqualTo("3 3");
    }

    @Test
    void anOlderDumpThatWasRestoredIsWhatTheNextBackupIsHeldAgainst() throws Exception {
        backUp("");
        String older = "voting-20200101T001700Z.dump";
        copy(dumps().get(0), older);
        cast(5);
        assertThat(backUp("").succeeded()).isTrue();

        Outcome restored = restore("REPLACE=yes DUMP=" + older);

        assertThat(restored.succeeded()).as(restored.text()).isTrue();
        assertThat(books()).isEqualTo("3 3");
        Outcome next = backUp("");
        assertThat(next.succeeded()).as(next.text()).isTrue();
    }

    @Test
    void nothingIsRestoredWhileAWorkerIsConnected() throws Exception {
        backUp("");
        String connection = "host=127.0.0.1 port=" + postgres.port()
                + " user=postgres dbname=voting application_name=voting-worker";
        Process worker = new ProcessBuilder(Stream.concat(
                                Stream.of((postgres.environment() + "psql").split(" ")),
                                Stream.of(connection, "-c", "SELECT pg_sleep(60)"))
                        .toList())
                .start();
        try {
            Awaitility.await()
                    .until(() -> postgres.sql(
                                    "voting",
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'voting-worker'")
                            .equals("1"));
            Outcome outcome = restore("");
            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.text()).contains("a worker is connected");
        } finally {
            worker.destroy();
        }
    }

    @Test
    void aRestorePausesTheHourlyJob() throws Exception {
        backUp("");
        Process restoring = new ProcessBuilder("flock", backups.resolve(".lock").toString(), "cat").start();
        try {
            Awaitility.await()
                    .until(() -> !Program.outcome(
                                    root,
                                    "flock -n {lock} true",
                                    Map.of("lock", backups.resolve(".lock").toString()))
                            .succeeded());
            assertThat(backUp("PATIENCE=0").text()).contains("not backed up: a restore or another backup");
            assertThat(restore("PATIENCE=0").text()).contains("not restored: a backup or another restore is running");
        } finally {
            restoring.destroy();
        }
    }

    @Test
    void largeObjectsOfARoleThatMayOnlyReadStopNoBackup() throws Exception {
        // As on a managed Postgres, where nobody can take this from it.
        postgres.sql("voting", "GRANT EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) TO voting_result");
        postgres.sql("voting", "SET ROLE voting_result; SELECT lo_from_bytea(0, 'x')");

        Outcome outcome = backUp("");

        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
    }

    @Test
    void twelveDumpsAreKeptAndTheLastOfSevenDaysAndFourWeeks() throws Exception {
        backUp("");
        String first = dumps().get(0);
        for (int day = 1; day <= 28; day++) {
            for (int hour : new int[] {3, 9}) {
                copy(first, "voting-202002%02dT%02d1700Z.dump".formatted(day, hour));
            }
        }

        Outcome outcome = backUp("");

        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
        // The two of today, the ten newest of February, the last of today and six days, the last of today's and three
        // weeks.
        assertThat(dumps())
                .hasSizeLessThanOrEqualTo(23)
                .contains(
                        "voting-20200228T091700Z.dump",
                        "voting-20200228T031700Z.dump",
                        "voting-20200223T091700Z.dump",
                        "voting-20200216T091700Z.dump")
                .doesNotContain("voting-20200216T031700Z.dump", "voting-20200201T031700Z.dump");
    }

    @Test
    void aFullVolumeMakesRoomAndKeepsTheNewestThree() throws Exception {
        Outcome outcome = backUpToAFullVolume(
                "voting-20200101T001700Z.dump",
                "voting-20200102T001700Z.dump",
                "voting-20200103T001700Z.dump",
                "voting-20200104T001700Z.dump",
                "voting-20200105T001700Z.dump",
                "voting-20200106T001700Z.dump");

        assertThat(outcome.text()).contains("No space left on device", "removed voting-2020", "backed up to voting-");
        assertThat(outcome.text().lines())
                .contains(
                        "voting-20200106T001700Z.dump", "voting-20200105T001700Z.dump", "voting-20200104T001700Z.dump")
                .noneMatch(line -> line.endsWith(".part"));
    }

    @Test
    void aFullVolumeThatHoldsOnlyThreeDumpsKeepsThemAndTheBackupFails() throws Exception {
        String[] newest = {
            "voting-20200101T011700Z.dump", "voting-20200101T021700Z.dump", "voting-20200101T031700Z.dump"
        };

        Outcome outcome = backUpToAFullVolume(newest);

        assertThat(outcome.text()).contains("not backed up: the volume is full", "failed");
        assertThat(outcome.text().lines().filter(line -> line.matches("voting-.*Z\\.dump(\\.part)?")))
                .containsExactly(newest);
    }

    /** Backs up to a small volume that dumps of these names and another file have filled, then lists the volume. */
    private Outcome backUpToAFullVolume(String... names) throws Exception {
        backUp("");
        Path script =
                Files.writeString(root.resolve("full.sh"), """
                set -e
                cp backups/voting-* .
                mount -t tmpfs -o size=512k tmpfs backups
                for name in %2$s; do
                  cp %1$s backups/$name
                  cp %1$s.books backups/$name.books
                done
                dd if=/dev/zero of=backups/filling bs=1k 2>filled || grep -q 'No space left' filled
                sh $1 || echo "failed"
                ls backups
                """.formatted(dumps().get(0), String.join(" ", names)));
        return run(
                "unshare --user --map-root-user --mount "
                        + postgres.environment().replace("unshare -U ", ""),
                "backup",
                "sh " + script + " {script}",
                "backup.sh");
    }

    private void copy(String dump, String to) throws IOException {
        Files.copy(backups.resolve(dump), backups.resolve(to));
        Files.copy(backups.resolve(dump + ".books"), backups.resolve(to + ".books"));
    }

    private void migrate() throws IOException, InterruptedException {
        Path migrations = Renderings.FOLDER.resolve("../worker-ejb/src/main/resources/db/migration");
        List<Path> scripts;
        try (Stream<Path> files = Files.list(migrations)) {
            scripts = files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted(Comparator.comparing(BackupScriptsTest::version))
                    .toList();
        }
        for (Path script : scripts) {
            String sql = Files.readString(script)
                    .replace("${reader}", "voting_result")
                    .replace("${flyway:defaultSchema}", "public");
            postgres.file("voting", "voting_worker", Files.writeString(root.resolve("migration.sql"), sql));
        }
        postgres.sql(
                "voting",
                "INSERT INTO poll (id, question, revote) VALUES ('cats-vs-dogs', 'Cats vs Dogs!', 'final');"
                        + " INSERT INTO poll_option VALUES ('cats-vs-dogs', 'a', 'Cats', 0), ('cats-vs-dogs', 'b', 'Dogs', 1);"
                        + " INSERT INTO tally (poll_id, choice) VALUES ('cats-vs-dogs', 'a'), ('cats-vs-dogs', 'b')");
    }

    /** As Flyway orders them: V10 after V9, and what is done after each migration last. */
    private static int version(Path script) {
        Matcher versioned = VERSIONED.matcher(script.getFileName().toString());
        return versioned.matches() ? Integer.parseInt(versioned.group(1)) : Integer.MAX_VALUE;
    }

    /** Up to so many voters, all for the first option. */
    private void cast(int voters) throws IOException, InterruptedException {
        postgres.sql(
                "voting",
                "INSERT INTO ballot (poll_id, voter_id, choice, entry_id, cast_at) SELECT 'cats-vs-dogs',"
                        + " lpad(to_hex(n), 32, '0')::uuid, 'a', n || '-0', now() FROM generate_series(1, " + voters
                        + ") AS n ON CONFLICT DO NOTHING; UPDATE tally SET votes = " + voters + " WHERE choice = 'a'");
    }

    private String books() throws IOException, InterruptedException {
        return postgres.sql("voting", "SELECT count(*) || ' ' || (SELECT sum(votes) FROM tally) FROM ballot");
    }

    private List<String> dumps() throws IOException {
        return names("voting-").stream().filter(name -> name.endsWith(".dump")).toList();
    }

    private List<String> names(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(backups)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** In another second than the dumps before, since their names tell the second. */
    private Outcome backUp(String variables) throws IOException, InterruptedException {
        Awaitility.await().until(() -> !Files.exists(backups.resolve(NAMES.format(Instant.now()))));
        return run("backup.sh", "backup", variables);
    }

    private Outcome restore(String variables) throws IOException, InterruptedException {
        return run("restore.sh", "worker", variables);
    }

    private Outcome run(String script, String role, String variables) throws IOException, InterruptedException {
        return run(postgres.environment(), role, variables + " sh {script}", script);
    }

    private Outcome run(String environment, String role, String command, String script)
            throws IOException, InterruptedException {
        return Program.outcome(
                root,
                environment + "{scratch} PGHOST=127.0.0.1 PGPORT=" + postgres.port() + " PGDATABASE=voting BACKUPS="
                        + backups + " LOGIN=" + root.resolve(role) + " " + command,
                Map.of(
                        "scratch",
                        "SCRATCH=host=127.0.0.1 port=" + postgres.port() + " user=postgres",
                        "script",
                        Renderings.FOLDER
                                .resolve("components/backup")
                                .resolve(script)
                                .toAbsolutePath()
                                .toString()));
    }
}
