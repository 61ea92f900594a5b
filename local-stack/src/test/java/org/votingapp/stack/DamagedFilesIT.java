package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.stack.files.Checksum;
import org.votingapp.stack.files.Damage;
import org.votingapp.stack.files.PackedVersion;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import org.votingapp.stack.process.StrayProcesses;
import org.votingapp.stack.terminal.StackException;
import redis.clients.jedis.Jedis;

/**
 * Each file that the local stack and its stores read at their start, damaged in each way: the stack starts with all that it
 * kept, or says in one line which file it is; and nothing is left running.
 */
@Execution(ExecutionMode.CONCURRENT)
class DamagedFilesIT {

    private static final String CONTROL_FILE = "data/postgres/global/pg_control";

    /** Whatever these hold, it starts. */
    private static final Set<String> MADE_AGAIN = Set.of(
            "data/lock",
            "data/processes.properties",
            "data/ports.properties",
            "data/postgres/postmaster.pid",
            "data/redis/redis.conf",
            "data/redis/users.acl",
            "data/logs/redis.log",
            "data/logs/redis.1.log",
            "target/local-stack/redis/redis-server",
            "target/local-stack/redis/" + Checksum.SEAL);

    /** Whatever these hold in place of what they held, it does not start. */
    private static final Set<String> NEVER_REPLACED = Set.of(
            "data/secrets.properties",
            "data/postgres/PG_VERSION",
            "data/redis/appendonlydir/appendonly.aof.manifest",
            "data/redis/appendonlydir/appendonly.aof.1.base.rdb");

    /** With some damage Postgres starts; of every other it says why, not always in which file. */
    private static final Set<String> READ_BY_POSTGRES = Set.of(
            CONTROL_FILE,
            "data/postgres/postgresql.conf",
            "data/postgres/postgresql.auto.conf",
            "data/postgres/pg_hba.conf");

    /** Folders of stacks that lost their power, one for each thread: a case mostly waits for processes to start and end. */
    private static final BlockingQueue<Path> ROOTS = new LinkedBlockingQueue<>();

    private Path root;
    private Path data;
    private Path damaged;
    private Path original;

    @BeforeEach
    void aStackThatLostItsPower() throws Exception {
        root = Optional.ofNullable(ROOTS.poll()).orElseGet(TestStacks::newFolder);
        data = root.resolve("data");
        if (!Files.exists(data)) {
            makeOne();
        }
    }

    private void makeOne() throws Exception {
        LocalStack stack = TestStacks.open(description());
        stack.start(TestStacks.START_LIMIT);
        try (Jedis redis = stack.redis().connect();
                Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement()) {
            redis.set("kept", "yes");
            statement.execute("CREATE TABLE kept AS SELECT 'yes' AS kept");
        }
        stack.parts().forEach(Part::kill);
        stack.close();
    }

    private StackDescription description() {
        StackDescription description = LocalStack.of(root).dataFolder(data);
        for (ServerKind kind : ServerKind.values()) {
            description.count(kind, 0);
        }
        return description;
    }

    static Stream<Arguments> filesAndDamages() {
        return Stream.of(MADE_AGAIN, NEVER_REPLACED, READ_BY_POSTGRES)
                .flatMap(Set::stream)
                .sorted()
                .flatMap(file -> Stream.of(Damage.values()).map(damage -> Arguments.of(file, damage)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("filesAndDamages")
    void itStartsOrNamesTheFileAndLeavesNothingRunning(String name, Damage damage) throws Exception {
        damaged = root.resolve(name.replace(
                "/redis/", name.startsWith("target") ? "/redis-" + PackedVersion.of("redis") + "/" : "/redis/"));
        original = root.resolve("original");
        keepTheOriginal();
        damage.doTo(damaged);

        Optional<String> refusal = start();

        if (refusal.isEmpty() && name.equals(CONTROL_FILE)) {
            // Postgres went on from it: the old one would turn its transaction ids back, and hide rows.
            damaged = null;
        }
        assertThatCode(() -> StrayProcesses.checkNoneWorksIn(data)).doesNotThrowAnyException();
        if (MADE_AGAIN.contains(name) && damage.isOfContent()) {
            assertThat(refusal).as("why it does not start").isEmpty();
        }
        if (NEVER_REPLACED.contains(name)) {
            assertThat(refusal).as("why it does not start").isPresent();
        }
        refusal.ifPresent(line -> assertThat(line)
                .doesNotContain("\n")
                .containsAnyOf(
                        damaged.getFileName().toString(),
                        READ_BY_POSTGRES.contains(name) ? "postgres died (exit code " : damaged.toString())
                .matches(".*(\\. |; |its log: |move it away|DATA_DIR).*"));
    }

    private void keepTheOriginal() throws IOException {
        if (!Files.exists(damaged)) {
            // Gone with a start in good order.
            Files.writeString(damaged, ProcessHandle.current().pid() + "\n" + data + "\n");
        }
        Files.copy(damaged, original, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    }

    /** As {@link RunLocalStack} does; why it did not start. What was kept is there where it did. */
    private Optional<String> start() throws Exception {
        try (LocalStack stack = description().open()) {
            try {
                stack.supervise()
                        .allReady()
                        .orTimeout(TestStacks.START_LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException failed) {
                assertThat(failed).hasCauseInstanceOf(StackException.class);
                return Optional.of(failed.getCause().getMessage());
            }
            try (Jedis redis = stack.redis().connect()) {
                assertThat(redis.get("kept")).isEqualTo("yes");
            }
            assertThat(keptInPostgres(stack)).isEqualTo("yes");
            return Optional.empty();
        } catch (StackException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    private static String keptInPostgres(LocalStack stack) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT kept FROM kept")) {
            row.next();
            return row.getString(1);
        }
    }

    /** But for a pg_control that Postgres has written since: with the older one it would forget committed transactions. */
    @AfterEach
    void putTheOriginalBack() throws IOException {
        if (damaged != null) {
            PathUtils.delete(damaged);
            Files.copy(original, damaged, StandardCopyOption.COPY_ATTRIBUTES);
        }
        ROOTS.add(root);
    }

    @Test
    void aProgramOfPostgresThatIsDamagedIsUnpackedAnew() throws Exception {
        Path program = root.resolve("target/local-stack/postgres-" + PackedVersion.of("postgres") + "/bin/postgres");
        Damage.CUT.doTo(program);

        assertThat(start()).isEmpty();
    }

    /** Two Redis would write one file. */
    @Test
    void programsOfWhichTheRecordIsLostAreNamedAndNothingIsStartedBesideThem() throws Exception {
        LocalStack killed = description().open();
        killed.start(TestStacks.START_LIMIT);
        long redis = killed.redis().pids().get(0);
        // As where the stack's own process is killed: its lock goes, its parts stay.
        killed.data().close();
        Path record = data.resolve("processes.properties");
        String kept = Files.readString(record);
        Damage.NUL_BYTES.doTo(record);

        assertThat(start())
                .get()
                .asString()
                .contains(data.toString(), "End them", Long.toString(redis))
                .doesNotContain("\n");

        Files.writeString(record, kept);
        assertThat(start()).isEmpty();
    }

    @Test
    void secretsThatAreGoneAreNotMadeAgainWhileVotersKnowThem() throws Exception {
        damaged = data.resolve("secrets.properties");
        original = root.resolve("original");
        keepTheOriginal();
        Files.delete(damaged);

        assertThat(start()).get().asString().contains("secrets.properties", "VOTER_KEY");

        assertThat(damaged).doesNotExist();
        try (LocalStack stack = description()
                .set(ServerKind.VOTE, "VOTER_KEY", "the key that signed the cookies of these voters")
                .open()) {
            stack.start(TestStacks.START_LIMIT);
            assertThat(keptInPostgres(stack)).isEqualTo("yes");
            // Those that are made again are those that Postgres knows from now on.
            keepTheOriginal();
            Files.writeString(original, Files.readString(original) + "voter-key=" + "k".repeat(43) + "\n");
        }
    }

    @Test
    void secretsOfAnotherFolderAreNotTakenForThese() throws Exception {
        damaged = data.resolve("secrets.properties");
        original = root.resolve("original");
        keepTheOriginal();
        Files.writeString(
                damaged, Files.readString(damaged).replaceAll("(?m)^(postgres.postgres=).*$", "$1" + "o".repeat(43)));

        assertThat(start())
                .get()
                .asString()
                .contains("secrets.properties", "another password")
                .doesNotContain("\n");
    }
}
