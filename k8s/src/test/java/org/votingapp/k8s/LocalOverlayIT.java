package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.votingapp.k8s.Entrances.RATE;
import static org.votingapp.k8s.Entrances.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The local overlay, applied by {@code kubectl apply -k} to the cluster that kubectl points to: used, killed, rolled,
 * scaled, removed.
 */
@ExtendWith(StateOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalOverlayIT {

    private static final String OVERLAY = "overlays/local";
    private static final Duration SOON = Duration.ofMinutes(3);

    /** Longer than any probe but those of a page's readiness takes to find a server unfit. */
    private static final Duration OUTAGE = Duration.ofSeconds(40);

    private final TestCluster cluster = new TestCluster();
    private final Entrances entrances = new Entrances(cluster);
    private final PromiseCheck promise = entrances.promise();
    private final Meter meter = new Meter(cluster);
    private final Reach reach = new Reach(cluster);

    @BeforeAll
    void deploy() throws IOException, InterruptedException, ExecutionException {
        cluster.clear();
        cluster.claim();
        Images.buildAndLoad();
        long start = System.nanoTime();
        Kubectl.succeed("apply -k " + OVERLAY);
        cluster.awaitReady();
        report("ready %.0f s after the apply", (System.nanoTime() - start) / 1e9);
        meter.starts().forEach((pod, time) -> report("%s was ready %d s after its start", pod, time.toSeconds()));
    }

    @AfterAll
    void leaveNothing() {
        cluster.clear();
        cluster.close();
    }

    @Test
    @Order(1)
    void aVoteThroughTheServiceMovesTheResult() {
        try (ResultWatcher watcher = entrances.watcher()) {
            await("a first tally").atMost(SOON).until(() -> watcher.watched() >= 0);
            long before = watcher.watched();
            try (Voters voters = entrances.voters(1)) {
                await("a vote is acknowledged").atMost(SOON).until(() -> voters.acknowledged() > 0);
            }
            await("the watcher sees it").atMost(SOON).until(() -> watcher.watched() > before);
        }
    }

    @Test
    @Order(2)
    void strangersReachThePagesAndNothingElse() {
        Pod stranger = reach.stray("default");
        try {
            // That these hold shows that the others would be seen if they were open.
            assertThat(reach.reaches(stranger)).containsExactlyInAnyOrder("vote", "result");
            assertThat(reach.resolvesNames(stranger)).isTrue();
        } finally {
            cluster.client().resource(stranger).withGracePeriod(0).delete();
        }
    }

    @Test
    @Order(2)
    void aStrayPodAmongUsReachesNothing() {
        Pod stray = reach.stray(TestCluster.NAMESPACE);
        try {
            assertThat(reach.reaches(stray)).isEmpty();
            assertThat(reach.resolvesNames(stray)).isFalse();
        } finally {
            cluster.client().resource(stray).withGracePeriod(0).delete();
        }
    }

    @Test
    @Order(2)
    void everyPartReachesItsStoresAndNoOther() {
        Map<String, Set<String>> arrows = Map.of(
                "vote", Set.of("redis"),
                "worker", Set.of("redis", "postgres"),
                "result", Set.of("postgres"),
                "organiser", Set.of("postgres", "result"),
                "redis", Set.of(),
                "postgres", Set.of());
        arrows.forEach((from, to) ->
                assertThat(reach.opens(cluster.pod(from))).as(from).isEqualTo(to));
    }

    @Test
    @Order(3)
    void underLoadNobodyComesCloseToWhatItMayUse() {
        reportUsage("idle", meter.usageAfter(Instant.now().minusSeconds(10)));
        try (Voters voters = entrances.voters(RATE)) {
            // A figure is taken over ten seconds or more, all of them under load.
            List<Meter.Usage> usage = meter.usageAfter(Instant.now().plusSeconds(20));
            reportUsage("at " + RATE + " votes/s", usage);
            assertThat(voters.failures()).isEmpty();
            assertThat(usage)
                    .allSatisfy(used ->
                            assertThat(used.mebibytes()).as(used.pod()).isLessThan(meter.memoryLimit(used) * 9 / 10));
        }
        assertThat(cluster.restarts()).isZero();
        promise.settled();
    }

    private static void reportUsage(String when, List<Meter.Usage> usage) {
        usage.forEach(
                used -> report("%s, %s: %dm CPU, %d MiB", when, used.container(), used.millicores(), used.mebibytes()));
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"vote", "worker", "result"})
    void aServerIsRolledUnderLoadWithoutAFailedVote(String name) {
        long before = promise.settled();
        try (Voters voters = entrances.voters(RATE);
                ResultWatcher watcher = entrances.watcher()) {
            await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > RATE);
            cluster.roll(name);
            voters.leave();
            report(
                    "%s rolled: %d votes acknowledged, %d not, longest time without a result %.1f s, %d connections of the watcher",
                    name, voters.acknowledged(), voters.failures().size(), watcher.longestGap(), watcher.connections());
            assertThat(voters.failures()).isEmpty();
            assertThat(promise.settled()).isEqualTo(before + voters.acknowledged());
            await("the watcher sees all").atMost(SOON).until(() -> watcher.watched() == before + voters.acknowledged());
        }
    }

    @ParameterizedTest
    @Order(5)
    @ValueSource(strings = {"worker", "result", "vote", "redis", "postgres"})
    void aKilledPodLosesNoAcknowledgedVote(String name) {
        long before = promise.settled();
        try (Voters voters = entrances.voters(50);
                ResultWatcher watcher = entrances.watcher()) {
            await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > 50);
            cluster.kill(name);
            long acknowledged = voters.acknowledged();
            await("votes come in again").atMost(SOON).until(() -> voters.acknowledged() > acknowledged + 50);
            voters.leave();
            long recorded = promise.settled();
            assertThat(recorded).isGreaterThanOrEqualTo(before + voters.acknowledged());
            await("the watcher sees all").atMost(SOON).until(() -> watcher.watched() == recorded);
            report(
                    "%s killed: %d votes acknowledged, %d not, longest time without a result %.1f s",
                    name, voters.acknowledged(), voters.failures().size(), watcher.longestGap());
        }
    }

    @Test
    @Order(6)
    void whileRedisIsAwayAVoterIsToldToTryAgain() {
        long before = promise.settled();
        cluster.takeAway("redis");
        try {
            await("everybody is told so, for as long as it lasts")
                    .during(OUTAGE)
                    .atMost(SOON)
                    .untilAsserted(() -> {
                        HttpResponse<String> answer = entrances.answerTo("198.18.0.1");
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                        assertThat(answer.headers().firstValue("Content-Type"))
                                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
                    });
        } finally {
            cluster.bringBack("redis");
        }
        try (Voters voters = entrances.voters(20)) {
            await("votes come in again").atMost(SOON).until(() -> voters.acknowledged() > 20);
        }
        assertThat(promise.settled()).isGreaterThan(before);
    }

    @Test
    @Order(6)
    void whilePostgresIsAwayTheLastTallyStaysUp() {
        long before = promise.settled();
        cluster.takeAway("postgres");
        try {
            await("everybody sees it, for as long as it lasts")
                    .during(OUTAGE)
                    .atMost(SOON)
                    .untilAsserted(() -> {
                        HttpResponse<String> page = entrances.resultPage();
                        assertThat(page.statusCode()).isEqualTo(200);
                        assertThat(page.body()).contains(">%,d votes<".formatted(before));
                    });
            try (Voters voters = entrances.voters(20)) {
                await("votes come in").atMost(SOON).until(() -> voters.acknowledged() > 20);
            }
        } finally {
            cluster.bringBack("postgres");
        }
        assertThat(promise.settled()).isGreaterThan(before);
    }

    @Test
    @Order(6)
    void threeOfEachPageServe() {
        cluster.scale("vote", 3);
        cluster.scale("result", 3);
        cluster.awaitReady();
        assertThat(cluster.pods("result")).hasSize(3);
        Set<String> names = new HashSet<>();
        await("three servers answer").atMost(SOON).until(() -> {
            names.add(entrances.serverThatAnswers());
            return names.size() == 3;
        });
        assertThat(names).allSatisfy(name -> assertThat(name).startsWith("vote-"));
    }

    @Test
    @Order(7)
    void anUninstallLeavesNothingButVolumesAndTheNextInstallTakesThemUp() throws IOException, InterruptedException {
        long before = promise.settled();
        // Whoever tries until it works, as GitOps tools do, comes no further.
        for (int attempt = 0; attempt < 2; attempt++) {
            Outcome uninstall = Kubectl.run("delete --ignore-not-found -k " + OVERLAY);
            assertThat(uninstall.succeeded()).isFalse();
            assertThat(uninstall.text())
                    .contains("annotate namespaces voting " + TestCluster.MAY_BE_DELETED + "=true")
                    .doesNotContain("timed out");
        }
        await("nothing but volumes is left")
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(cluster.everythingLeft())
                        .containsExactlyInAnyOrder(
                                "persistentvolumeclaim/data-postgres-0", "persistentvolumeclaim/data-redis-0"));
        List<HasMetadata> stores = Renderings.overlay("local").resources().stream()
                .filter(resource -> !(resource instanceof Deployment))
                .toList();
        cluster.apply(stores);
        cluster.awaitReady();
        assertThat(promise.recorded()).isEqualTo(before);
    }

    @Test
    @Order(8)
    void aVolumeIsNotDeletedByItselfEither() throws IOException, InterruptedException {
        Outcome deletion = Kubectl.run("--namespace voting delete persistentvolumeclaim data-redis-0 --wait=false");
        assertThat(deletion.succeeded()).isFalse();
        assertThat(deletion.text())
                .contains("annotate persistentvolumeclaims data-redis-0 " + TestCluster.MAY_BE_DELETED + "=true");
    }

    @Test
    @Order(9)
    void whoSaysThatTheVotesMayGoDeletesAllOfItAsTheReadmeSays() throws IOException, InterruptedException {
        List<String> commands = Files.readAllLines(Renderings.FOLDER.resolve("README.md")).stream()
                .dropWhile(line -> !line.startsWith("kubectl annotate namespace voting"))
                .takeWhile(line -> !line.startsWith("```"))
                .map(line -> line.replaceFirst(" *#.*", "").replaceFirst("^kubectl ", ""))
                .toList();
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            Kubectl.succeed(command.replace("k8s/overlays", "overlays").replace("'", ""));
        }
        assertThat(cluster.hasNamespace()).isFalse();
        assertThat(cluster.guards()).isEmpty();
    }
}
