package org.votingapp.k8s;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may speak to whom: every arrow of the architecture, and no other. */
@RendersManifests
class NetworkPolicyTest {

    private static final String NAME = "app.kubernetes.io/name";
    private static final List<String> PODS = List.of("vote", "worker", "result", "redis", "postgres", "backup");

    @Test
    void theLocalOverlayOpensTheArrowsOfTheArchitectureAndDns() {
        Rendering local = Renderings.overlay("local");
        Set<String> arrows = new TreeSet<>(Set.of(
                "vote -> redis:6379", "worker -> redis:6379", "worker -> postgres:5432", "result -> postgres:5432"));
        assertThat(leaving(local))
                .isEqualTo(with(arrows, dns(List.of("vote", "worker", "result", "redis", "postgres"))));
        assertThat(arriving(local)).isEqualTo(with(arrows, Set.of("anybody -> vote:http", "anybody -> result:http")));
    }

    @Test
    void theProductionOverlayOpensTheBackupBesides() {
        Rendering production = Renderings.overlay("production");
        assertThat(leaving(production)).contains("backup -> postgres:5432").hasSize(5 + PODS.size());
        assertThat(arriving(production)).contains("backup -> postgres:5432").hasSize(7);
    }

    @Test
    void whateverIsNotOpenedIsClosed() {
        Stream.of("local", "production")
                .map(Renderings::overlay)
                .forEach(overlay -> assertThat(overlay.all(NetworkPolicy.class)).anySatisfy(policy -> {
                    LabelSelector all = policy.getSpec().getPodSelector();
                    assertThat(all.getMatchLabels()).isEmpty();
                    assertThat(all.getMatchExpressions()).isEmpty();
                    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
                    assertThat(policy.getSpec().getIngress()).isEmpty();
                    assertThat(policy.getSpec().getEgress()).isEmpty();
                }));
    }

    private static Set<String> leaving(Rendering overlay) {
        return overlay.all(NetworkPolicy.class)
                .flatMap(policy -> policy.getSpec().getEgress().stream()
                        .flatMap(rule -> pods(overlay, policy.getSpec().getPodSelector()).stream()
                                .flatMap(from -> rule.getTo().stream()
                                        .flatMap(peer -> peers(overlay, peer).stream())
                                        .flatMap(to -> rule.getPorts().stream()
                                                .map(port -> from + " -> " + to + ":"
                                                        + port.getPort().getValue())))))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> arriving(Rendering overlay) {
        return overlay.all(NetworkPolicy.class)
                .flatMap(policy -> policy.getSpec().getIngress().stream()
                        .flatMap(rule -> pods(overlay, policy.getSpec().getPodSelector()).stream()
                                .flatMap(to -> sources(overlay, rule)
                                        .flatMap(from -> rule.getPorts().stream()
                                                .map(port -> from + " -> " + to + ":"
                                                        + port.getPort().getValue())))))
                .collect(toCollection(TreeSet::new));
    }

    /** A rule that names nobody lets everybody in; one that names addresses, on some networks, nobody who is in the cluster. */
    private static Stream<String> sources(Rendering overlay, NetworkPolicyIngressRule rule) {
        return rule.getFrom().isEmpty()
                ? Stream.of("anybody")
                : rule.getFrom().stream().flatMap(peer -> peers(overlay, peer).stream());
    }

    private static Collection<String> peers(Rendering overlay, NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return Set.of(peer.getIpBlock().getCidr());
        }
        if (peer.getNamespaceSelector() != null) {
            return Set.of("dns");
        }
        return pods(overlay, peer.getPodSelector());
    }

    private static Collection<String> pods(Rendering overlay, LabelSelector selector) {
        return overlay.workloads().stream()
                .map(workload -> workload.template().getMetadata().getLabels())
                .filter(labels -> matches(selector, labels))
                .map(labels -> labels.get(NAME))
                .collect(toCollection(TreeSet::new));
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream().allMatch(expression -> {
                    assertThat(expression.getOperator()).isEqualTo("In");
                    return expression.getValues().contains(labels.get(expression.getKey()));
                });
    }

    private static Set<String> dns(List<String> pods) {
        return pods.stream().map(pod -> pod + " -> dns:53").collect(toCollection(TreeSet::new));
    }

    private static Set<String> with(Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }
}
