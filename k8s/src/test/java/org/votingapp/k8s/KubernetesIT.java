package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The local overlay with backup, on the cluster that kubectl points to: used, killed, rolled, scaled, restored, removed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesIT {

    private static final int RATE = 200;
    private static final String HOST = System.getProperty("kubernetes.host");
    private static final URI VOTE = URI.create("http://" + HOST + ":31000/");
    private static final URI RESULT = URI.create("http://" + HOST + ":31001/");
    private static final Duration SOON = Duration.ofMinutes(3);

    private final TestCluster cluster = new TestCluster();
    private List<HasMetadata> system = List.of();

    @BeforeAll
    void deploy() throws IOException, InterruptedException {
        Images.buildAndLoad();
        system = Renderings.onTheLocalOverlay("backup");
        long start = System.nanoTime();
        cluster.apply(system);
        cluster.awaitReady();
        report("ready %.0f s after the apply", (System.nanoTime() - start) / 1e9);
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    @Test
    @Order(1)
    void aVoteThroughTheServiceMovesTheResult() throws IOException, InterruptedException {
        try (Watcher watcher = Watcher.of(RESULT)) {
            await("a first tally").atMost(SOON).until(() -> watcher.watched() >= 0);
            long before = watcher.watched();
            try (Voters voters = Voters.at(1, VOTE)) {
                await("a vote is acknowledged").atMost(SOON).until(() -> voters.acknowledged() > 0);
            }
            await("the watcher sees it").atMost(SOON).until(() -> watcher.watched() > before);
        }
    }

    @Test
    @Order(2)
    void theApiServerWouldTakeTheProductionOverlay() {
        assertThat(Renderings.overlay("production").resources())
                .allSatisfy(resource -> assertThat(cluster.wouldTake(resource)).isNotNull());
    }

    @Test
    @Order(2)
    void strangersReachThePagesAndNothingElse() {
        Pod stranger = stray("default");
        // That the first holds shows that the others would be seen if they were open.
        assertThat(reaches(stranger, "vote", 9080)).isTrue();
        assertThat(reaches(stranger, "result", 9080)).isTrue();
        assertThat(reaches(stranger, "worker", 9080)).isFalse();
        assertThat(reaches(stranger, "redis", 6379)).isFalse();
        assertThat(reaches(stranger, "postgres", 5432)).isFalse();
        cluster.client().resource(stranger).withGracePeriod(0).delete();
    }

    @Test
    @Order(2)
    void aStrayPodAmongUsReachesNothing() {
        Pod stray = stray(TestCluster.NAMESPACE);
        Map.of("vote", 9080, "result", 9080, "worker", 9080, "redis", 6379, "postgres", 5432)
                .forEach((name, port) ->
                        assertThat(reaches(stray, name, port)).as(name).isFalse());
        assertThat(cluster.exec(stray, "nslookup -timeout=2 postgres").status()).isNotZero();
        cluster.client().resource(stray).withGracePeriod(0).delete();
    }

    @Test
    @Order(2)
    void aServerReachesItsStoresAndNoOther() {
        assertThat(opens("vote", "redis", 6379)).isTrue();
        assertThat(opens("vote", "postgres", 5432)).isFalse();
        assertThat(opens("vote", "result", 9080)).isFalse();
        assertThat(opens("worker", "redis", 6379)).isTrue();
        assertThat(opens("worker", "postgres", 5432)).isTrue();
        assertThat(opens("worker", "vote", 9080)).isFalse();
        assertThat(opens("result", "postgres", 5432)).isTrue();
        assertThat(opens("result", "redis", 6379)).isFalse();
        assertThat(opens("result", "vote", 9080)).isFalse();
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"worker", "result", "vote", "redis", "postgres"})
    void aKilledPodLosesNoAcknowledgedVote(String name) throws IOException, InterruptedException {
        long before = settledTotal();
        try (Voters voters = Voters.at(50, VOTE);
                Watcher watcher = Watcher.of(RESULT)) {
            await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > 50);
            cluster.kill(name);
            long acknowledged = voters.acknowledged();
            await("votes come in again").atMost(SOON).until(() -> voters.acknowledged() > acknowledged + 50);
            voters.leave();
            assertCounted(before, voters);
            await("the watcher sees all").atMost(SOON).until(() -> watcher.watched() >= before + voters.acknowledged());
            report(
                    "%s killed: %d votes acknowledged, %d not, longest time without a result %.1f s",
                    name, voters.acknowledged(), voters.failures().size(), watcher.longestGap());
        }
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"vote", "worker", "result"})
    void aServerIsRolledUnderLoadWithoutAFailedVote(String name) throws IOException, InterruptedException {
        long before = settledTotal();
        try (Voters voters = Voters.at(RATE, VOTE);
                Watcher watcher = Watcher.of(RESULT)) {
            await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > RATE);
            cluster.roll(name);
            voters.leave();
            report(
                    "%s rolled: %d votes acknowledged, %d not, longest time without a result %.1f s, %d connections of the watcher",
                    name, voters.acknowledged(), voters.failures().size(), watcher.longestGap(), watcher.connections());
            assertThat(voters.failures()).isEmpty();
            assertCounted(before, voters);
            await("the watcher sees all").atMost(SOON).until(() -> watcher.watched() >= before + voters.acknowledged());
        }
    }

    @Test
    @Order(5)
    void threeOfEachPageServe() {
        cluster.scale("vote", 3);
        cluster.scale("result", 3);
        cluster.awaitReady();
        Set<String> names = new HashSet<>();
        await("three servers answer").atMost(SOON).until(() -> {
            names.add(serverThatAnswers());
            return names.size() == 3;
        });
        assertThat(names).allSatisfy(name -> assertThat(name).startsWith("vote-"));
    }

    @Test
    @Order(6)
    void aNodeThatDiesTakesNoAcknowledgedVoteWithIt() throws IOException, InterruptedException {
        String stop = System.getProperty("kubernetes.node-stop", "");
        String start = System.getProperty("kubernetes.node-start", "");
        assumeTrue(!stop.isBlank() && !start.isBlank(), "kubernetes.node-stop and kubernetes.node-start are not set");
        long before = settledTotal();
        try (Voters voters = Voters.at(50, VOTE);
                Watcher watcher = Watcher.of(RESULT)) {
            await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > 50);
            Program.run(Renderings.FOLDER, stop, Map.of());
            await("the node is missed").atMost(SOON).until(() -> readyNodes() < nodes());
            Program.run(Renderings.FOLDER, start, Map.of());
            await("the node is back").atMost(Duration.ofMinutes(4)).until(() -> readyNodes() == nodes());
            cluster.awaitReady();
            long acknowledged = voters.acknowledged();
            await("votes come in again").atMost(SOON).until(() -> voters.acknowledged() > acknowledged + 50);
            voters.leave();
            assertCounted(before, voters);
            report(
                    "node stopped: %d votes acknowledged, %d not, longest time without a result %.1f s",
                    voters.acknowledged(), voters.failures().size(), watcher.longestGap());
        }
    }

    @Test
    @Order(7)
    void whatWasBackedUpIsBackInAnEmptiedDatabase() throws IOException, InterruptedException {
        long before = settledTotal();
        assertThat(cluster.runNow("backup", "backup-now")).contains("backed up to");
        cluster.scale("worker", 0);
        cluster.awaitReady();
        cluster.sql("SET ROLE voting_worker; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        assertThat(cluster.runNow("restore", "restore-1")).contains(before + " ballots");
        cluster.scale("worker", 1);
        cluster.awaitReady();
        assertThat(settledTotal()).isEqualTo(before);
    }

    @Test
    @Order(9)
    void theStoresAreSpokenToByTls() throws IOException, InterruptedException, GeneralSecurityException {
        List<HasMetadata> certificates = Certificates.secretsFor("redis", "postgres");
        cluster.apply(certificates);
        cluster.apply(Renderings.onTheLocalOverlay("backup", "tls", "tls-stores"));
        cluster.awaitReady();
        try (Voters voters = Voters.at(5, VOTE)) {
            await("votes are taken").atMost(SOON).until(() -> voters.acknowledged() > 10);
            voters.leave();
        }
        assertThat(cluster.sql("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                        + " WHERE usename IN ('voting_worker', 'voting_result')"))
                .isEqualTo("t");
        // Redis has no port without TLS; what asks for none is not answered.
        assertThat(cluster.exec(cluster.pod("redis"), "redis-cli --user probe --pass any ping")
                        .text())
                .doesNotContain("PONG");
        certificates.forEach(secret -> cluster.client().resource(secret).delete());
    }

    @Test
    @Order(8)
    void underLoadTheAutoscalerAddsVoteServers() throws IOException, InterruptedException {
        cluster.apply(Renderings.onTheLocalOverlay("backup", "autoscaling"));
        try (Voters voters = Voters.at(RATE, VOTE)) {
            await("a pod more than at least").atMost(Duration.ofMinutes(5)).until(() -> wantedBy("vote") > 2);
            report("autoscaler: %d vote servers, %d votes acknowledged", wantedBy("vote"), voters.acknowledged());
        }
        TestCluster.SERVERS.forEach(name -> cluster.client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(TestCluster.NAMESPACE)
                .withName(name)
                .delete());
    }

    @Test
    @Order(10)
    void anUninstallLeavesNothingButVolumes() {
        cluster.delete(system);
        String namespace = TestCluster.NAMESPACE;
        await("everything is gone").atMost(SOON).untilAsserted(() -> {
            assertThat(cluster.client().pods().inNamespace(namespace).list().getItems())
                    .isEmpty();
            assertThat(cluster.client().services().inNamespace(namespace).list().getItems())
                    .isEmpty();
            assertThat(cluster.client().secrets().inNamespace(namespace).list().getItems())
                    .isEmpty();
            assertThat(cluster.client()
                            .network()
                            .networkPolicies()
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();
        });
        assertThat(cluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .extracting(claim -> claim.getMetadata().getName())
                .contains("data-postgres-0", "data-redis-0");
        assertThat(cluster.hasNamespace()).isTrue();
        cluster.client().namespaces().withName(namespace).delete();
    }

    private void assertCounted(long before, Voters voters) throws IOException, InterruptedException {
        long counted = settledTotal() - before;
        assertThat(counted).isBetween(voters.acknowledged(), voters.acknowledged() + voters.unanswered());
    }

    /** The total, once nothing is on its way and all books agree. */
    private long settledTotal() throws IOException, InterruptedException {
        await("the books agree").atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            assertThat(cluster.redis("XLEN {0}:ballots")).isEqualTo("0");
            long recorded = Long.parseLong(cluster.sql("SELECT count(*) FROM ballot"));
            assertThat(cluster.sql("SELECT coalesce(sum(votes), 0) FROM tally")).isEqualTo(String.valueOf(recorded));
            assertThat(counter("accepted")).isEqualTo(recorded + counter("duplicate") + counter("rejected"));
            assertThat(Watcher.total(RESULT)).isEqualTo(recorded);
        });
        return Watcher.total(RESULT);
    }

    private long counter(String name) {
        String value = cluster.redis("HGET {0}:counts " + name);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    private Pod stray(String namespace) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("stray")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65534L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("stray")
                .withImage("docker.io/library/busybox:1.37")
                .withCommand("sleep", "3600")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
        cluster.client().resource(pod).createOr(existing -> existing.update());
        await("a stray pod")
                .atMost(SOON)
                .until(() -> Readiness.getInstance()
                        .isReady(cluster.client().resource(pod).get()));
        return cluster.client().resource(pod).get();
    }

    private boolean reaches(Pod from, String name, int port) {
        return cluster.exec(from, "nc -z -w 2 " + cluster.pod(name).getStatus().getPodIP() + " " + port)
                        .status()
                == 0;
    }

    private boolean opens(String from, String name, int port) {
        String address = cluster.pod(name).getStatus().getPodIP();
        return cluster.exec(cluster.pod(from), "timeout 3 bash -c '</dev/tcp/" + address + "/" + port + "'")
                        .status()
                == 0;
    }

    private static String serverThatAnswers() throws IOException, InterruptedException {
        String page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(VOTE).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher name = Pattern.compile("vote-[a-z0-9]+-[a-z0-9]+").matcher(page);
        return name.find() ? name.group() : "nobody";
    }

    private int wantedBy(String autoscaler) {
        return Objects.requireNonNullElse(
                cluster.client()
                        .autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace(TestCluster.NAMESPACE)
                        .withName(autoscaler)
                        .get()
                        .getStatus()
                        .getDesiredReplicas(),
                0);
    }

    private long nodes() {
        return cluster.client().nodes().list().getItems().size();
    }

    private long readyNodes() {
        return cluster.client().nodes().list().getItems().stream()
                .filter(Readiness.getInstance()::isReady)
                .count();
    }

    private static void report(String what, Object... values) {
        System.out.println("On Kubernetes: " + what.formatted(values));
    }
}
