package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.stack.files.Damage;
import org.votingapp.stack.files.PackedVersion;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Supervisor;
import org.votingapp.stack.terminal.StackException;
import redis.clients.jedis.Jedis;

/** Redis' append-only file after a power loss: what is mended by itself, and what a person is told of. */
class DamagedAppendOnlyFileIT {

    private static final Duration READY = Duration.ofSeconds(60);

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Path data = TestStacks.newFolder();
    private final Path folder = data.resolve("redis/appendonlydir");
    private final Path incremental = folder.resolve("appendonly.aof.1.incr.aof");
    private LocalStack stack;

    @BeforeEach
    void aRedisThatWasKilled() {
        open();
        stack.redis().start();
        stack.redis().awaitReady(READY);
        try (Jedis redis = stack.redis().connect()) {
            redis.set("first", "acknowledged");
            redis.set("second", "acknowledged");
        }
        stack.redis().kill();
    }

    private void open() {
        StackDescription description =
                LocalStack.of(TestStacks.root()).dataFolder(data).progress((part, line) -> said.add(part + " " + line));
        for (ServerKind kind : ServerKind.values()) {
            description.count(kind, 0);
        }
        stack = TestStacks.open(description);
    }

    @AfterEach
    void end() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 200_000})
    void nulBytesAtItsEndAreDroppedAndSaidSo(int count) throws Exception {
        Files.write(incremental, new byte[count], StandardOpenOption.APPEND);

        assertThat(startAll()).isEmpty();

        assertThat(value("second")).isEqualTo("acknowledged");
        assertThat(said)
                .anyMatch(line -> line.contains("redis its append-only file ended with " + count + " NUL bytes"));
    }

    @Test
    void aCommandThatWasCutBeforeTheNulBytesIsDroppedWithThem() throws Exception {
        Files.write(
                incremental, "*3\r\n$3\r\nSET\r\n$5\r\nth".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        Files.write(incremental, new byte[64], StandardOpenOption.APPEND);

        assertThat(startAll()).isEmpty();

        assertThat(value("second")).isEqualTo("acknowledged");
        assertThat(said)
                .anyMatch(line -> line.contains("64 NUL bytes"))
                .anyMatch(line -> line.contains("ended in the middle of a command"));
    }

    @Test
    void aCommandThatWasCutIsDroppedByRedisAndSaidSo() throws Exception {
        byte[] content = Files.readAllBytes(incremental);
        Files.write(incremental, Arrays.copyOf(content, content.length - 3));

        assertThat(startAll()).isEmpty();

        assertThat(value("first")).isEqualTo("acknowledged");
        assertThat(said).anyMatch(line -> line.contains("redis its append-only file ended in the middle of a command"));
    }

    /** What follows the damage may have been acknowledged. */
    @Test
    void damageBeforeItsEndIsLeftToAPersonWhoHasTheProgramToRepairIt() throws Exception {
        byte[] content = Files.readAllBytes(incremental);
        int second = new String(content, StandardCharsets.ISO_8859_1).lastIndexOf("*3");
        Arrays.fill(content, second, second + 4, (byte) 0);
        Files.write(incremental, content);

        String refusal = startAll().orElseThrow();

        assertThat(refusal)
                .contains("Bad file format", "k8s/README.md", "redis-check-aof")
                .doesNotContain("\n");
        assertThat(incremental).hasBinaryContent(content);
        stack.close();
        Process repair = new ProcessBuilder(
                        program(),
                        "--fix",
                        folder.resolve("appendonly.aof.manifest").toString())
                .redirectErrorStream(true)
                .start();
        repair.getOutputStream().write("y\n".getBytes(StandardCharsets.US_ASCII));
        repair.getOutputStream().close();
        assertThat(new String(repair.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Successfully truncated");
        open();
        assertThat(startAll()).isEmpty();
        assertThat(value("first")).isEqualTo("acknowledged");
    }

    private static String program() {
        return TestStacks.root()
                .resolve("target/local-stack/redis-" + PackedVersion.of("redis") + "/redis-check-aof")
                .toString();
    }

    @Test
    void aFileOfNulBytesAloneIsLeftToAPerson() throws Exception {
        Damage.NUL_BYTES.doTo(incremental);
        byte[] content = Files.readAllBytes(incremental);

        assertThat(startAll().orElseThrow()).contains("Bad file format", "redis-check-aof");

        assertThat(incremental).hasBinaryContent(content);
    }

    /** Redis itself would begin with nothing and write over it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "file appendonly.aof.1.base.rdb seq 1 type b\n", "# a comment\n"})
    void aFileThatTheManifestDoesNotListIsNotWrittenOver(String manifest) throws Exception {
        byte[] content = Files.readAllBytes(incremental);
        Files.writeString(folder.resolve("appendonly.aof.manifest"), manifest);

        assertThat(startAll().orElseThrow()).contains("appendonly.aof.manifest is damaged", "k8s/README.md");

        assertThat(incremental).hasBinaryContent(content);
    }

    @Test
    void aManifestThatIsGoneIsNoReasonToBeginAnew() throws Exception {
        byte[] content = Files.readAllBytes(incremental);
        Files.delete(folder.resolve("appendonly.aof.manifest"));

        assertThat(startAll().orElseThrow()).contains("appendonly.aof.manifest is damaged");

        assertThat(incremental).hasBinaryContent(content);
    }

    @Test
    void aBaseThatIsEmptyIsNotTakenForOneThatHeldNothing() throws Exception {
        Damage.EMPTY.doTo(folder.resolve("appendonly.aof.1.base.rdb"));

        assertThat(startAll().orElseThrow()).contains("appendonly.aof.1.base.rdb is empty");
    }

    /** Why it does not start. */
    private Optional<String> startAll() {
        Supervisor supervisor = stack.supervise();
        try {
            supervisor.allReady().join();
            return Optional.empty();
        } catch (CompletionException failed) {
            assertThat(failed).hasCauseInstanceOf(StackException.class);
            return Optional.of(failed.getCause().getMessage());
        }
    }

    private String value(String key) {
        try (Jedis redis = stack.redis().connect()) {
            return redis.get(key);
        }
    }
}
