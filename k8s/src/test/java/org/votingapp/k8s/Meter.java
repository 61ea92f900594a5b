package org.votingapp.k8s;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the pods use, and how long they take to start: the figures behind requests, limits and probes. */
final class Meter {

    private final TestCluster cluster;

    Meter(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** How long each server's container took from its start until it was ready; pods that end are none. */
    Map<String, Duration> starts() {
        return TestCluster.SERVERS.stream()
                .flatMap(name -> cluster.pods(name).stream())
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness.getInstance()::isReady)
                .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), Meter::start, (a, b) -> a, TreeMap::new));
    }

    private static Duration start(Pod pod) {
        Instant started = Instant.parse(pod.getStatus()
                .getContainerStatuses()
                .get(0)
                .getState()
                .getRunning()
                .getStartedAt());
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> Duration.between(started, Instant.parse(condition.getLastTransitionTime())))
                .findFirst()
                .orElseThrow();
    }

    /** The memory that a container may use, in MiB. */
    long memoryLimit(Usage used) {
        return cluster.pods(used.container()).stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .map(container -> container.getResources().getLimits().get("memory"))
                .mapToLong(limit -> Quantity.getAmountInBytes(limit).longValue() >> 20)
                .min()
                .orElseThrow();
    }

    /** What each pod of the system uses, as measured after a moment and over some seconds before. */
    List<Usage> usageAfter(Instant moment) {
        await("figures of all pods")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> usage(moment).size()
                        == TestCluster.IMAGES.stream()
                                        .mapToInt(name -> cluster.pods(name).size())
                                        .sum()
                                + TestCluster.STORES.size());
        return usage(moment);
    }

    private List<Usage> usage(Instant moment) {
        return cluster.client().top().pods().inNamespace(TestCluster.NAMESPACE).metrics().getItems().stream()
                .filter(pod -> Instant.parse(pod.getTimestamp()).isAfter(moment))
                .flatMap(pod -> pod.getContainers().stream()
                        .filter(container -> Reach.PORTS.containsKey(container.getName()))
                        .map(container -> new Usage(
                                pod.getMetadata().getName(),
                                container.getName(),
                                Quantity.getAmountInBytes(container.getUsage().get("cpu"))
                                        .movePointRight(3)
                                        .intValue(),
                                Quantity.getAmountInBytes(container.getUsage().get("memory"))
                                                .longValue()
                                        >> 20)))
                .toList();
    }

    /**
     * What a container uses.
     *
     * @param pod its pod
     * @param container its name
     * @param millicores thousandths of a processor
     * @param mebibytes of memory, files in the page cache that it has just read included
     */
    record Usage(String pod, String container, int millicores, long mebibytes) {}
}
