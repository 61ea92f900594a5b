package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * Secrets are rotated under load, in the order of k8s/overlays/production/README.md, and no vote fails. As in pods, servers
 * read them from files at their start.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsAreReplacedIT {

    /** One for all methods, since all use one stack. */
    @TempDir
    private static Path secrets;

    private final KeptStack kept = new KeptStack(() -> new FaultStack(RevoteRule.FINAL, 2, 1, stack -> {
        for (ServerKind kind : ServerKind.values()) {
            stack.set(kind, "VARIABLE_SOURCE_DIRS", folder(kind).toString());
        }
        return stack;
    }));
    private final FaultRounds rounds = new FaultRounds(FaultScale.read(), kept);

    @AfterAll
    void close() {
        kept.close();
    }

    @Test
    void theVoteServersRedisLoginIsReplaced() {
        rounds.play("the vote servers' login at Redis is replaced", scene -> replaceLogin(ServerKind.VOTE, scene));
    }

    @Test
    void theWorkersRedisLoginIsReplaced() {
        rounds.play("the workers' login at Redis is replaced", scene -> replaceLogin(ServerKind.WORKER, scene));
    }

    /** The new key comes second at first, so that every server accepts it before any signs with it. */
    @Test
    void theVoterKeyIsReplaced() {
        rounds.play("the voters' key is replaced", scene -> {
            long before = scene.withoutAnswer();
            String old = "a key that is made for tests of faults alone";
            String next = UUID.randomUUID().toString();
            for (String keys : List.of(old + "," + next, next + "," + old)) {
                write(ServerKind.VOTE, "voter.key", keys);
                roll(ServerKind.VOTE, scene);
            }
            noVoteFailed(before, scene);
        });
    }

    /** A role has one password. A server that loses its connections meanwhile gets none until its restart. */
    @Test
    void thePostgresPasswordsAreReplaced() {
        rounds.play("the passwords of the roles in Postgres are replaced", scene -> {
            long before = scene.withoutAnswer();
            Properties original = made(scene);
            for (String next : List.of(UUID.randomUUID().toString(), "")) {
                replaceRole("voting_worker", ServerKind.WORKER, next, original, scene);
                replaceRole("voting_result", ServerKind.RESULT, next, original, scene);
            }
            noVoteFailed(before, scene);
        });
    }

    private void replaceLogin(ServerKind kind, Scene scene) {
        long before = scene.withoutAnswer();
        String user = kind.server();
        String next = UUID.randomUUID().toString();
        try (Jedis administrator = scene.parts().redis().connect()) {
            List<String> known = hashes(administrator, user);
            administrator.aclSetUser(user, "#" + sha256(next));
            administrator.aclSave();
            write(kind, "redis.password", next);
            scene.votesGoOn(50);
            roll(kind, scene);
            known.forEach(hash -> administrator.aclSetUser(user, "!" + hash));
            administrator.aclSave();
            noVoteFailed(before, scene);
            // Redis keeps connections that have logged in. New ones show which password the servers have. A vote that
            // is on
            // its way on a killed one is not confirmed.
            administrator.sendCommand(Protocol.Command.CLIENT, "KILL", "USER", user);
            scene.votesGoOn(50);
            assertThat(hashes(administrator, user)).containsExactly(sha256(next));
        }
    }

    private static List<String> hashes(Jedis administrator, String user) {
        return administrator.aclGetUser(user).getPasswords();
    }

    /** @param next the new one, or nothing for the one that was made with the stack, which the checker has */
    private void replaceRole(String role, ServerKind kind, String next, Properties original, Scene scene) {
        String password = next.isEmpty() ? original.getProperty("postgres." + role) : next;
        write(kind, "DB_PASSWORD", password);
        try (Connection connection = scene.parts().postgres().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
        } catch (SQLException failed) {
            throw new AssertionError("the password of " + role + " cannot be changed", failed);
        }
        scene.votesGoOn(50);
        roll(kind, scene);
    }

    private static Properties made(Scene scene) {
        Properties made = new Properties();
        try (Reader file = Files.newBufferedReader(scene.parts().data().folder().resolve("secrets.properties"))) {
            made.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return made;
    }

    /** Restarts servers as a Deployment does: a vote server leaves the rotation first. */
    private static void roll(ServerKind kind, Scene scene) {
        scene.load().whileFewVote(() -> {
            for (LibertyPart server : scene.parts().servers(kind)) {
                if (kind == ServerKind.VOTE) {
                    scene.servers().takeOut(server);
                    scene.lasts(Duration.ofSeconds(1));
                }
                server.stop();
                server.start();
                server.awaitReady(Duration.ofMinutes(5));
                if (kind == ServerKind.VOTE) {
                    scene.servers().takeIn(server);
                    scene.votesGoOn(50);
                }
            }
        });
    }

    private static void noVoteFailed(long before, Scene scene) {
        assertThat(scene.withoutAnswer())
                .as("votes that failed, by status: %s", scene.withoutAnswerByStatus())
                .isEqualTo(before);
    }

    private Path folder(ServerKind kind) {
        try {
            return Files.createDirectories(secrets.resolve(kind.server()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(ServerKind kind, String setting, String value) {
        try {
            Files.writeString(folder(kind).resolve(setting), value);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
