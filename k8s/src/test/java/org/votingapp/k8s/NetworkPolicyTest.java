package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may speak to whom: every arrow of the architecture, and no other. Each combination of components: {@link CombinationsTest}. */
class NetworkPolicyTest {

    private static final String README = "components/network-policy/README.md";
    private static final Endpoint CLIENT = Endpoint.pod("client", "voting", Map.of("app", "client"));
    private static final Endpoint STORE =
            new Endpoint("store", "voting", Map.of("app", "store"), Map.of("sql", 5432), "");
    private static final Endpoint INTERNET = Endpoint.address("internet", "203.0.113.9");

    @Test
    @RendersManifests
    void theLocalOverlayOpensTheArrowsOfTheArchitecture() {
        Rendering local = Renderings.overlay("local");
        assertThat(Arrows.open(local))
                .isEqualTo(Arrows.expected(local, Set.of()))
                .contains("vote -> redis:6379/TCP", "internet -> vote:9080/TCP")
                .doesNotContain("vote -> postgres:5432/TCP", "prometheus -> worker:9080/TCP");
    }

    @Test
    @RendersManifests
    void theProductionOverlayOpensTheBackupBesides() {
        Rendering production = Renderings.overlay("production");
        assertThat(Arrows.open(production))
                .isEqualTo(Arrows.expected(production, Set.of("backup")))
                .contains("backup -> postgres:5432/TCP");
    }

    @Test
    @RendersManifests
    void aResolverAtAnAddressOfItsOwnIsOpenedAsTheReadmeSays() throws IOException, InterruptedException {
        Rendering opened = Renderings.asDocumented(README, "name: dns");
        Endpoint resolver = Endpoint.address("kube-dns", "10.96.0.10");
        PolicyEvaluator policies = new PolicyEvaluator(opened.all(NetworkPolicy.class));
        assertThat(opened.workloads())
                .isNotEmpty()
                .allSatisfy(workload -> assertThat(policies.opens(Endpoint.of(workload), resolver, "UDP", 53))
                        .as(workload.toString())
                        .isTrue());
    }

    @Test
    @RendersManifests
    void thePagesAreOpenedToAnIngressControllerAloneAsTheReadmeSays() throws IOException, InterruptedException {
        Rendering narrowed = Renderings.asDocumented(README, "name: vote|result");
        PolicyEvaluator policies = new PolicyEvaluator(narrowed.all(NetworkPolicy.class));
        Endpoint organiser = narrowed.workloads().stream()
                .filter(workload -> workload.name().equals("organiser"))
                .map(Endpoint::of)
                .findFirst()
                .orElseThrow();
        Endpoint controller = Endpoint.pod("controller", "ingress-nginx", Map.of());
        Endpoint stranger = Endpoint.pod("stranger", "default", Map.of());
        assertThat(narrowed.workloads())
                .filteredOn(workload -> Set.of("vote", "result").contains(workload.name()))
                .hasSize(2)
                .allSatisfy(page -> {
                    assertThat(policies.opens(controller, Endpoint.of(page), "TCP", 9080))
                            .isTrue();
                    assertThat(policies.opens(stranger, Endpoint.of(page), "TCP", 9080))
                            .isFalse();
                    assertThat(policies.opens(INTERNET, Endpoint.of(page), "TCP", 9080))
                            .isFalse();
                    // It asks how many watch.
                    assertThat(policies.opens(organiser, Endpoint.of(page), "TCP", 9080))
                            .isEqualTo(page.name().equals("result"));
                });
    }

    @Test
    void whatNoPolicySelectsIsOpen() throws IOException {
        assertThat(policies().opens(CLIENT, STORE, "TCP", 5432)).isTrue();
    }

    @Test
    void onePolicyClosesThePodItSelectsToWhateverNoneAllows() throws IOException {
        PolicyEvaluator policies = policies("{podSelector: {matchLabels: {app: store}}, policyTypes: [Ingress],"
                + " ingress: [{from: [{podSelector: {matchLabels: {app: client}}}], ports: [{port: sql}]}]}");
        assertThat(policies.opens(CLIENT, STORE, "TCP", 5432)).isTrue();
        assertThat(policies.opens(CLIENT, STORE, "TCP", 22)).isFalse();
        assertThat(policies.opens(CLIENT, STORE, "UDP", 5432)).isFalse();
        assertThat(policies.opens(INTERNET, STORE, "TCP", 5432)).isFalse();
        assertThat(policies.opens(STORE, INTERNET, "TCP", 443)).isTrue();
    }

    @Test
    void bothEndsMustBeOpen() throws IOException {
        PolicyEvaluator policies = policies(
                "{podSelector: {matchLabels: {app: store}}, policyTypes: [Ingress], ingress: [{}]}",
                "{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: []}");
        assertThat(policies.opens(INTERNET, STORE, "TCP", 5432)).isTrue();
        assertThat(policies.opens(CLIENT, STORE, "TCP", 5432)).isFalse();
    }

    @Test
    void whatOnePolicyAllowsAnotherDoesNotTakeAway() throws IOException {
        PolicyEvaluator policies = policies(
                "{podSelector: {}, policyTypes: [Ingress, Egress]}",
                "{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [client]}]}, ingress: [{}]}",
                "{podSelector: {}, egress: [{to: [{podSelector: {}}]}], policyTypes: [Egress]}");
        assertThat(policies.opens(CLIENT, STORE, "TCP", 5432)).isTrue();
        assertThat(policies.opens(STORE, CLIENT, "TCP", 80)).isFalse();
        assertThat(policies.opens(CLIENT, INTERNET, "TCP", 443)).isFalse();
    }

    @Test
    void aBlockIsForAddressesOutsideTheClusterButForItsExceptions() throws IOException {
        PolicyEvaluator policies = policies("{podSelector: {}, policyTypes: [Egress],"
                + " egress: [{to: [{ipBlock: {cidr: 203.0.112.0/23, except: [203.0.113.8/32]}}]}]}");
        assertThat(policies.opens(CLIENT, INTERNET, "TCP", 443)).isTrue();
        assertThat(policies.opens(CLIENT, Endpoint.address("a", "203.0.113.8"), "TCP", 443))
                .isFalse();
        assertThat(policies.opens(CLIENT, Endpoint.address("a", "203.0.114.1"), "TCP", 443))
                .isFalse();
        assertThat(policies.opens(CLIENT, STORE, "TCP", 443)).isFalse();
    }

    private static PolicyEvaluator policies(String... specs) throws IOException {
        StringBuilder documents = new StringBuilder();
        for (String spec : specs) {
            documents.append("""
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: a, namespace: voting}
                    spec: %s
                    """.formatted(spec));
        }
        List<HasMetadata> read = documents.isEmpty() ? List.of() : new StrictReader().read(documents.toString());
        return new PolicyEvaluator(read.stream().map(NetworkPolicy.class::cast));
    }
}
