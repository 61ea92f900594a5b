package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the init container of Redis makes of the logins' Secrets: base/redis/render-users.sh, run where its folders are others. */
class RedisUsersTest {

    private static final Path REDIS = Renderings.FOLDER.resolve("base/redis");

    @TempDir
    private Path root;

    private Path secrets;

    @BeforeEach
    void folders() throws IOException {
        Path configuration = Files.createDirectories(root.resolve("etc/redis"));
        Files.copy(REDIS.resolve("users.acl"), configuration.resolve("users.acl"));
        Files.createDirectories(root.resolve("run/redis"));
        secrets = Files.createDirectories(root.resolve("run/secrets"));
        Files.writeString(secrets.resolve("redis-admin"), "the administrator's");
        Files.writeString(secrets.resolve("redis-vote"), "with 100 % of \\ special & signs");
        Files.writeString(secrets.resolve("redis-worker"), "the worker's");
    }

    @Test
    void eachLoginHasThePasswordOfItsSecret() throws Exception {
        assertThat(rendered())
                .doesNotContain("{{")
                .contains("user default on #" + sha256("the administrator's") + " ")
                .contains("user vote on #" + sha256("with 100 % of \\ special & signs") + " ")
                .contains("user worker on #" + sha256("the worker's") + " ");
    }

    @Test
    void aNewlineAtTheEndOfASecretIsNoPartOfThePassword() throws Exception {
        Files.writeString(secrets.resolve("redis-worker"), "the worker's\n");
        assertThat(rendered()).contains("user worker on #" + sha256("the worker's") + " ");
    }

    /** Else Redis, started again meanwhile, would know one end of the login and not the other. */
    @Test
    void aLoginWhosePasswordIsBeingReplacedHasBoth() throws Exception {
        Files.writeString(secrets.resolve("redis-vote"), "new");
        Files.writeString(secrets.resolve("redis-vote-other"), "old\n");
        assertThat(rendered())
                .contains("user vote on #" + sha256("new") + " #" + sha256("old") + " ")
                .contains("user worker on #" + sha256("the worker's") + " -@all");
    }

    @Test
    void withoutASecretThereAreNoUsers() throws Exception {
        Files.delete(secrets.resolve("redis-vote"));
        assertThat(render().succeeded()).isFalse();
        assertThat(root.resolve("run/redis/users.acl")).doesNotExist();
    }

    private String rendered() throws IOException, InterruptedException {
        Outcome outcome = render();
        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
        return Files.readString(root.resolve("run/redis/users.acl"));
    }

    private Outcome render() throws IOException, InterruptedException {
        String script = Files.readString(REDIS.resolve("render-users.sh"))
                .replace("/etc/", root + "/etc/")
                .replace("/run/", root + "/run/");
        Path here = Files.writeString(root.resolve("render-users.sh"), script);
        return Program.outcome(root, "sh {script}", Map.of("script", here.toString()));
    }

    private static String sha256(String password) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
