package org.votingapp.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Who may do what in Redis: the rules that production has, from the same file, with passwords of this stack (Redis, "ACL
 * rules").
 *
 * <p>Vote may cast and look up, the worker may drain, and nobody gets in without a password but to ask whether Redis
 * answers. The file holds the SHA-256 of the passwords and not these.
 */
final class RedisUsers {

    private static final String RULES = "users.acl";

    private final Secrets secrets;

    RedisUsers(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The password of whoever may do everything, who has no name (the default user). */
    String administratorsPassword() {
        return secrets.get("redis");
    }

    /** The password of the user that is named after a server. */
    String password(ServerKind kind) {
        return secrets.get("redis." + kind.server());
    }

    /** What {@code aclfile} is to hold. */
    String rules() {
        return template()
                .replace("{{redis-admin}}", sha256(administratorsPassword()))
                .replace("{{redis-vote}}", sha256(password(ServerKind.VOTE)))
                .replace("{{redis-worker}}", sha256(password(ServerKind.WORKER)));
    }

    private static String template() {
        try (InputStream rules = RedisUsers.class.getResourceAsStream(RULES)) {
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha256(String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-256 (MessageDigest).
            throw new IllegalStateException(impossible);
        }
    }
}
