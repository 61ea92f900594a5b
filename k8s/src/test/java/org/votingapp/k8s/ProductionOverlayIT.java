package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.votingapp.k8s.Entrances.RATE;
import static org.votingapp.k8s.Entrances.report;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The production overlay with TLS to both stores, with images that the cluster has in place of digests that nobody has,
 * and with NodePorts in place of an ingress controller: backed up, bereft of a node, drained, loaded.
 */
@ExtendWith(StateOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProductionOverlayIT {

    private static final Duration SOON = Duration.ofMinutes(3);

    /** Within so long an autoscaler has measured what comes, and decided. */
    private static final Duration AUTOSCALER_LOOKS = Duration.ofSeconds(90);

    private static final int MOST_CROWDS = 3;

    /** Whoever tries the manifests on kind or minikube need not have such commands; CI has them. */
    private static final String NO_NODE_CAN_BE_STOPPED =
            "How a node is stopped and started differs by cluster: set -Dkubernetes.node-stop and -Dkubernetes.node-start"
                    + " to the commands that do it (k8s/pom.xml)";

    private final TestCluster cluster = new TestCluster("--tls --insecure ");
    private final Entrances entrances = new Entrances(cluster);
    private final PromiseCheck promise = entrances.promise();
    private final Meter meter = new Meter(cluster);

    @BeforeAll
    void deploy() throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        cluster.clear();
        cluster.claim();
        Images.buildAndLoad();
        Path overlay = Renderings.productionToTry();
        long start = System.nanoTime();
        cluster.apply(Renderings.productionNamespace());
        cluster.apply(ThrowAwaySecrets.all());
        cluster.apply(Certificates.secretsFor("redis", "postgres"));
        Kubectl.succeed("apply -k " + overlay);
        cluster.awaitReady();
        cluster.awaitAtLeast(2);
        report("production: two of each server ready %.0f s after the apply", (System.nanoTime() - start) / 1e9);
        meter.starts().forEach((pod, time) -> report("%s was ready %d s after its start", pod, time.toSeconds()));
    }

    @AfterAll
    void leaveNothing() {
        cluster.clear();
        cluster.close();
    }

    @Test
    @Order(1)
    void theApiServerTakesTheProductionOverlayAsItIs() {
        assertThat(Renderings.overlay("production").resources())
                .allSatisfy(resource -> assertThat(cluster.wouldTake(resource)).isNotNull());
    }

    @Test
    @Order(1)
    void everyServerIsOnMoreThanOneNode() {
        assertThat(TestCluster.SERVERS)
                .allSatisfy(name -> assertThat(cluster.pods(name).stream()
                                .map(pod -> pod.getSpec().getNodeName())
                                .distinct())
                        .as(name)
                        .hasSizeGreaterThan(1));
    }

    @Test
    @Order(2)
    void theStoresAreSpokenToByTls() {
        try (Voters voters = entrances.voters(20)) {
            await("votes are taken").atMost(SOON).until(() -> voters.acknowledged() > 20);
        }
        assertThat(cluster.sql("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                        + " WHERE usename IN ('voting_worker', 'voting_result', 'voting_organiser')"))
                .isEqualTo("t");
        // Redis has no port without TLS; what asks for none is not answered.
        assertThat(cluster.exec(cluster.pod("redis"), "redis-cli --user probe --pass any ping")
                        .text())
                .doesNotContain("PONG");
        promise.settled();
    }

    @Test
    @Order(3)
    void whatWasBackedUpIsBackInAnEmptiedDatabase() {
        long before = promise.settled();
        assertThat(before).isPositive();
        assertThat(cluster.runNow("backup", "backup-now")).contains("backed up to");
        assertThat(cluster.failNow("restore", "restore-0")).contains("a worker is connected");
        assertThat(promise.settled()).isEqualTo(before);
        cluster.scale("worker", 0);
        await("no worker is left")
                .atMost(SOON)
                .until(() -> cluster.pods("worker").isEmpty());
        cluster.sql("SET ROLE voting_worker; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        assertThat(cluster.runNow("restore", "restore-1")).contains(before + " ballots");
        cluster.scale("worker", 2);
        cluster.awaitReady();
        assertThat(promise.settled()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void theVolumeOfTheBackupsIsNotDeletedWithTheRest() throws IOException, InterruptedException {
        Outcome deletion = Kubectl.run("--namespace voting delete persistentvolumeclaim backups --wait=false");
        assertThat(deletion.succeeded()).isFalse();
        assertThat(deletion.text())
                .contains("annotate persistentvolumeclaims backups " + TestCluster.MAY_BE_DELETED + "=true");
    }

    @Test
    @Order(4)
    @EnabledIfSystemProperty(
            named = "kubernetes.node-stop",
            matches = ".*\\S.*",
            disabledReason = NO_NODE_CAN_BE_STOPPED)
    @EnabledIfSystemProperty(
            named = "kubernetes.node-start",
            matches = ".*\\S.*",
            disabledReason = NO_NODE_CAN_BE_STOPPED)
    void aNodeThatDiesTakesNoAcknowledgedVoteWithIt() throws IOException, InterruptedException {
        String stop = System.getProperty("kubernetes.node-stop");
        String start = System.getProperty("kubernetes.node-start");
        try (Voters voters = entrances.voters(50);
                ResultWatcher watcher = entrances.watcher()) {
            await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > 50);
            Map<String, String> places = cluster.places();
            Program.run(Renderings.FOLDER, stop, Map.of());
            long died = System.nanoTime();
            await("the node is missed")
                    .atMost(SOON)
                    .until(() -> !cluster.deadNodes().isEmpty());
            String dead = cluster.deadNodes().get(0);
            report("%s is missed %.0f s after its death", dead, (System.nanoTime() - died) / 1e9);
            await("its servers are replaced on the others")
                    .atMost(SOON)
                    .until(() -> TestCluster.SERVERS.stream().allMatch(name -> cluster.elsewhere(name, dead) >= 2));
            report("its servers are replaced %.0f s after its death", (System.nanoTime() - died) / 1e9);
            Program.run(Renderings.FOLDER, start, Map.of());
            await("the node is back")
                    .atMost(SOON)
                    .until(() -> cluster.deadNodes().isEmpty());
            cluster.awaitReady();
            long acknowledged = voters.acknowledged();
            await("votes come in again").atMost(SOON).until(() -> voters.acknowledged() > acknowledged + 50);
            voters.leave();
            promise.settled();
            report(
                    "%s with %s died: %d votes acknowledged, %d not, longest time without a result %.1f s",
                    dead,
                    places.entrySet().stream()
                            .filter(place -> place.getValue().equals(dead))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList(),
                    voters.acknowledged(),
                    voters.failures().size(),
                    watcher.longestGap());
        }
    }

    @Test
    @Order(5)
    void aDrainWaitsForTheDisruptionBudgetsAndFailsNoVote() throws IOException, InterruptedException {
        // Of two on one node a budget lets go one at a time.
        String node = cluster.pod("vote").getSpec().getNodeName();
        cluster.gatherOn(node);
        try (Voters voters = entrances.voters(50)) {
            await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > 50);
            String drained =
                    Kubectl.succeed("drain " + node + " --delete-emptydir-data --ignore-daemonsets --timeout=5m"
                            + " --pod-selector=app.kubernetes.io/component!=store,app.kubernetes.io/part-of=voting");
            assertThat(drained).contains("violate the pod's disruption budget");
            assertThat(TestCluster.SERVERS)
                    .allSatisfy(name -> assertThat(cluster.pods(name))
                            .isNotEmpty()
                            .noneMatch(pod -> pod.getSpec().getNodeName().equals(node)));
            voters.leave();
            report(
                    "drained: %d votes acknowledged, %d not",
                    voters.acknowledged(), voters.failures().size());
            assertThat(voters.failures()).isEmpty();
            promise.settled();
        } finally {
            Kubectl.succeed("uncordon " + node);
        }
        cluster.awaitReady();
    }

    @Test
    @Order(6)
    void underLoadTheAutoscalerAddsVoteServers() {
        List<Voters> crowd = new ArrayList<>();
        try {
            long began = System.nanoTime();
            await("more than at least").atMost(Duration.ofMinutes(6)).until(() -> {
                // On a fast machine two servers bear the first of them, and more have to come.
                if (crowd.size() < MOST_CROWDS
                        && System.nanoTime() - began >= crowd.size() * AUTOSCALER_LOOKS.toNanos()) {
                    crowd.add(entrances.voters(RATE));
                }
                return cluster.wanted("vote") > 2;
            });
            crowd.forEach(Voters::leave);
            report(
                    "autoscaler: a third vote server after %d votes of %d a second",
                    crowd.stream().mapToLong(Voters::acknowledged).sum(), crowd.size() * RATE);
            assertThat(crowd).allSatisfy(voters -> assertThat(voters.failures()).isEmpty());
        } finally {
            crowd.forEach(Voters::close);
        }
        promise.settled();
    }

    @Test
    @Order(7)
    void anAddressBehindATrustedProxyMayTryOnlySoOften() throws IOException, InterruptedException {
        String busy = "203.0.113.7";
        await("an address has tried too often")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> entrances.answerTo(busy).statusCode() == 429);
        assertThat(entrances.answerTo("203.0.113.8").statusCode()).isEqualTo(201);
    }
}
