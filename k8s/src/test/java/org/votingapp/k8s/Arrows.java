package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may speak to whom, written as {@code from -> to:port/PROTOCOL}: by the architecture, and by a rendering's policies. */
final class Arrows {

    private static final String NAME = "app.kubernetes.io/name";
    private static final String OURS = "voting";
    private static final Set<String> SERVERS = Set.of("vote", "worker", "result", "organiser");

    /** Cert-manager makes it beside ours. */
    private static final Endpoint SOLVER =
            Endpoint.pod("acme-solver", OURS, Map.of("acme.cert-manager.io/http01-solver", "true"));

    private static final Endpoint STRAY = Endpoint.pod("stray", OURS, Map.of("app", "stray"));
    private static final Endpoint STRANGER = Endpoint.pod("stranger", "default", Map.of("app", "ingress"));
    private static final Endpoint PROMETHEUS = Endpoint.pod("prometheus", "monitoring", Map.of());
    private static final Endpoint INTERNET = Endpoint.address("internet", "203.0.113.9");

    /** The resolvers that clusters have, and the port that each is asked at. */
    private static final Map<Endpoint, Integer> RESOLVERS = Map.of(
            Endpoint.pod("kube-dns", "kube-system", Map.of("k8s-app", "kube-dns")),
            53,
            Endpoint.pod("node-local-dns", "kube-system", Map.of("k8s-app", "node-local-dns")),
            53,
            Endpoint.address("node-local-address", "169.254.20.10"),
            53,
            Endpoint.address("cloud-dns", "169.254.169.254"),
            53,
            Endpoint.pod(
                    "openshift-dns", "openshift-dns", Map.of("dns.operator.openshift.io/daemonset-dns", "default")),
            5353);

    private static final List<Integer> PORTS = List.of(53, 80, 443, 5353, 5432, 6379, 8089, 9080);

    private Arrows() {}

    /** Those that are open. */
    static Set<String> open(Rendering rendering) {
        PolicyEvaluator policies = new PolicyEvaluator(rendering.all(NetworkPolicy.class));
        List<Endpoint> ends = new ArrayList<>(List.of(SOLVER, STRAY, STRANGER, PROMETHEUS, INTERNET));
        ends.addAll(RESOLVERS.keySet());
        rendering.workloads().forEach(workload -> ends.add(Endpoint.of(workload)));
        Set<String> open = new TreeSet<>();
        for (Endpoint from : ends) {
            for (Endpoint to : ends) {
                // What others have between them is not for us to say, nor is what a pod says to itself.
                if (from == to || !OURS.equals(from.namespace()) && !OURS.equals(to.namespace())) {
                    continue;
                }
                for (String protocol : List.of("TCP", "UDP")) {
                    PORTS.stream()
                            .filter(port -> policies.opens(from, to, protocol, port))
                            .forEach(port -> open.add(arrow(from.name(), to.name(), port, protocol)));
                }
            }
        }
        return open;
    }

    /** Those that the architecture has, with these components. */
    static Set<String> expected(Rendering rendering, Set<String> components) {
        Map<String, List<String>> pods = rendering.workloads().stream()
                .collect(Collectors.groupingBy(
                        workload ->
                                workload.template().getMetadata().getLabels().get(NAME),
                        Collectors.mapping(Rendering.Workload::name, Collectors.toList())));
        Set<String> expected = new TreeSet<>();
        for (Endpoint visitor : List.of(STRANGER, PROMETHEUS, INTERNET)) {
            Stream.of("vote", "result").forEach(page -> expected.add(arrow(visitor.name(), page, 9080, "TCP")));
            expected.add(arrow(visitor.name(), SOLVER.name(), 8089, "TCP"));
        }
        RESOLVERS.forEach((resolver, port) -> {
            for (String visited : List.of("vote", "result")) {
                expected.add(arrow(resolver.name(), visited, 9080, "TCP"));
            }
            expected.add(arrow(resolver.name(), SOLVER.name(), 8089, "TCP"));
            pods.values().stream()
                    .flatMap(List::stream)
                    .forEach(pod -> Stream.of("TCP", "UDP")
                            .forEach(protocol -> expected.add(arrow(pod, resolver.name(), port, protocol))));
        });
        Set<String> stores = rendering
                .all(StatefulSet.class)
                .map(set -> set.getMetadata().getName())
                .collect(Collectors.toSet());
        toStore(expected, pods, stores, components, "redis", 6379, List.of("vote", "worker"));
        toStore(
                expected,
                pods,
                stores,
                components,
                "postgres",
                5432,
                List.of("worker", "result", "organiser", "backup"));
        pods.getOrDefault("organiser", List.of()).forEach(server -> expected.add(arrow(server, "result", 9080, "TCP")));
        if (components.contains("openid-connect")) {
            pods.getOrDefault("organiser", List.of())
                    .forEach(server -> expected.add(arrow(server, INTERNET.name(), 443, "TCP")));
        }
        if (components.contains("monitoring")) {
            SERVERS.stream()
                    .filter(pods::containsKey)
                    .forEach(server -> expected.add(arrow(PROMETHEUS.name(), server, 9080, "TCP")));
        }
        return expected;
    }

    private static void toStore(
            Set<String> expected,
            Map<String, List<String>> pods,
            Set<String> stores,
            Set<String> components,
            String store,
            int port,
            List<String> clients) {
        clients.stream()
                .flatMap(client -> pods.getOrDefault(client, List.of()).stream())
                .forEach(client -> {
                    if (stores.contains(store)) {
                        expected.add(arrow(client, store, port, "TCP"));
                    }
                    if (components.contains("managed-stores")) {
                        expected.add(arrow(client, INTERNET.name(), port, "TCP"));
                    }
                });
    }

    private static String arrow(String from, String to, int port, String protocol) {
        return from + " -> " + to + ":" + port + "/" + protocol;
    }
}
