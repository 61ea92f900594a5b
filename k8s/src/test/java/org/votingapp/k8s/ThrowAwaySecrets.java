package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The Secrets that the production overlay's README lists, with logins and keys of a day. */
final class ThrowAwaySecrets {

    private static final Map<String, String> LOGINS = Map.of(
            "redis-admin", "default",
            "redis-vote", "vote",
            "redis-worker", "worker",
            "postgres-admin", "postgres",
            "postgres-worker", "voting_worker",
            "postgres-result", "voting_result",
            "postgres-organiser", "voting_organiser",
            "postgres-backup", "voting_backup");

    private ThrowAwaySecrets() {}

    static List<Secret> all() {
        return Stream.concat(
                        LOGINS.entrySet().stream()
                                .map(login ->
                                        of(login.getKey(), Map.of("username", login.getValue(), "password", random()))),
                        Stream.concat(
                                Stream.of("voter-key", "result-pass-key")
                                        .map(name -> of(name, Map.of("key", random()))),
                                Stream.of(of("organisers", Map.of("organisers", nobody())))))
                .toList();
    }

    /** A Secret in our namespace. */
    static Secret of(String name, Map<String, String> content) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(TestCluster.NAMESPACE)
                .addToLabels("app.kubernetes.io/part-of", "voting")
                .endMetadata()
                .withStringData(content)
                .build();
    }

    /** An organiser whose password nobody knows. */
    private static String nobody() {
        Base64.Encoder encoder = Base64.getEncoder();
        return "nobody:organiser:PBKDF2WithHmacSHA512:210000:%s:%s"
                .formatted(encoder.encodeToString(new byte[16]), encoder.encodeToString(new byte[64]));
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }
}
