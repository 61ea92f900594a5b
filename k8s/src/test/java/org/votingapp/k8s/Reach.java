package org.votingapp.k8s;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** To which parts of the system a pod can open a connection. */
final class Reach {

    /** Where each part listens. */
    static final Map<String, Integer> PORTS =
            Map.of("vote", 9080, "worker", 9080, "result", 9080, "organiser", 9080, "redis", 6379, "postgres", 5432);

    private static final Duration SOON = Duration.ofMinutes(3);

    private final TestCluster cluster;

    Reach(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** A pod that is none of ours, with nothing but busybox in it. */
    Pod stray(String namespace) {
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

    /** The parts to which a pod with busybox in it can connect; its nc ends with 1 where it could not. */
    Set<String> reaches(Pod from) {
        return connections(from, "timeout 5 nc -w 2 %s %d </dev/null >/dev/null 2>&1; [ $? -ne 1 ]");
    }

    /** The parts to which one of our own pods can connect. */
    Set<String> opens(Pod from) {
        return connections(from, "timeout 3 bash -c '</dev/tcp/%s/%d' 2>/dev/null");
    }

    /** Whether DNS answers a pod with busybox in it. */
    boolean resolvesNames(Pod from) {
        return cluster.exec(from, "nslookup -timeout=2 vote.voting.svc.cluster.local")
                .succeeded();
    }

    /** Tries all parts at the same time, but for the pod itself. */
    private Set<String> connections(Pod from, String attempt) {
        String attempts = PORTS.entrySet().stream()
                .filter(part ->
                        !part.getKey().equals(from.getMetadata().getLabels().get(TestCluster.NAME)))
                .map(part -> "{ "
                        + attempt.formatted(
                                cluster.pod(part.getKey()).getStatus().getPodIP(), part.getValue())
                        + " && echo " + part.getKey() + "; } & ")
                .collect(Collectors.joining());
        return cluster.exec(from, attempts + "wait").text().lines().collect(Collectors.toSet());
    }
}
