package org.votingapp.stack.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.votingapp.stack.data.Secrets;
import org.votingapp.stack.liberty.ServerKind;

/**
 * Redis' users and their rights: production's rules (Redis, "ACL rules"), with this stack's passwords.
 *
 * <p>Vote may cast and look up, the worker may drain. Without a password a client may only ask whether Redis answers. The
 * file holds SHA-256 of the passwords.
 */
public final class RedisUsers {

    private static final String RULES = "users.acl";

    private final Secrets secrets;

    /** Takes the passwords from these secrets. */
    public RedisUsers(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The password of the default user, who may do everything. */
    String administratorsPassword() {
        return secrets.get("redis");
    }

    /** The password of the user that is named after a kind of server. */
    String password(ServerKind kind) {
        return secrets.get("redis." + kind.server());
    }

    /** The content of {@code aclfile}. */
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
