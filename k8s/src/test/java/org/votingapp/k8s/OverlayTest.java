package org.votingapp.k8s;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchResources;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.k8s.Rendering.Workload;

/** What an overlay must be as a whole. */
@RendersManifests
class OverlayTest {

    private static final Set<String> STORES = Set.of("postgres", "redis");
    private static final Set<String> SERVERS = Set.of("vote", "worker", "result");
    private static final String ORGANISER = "organiser";
    private static final String ORGANISER_URL = "ORGANISER_URL";

    static List<Rendering> all() {
        return Renderings.all();
    }

    static Stream<Rendering> overlays() {
        return Stream.of(Renderings.overlay("local"), Renderings.overlay("production"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everythingIsInOneNamespaceThatEnforcesRestrictedPods(Rendering rendering) {
        Namespace namespace = rendering.all(Namespace.class).findFirst().orElseThrow();
        assertThat(namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(rendering.resources())
                .filteredOn(Namespaced.class::isInstance)
                .allSatisfy(resource -> assertThat(resource.getMetadata().getNamespace())
                        .isEqualTo(namespace.getMetadata().getName()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theNamespaceAndVolumesAreNotDeletedWithTheRest(Rendering rendering) {
        ValidatingAdmissionPolicy guard =
                rendering.all(ValidatingAdmissionPolicy.class).findFirst().orElseThrow();
        MatchResources guarded = guard.getSpec().getMatchConstraints();
        assertThat(guarded.getResourceRules())
                .flatExtracting(NamedRuleWithOperations::getResources)
                .containsExactlyInAnyOrder("namespaces", "persistentvolumeclaims");
        assertThat(guarded.getObjectSelector()).isNull();
        assertThat(rendering.all(Namespace.class))
                .singleElement()
                .satisfies(namespace -> assertThat(namespace.getMetadata().getLabels())
                        .containsAllEntriesOf(guarded.getNamespaceSelector().getMatchLabels()));
        assertThat(rendering.all(ValidatingAdmissionPolicyBinding.class))
                .extracting(
                        binding -> binding.getSpec().getPolicyName(),
                        binding -> binding.getSpec().getValidationActions())
                .containsExactly(tuple(guard.getMetadata().getName(), List.of("Deny")));
        assertThat(rendering.all(StatefulSet.class))
                .extracting(set -> set.getSpec().getPersistentVolumeClaimRetentionPolicy())
                .allSatisfy(retention -> assertThat(List.of(retention.getWhenDeleted(), retention.getWhenScaled()))
                        .containsOnly("Retain"));
    }

    /** Which delete, and prune what an overlay no longer has, again and again until it works. */
    @ParameterizedTest
    @MethodSource("all")
    void toolsThatDeleteUntilItWorksLeaveWhatHoldsVotesAndItsGuard(Rendering rendering) {
        assertThat(rendering.resources())
                .filteredOn(resource ->
                        resource instanceof Namespace || resource instanceof PersistentVolumeClaim || isGuard(resource))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(keeper -> assertThat(keeper.getMetadata().getAnnotations())
                        .containsEntry("argocd.argoproj.io/sync-options", "Prune=false,Delete=false")
                        .containsEntry("kustomize.toolkit.fluxcd.io/prune", "disabled"));
        assertThat(rendering.resources())
                .filteredOn(OverlayTest::isGuard)
                .allSatisfy(guard ->
                        assertThat(guard.getMetadata().getFinalizers()).containsExactly("votingapp.org/votes"));
        // Only a person says that votes may go.
        assertThat(rendering.resources())
                .allSatisfy(resource -> assertThat(Objects.requireNonNullElse(
                                resource.getMetadata().getAnnotations(), Map.of()))
                        .doesNotContainKey("votingapp.org/may-be-deleted"));
    }

    private static boolean isGuard(HasMetadata resource) {
        return resource instanceof ValidatingAdmissionPolicy || resource instanceof ValidatingAdmissionPolicyBinding;
    }

    @ParameterizedTest
    @MethodSource("all")
    void noGeneratedConfigMapIsChangedUnderThePodsThatReadIt(Rendering rendering) {
        assertThat(rendering.all(ConfigMap.class))
                .isNotEmpty()
                .allSatisfy(map -> assertThat(map.getImmutable())
                        .as(map.getMetadata().getName())
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStoreGivesItsPlaceToNoPodOfTheUsualPriority(Rendering rendering) {
        Set<String> above = rendering
                .all(PriorityClass.class)
                .filter(priority -> priority.getValue() > 0)
                .map(priority -> priority.getMetadata().getName())
                .collect(toSet());
        assertThat(rendering.all(StatefulSet.class))
                .extracting(set -> set.getSpec().getTemplate().getSpec().getPriorityClassName())
                .isSubsetOf(above);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatMakesPodsIsLabelledTheStandardWay(Rendering overlay) {
        assertThat(overlay.workloads())
                .allSatisfy(workload -> Stream.of(
                                workload.owner().getMetadata(),
                                workload.template().getMetadata())
                        .forEach(metadata -> assertThat(metadata.getLabels())
                                .containsKeys("app.kubernetes.io/name", "app.kubernetes.io/component")
                                .containsEntry("app.kubernetes.io/part-of", "voting")
                                .containsEntry("app.kubernetes.io/managed-by", "kustomize")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyReferenceToAConfigMapIsToOneThatIsThereUnderAHashedName(Rendering overlay) {
        Set<String> there = names(overlay, ConfigMap.class);
        assertThat(there).allSatisfy(name -> assertThat(name).matches(".*-[a-z0-9]{10}"));
        assertThat(overlay.workloads())
                .allSatisfy(workload -> assertThat(
                                References.configMaps(workload.template().getSpec()))
                        .isSubsetOf(there));
    }

    @Test
    void theLocalOverlayMakesEverySecretThatIsReferredTo() {
        Rendering local = Renderings.overlay("local");
        assertThat(secretsReferredTo(local)).isEqualTo(names(local, Secret.class));
    }

    @Test
    void theProductionOverlayHoldsNoSecretAndRefersToThoseOfItsReadme() throws Exception {
        Rendering production = Renderings.overlay("production");
        assertThat(names(production, Secret.class)).isEmpty();
        String readme = Files.readString(Renderings.FOLDER.resolve("overlays/production/README.md"));
        assertThat(secretsReferredTo(production))
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(readme).contains("create secret generic " + secret + " "));
        assertThat(production.all(Ingress.class).flatMap(ingress -> ingress.getSpec().getTls().stream()))
                .isNotEmpty()
                .allSatisfy(tls -> assertThat(readme).contains("create secret tls " + tls.getSecretName() + " "));
    }

    /** Only the operator knows them; a guess makes all voters one address, or lets any pod pretend to be one (TrustedProxiesTest). */
    @Test
    void noServerOfProductionStartsBeforeItsProxiesAreSet() {
        assertThat(Renderings.overlay("production")
                        .all(ConfigMap.class)
                        .map(settings -> settings.getData().get("TRUSTED_PROXIES"))
                        .filter(Objects::nonNull))
                .hasSize(3)
                .allMatch(value -> value.startsWith("<"));
    }

    @Test
    void productionRunsImagesByTheirDigests() {
        assertThat(images(Renderings.overlay("production")))
                .hasSize(6)
                .allSatisfy(image -> assertThat(image).matches("[^@]+@sha256:[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void postgresKeepsItsFilesOnItsVolume(Rendering overlay) {
        Container postgres = overlay.workloads().stream()
                .filter(workload -> workload.name().equals("postgres"))
                .map(workload -> workload.template().getSpec().getContainers().get(0))
                .findFirst()
                .orElseThrow();
        String files = postgres.getEnv().stream()
                .filter(variable -> variable.getName().equals("PGDATA"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
        assertThat(postgres.getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("data"))
                .singleElement()
                .satisfies(mount -> assertThat(files).startsWith(mount.getMountPath() + "/"));
    }

    @Test
    void theLocalOverlayRunsImagesByAVersion() {
        assertThat(images(Renderings.overlay("local")))
                .hasSize(6)
                .allSatisfy(image -> assertThat(image).matches("[^:]+:(?!latest$)[A-Za-z0-9.-]+"));
    }

    @Test
    void theLocalPagesAreAtTheirNodePorts() {
        assertThat(Renderings.overlay("local").all(Service.class))
                .filteredOn(service -> "NodePort".equals(service.getSpec().getType()))
                .extracting(
                        service -> service.getMetadata().getName(),
                        service -> service.getSpec().getPorts().get(0).getNodePort())
                .containsExactlyInAnyOrder(tuple("vote", 31000), tuple("result", 31001));
    }

    /** Without it, present mode has no keys for organisers (decision 41). Both servers must name the same address. */
    @ParameterizedTest
    @MethodSource("overlays")
    void presentModeMayBeShownByTheOrganisersPageAndByNoOther(Rendering overlay) {
        assertThat(overlay.all(ConfigMap.class).map(ConfigMap::getData).filter(data -> data.containsKey(ORGANISER_URL)))
                .hasSize(2)
                .extracting(data -> data.get(ORGANISER_URL))
                .containsOnly(
                        overlay.name().endsWith("local") ? "http://{host}:8083/" : "https://organiser.example.org/");
    }

    @Test
    void theReadmeForwardsThePortThatTheLocalOverlayNames() {
        assertThat(Renderings.FOLDER.resolve("README.md"))
                .content()
                .contains("port-forward service/organiser 8083:80", "<http://localhost:8083/>");
    }

    @Test
    void theLocalOverlayFitsTwoProcessorsAndFourGibibytes() {
        Rendering local = Renderings.overlay("local");
        assertThat(sum(local, "cpu", true)).isLessThan(new BigDecimal(2));
        assertThat(sum(local, "memory", false)).isLessThan(new BigDecimal(4L << 30));
    }

    @Test
    void inProductionEveryServerIsSpreadScaledAndDrainedOneByOne() {
        Rendering production = Renderings.overlay("production");
        assertThat(production.all(Deployment.class)).hasSize(4).allSatisfy(server -> {
            assertThat(server.getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
                    .isNotEmpty();
            // The autoscaler says how many; a number here would undo what it did with each apply. Organisers are few:
            // they have none.
            assertThat(server.getSpec().getReplicas())
                    .isEqualTo(server.getMetadata().getName().equals(ORGANISER) ? Integer.valueOf(2) : null);
            assertThat(server.getSpec()
                            .getStrategy()
                            .getRollingUpdate()
                            .getMaxUnavailable()
                            .getIntVal())
                    .isZero();
        });
        assertThat(production.all(HorizontalPodAutoscaler.class))
                .allSatisfy(
                        scaler -> assertThat(scaler.getSpec().getMinReplicas()).isGreaterThanOrEqualTo(2))
                .extracting(scaler -> scaler.getSpec().getScaleTargetRef().getName())
                .containsExactlyInAnyOrderElementsOf(SERVERS);
        assertThat(production.all(PodDisruptionBudget.class))
                .extracting(budget ->
                        budget.getSpec().getSelector().getMatchLabels().get("app.kubernetes.io/name"))
                .containsExactlyInAnyOrder("vote", "worker", "result", ORGANISER);
    }

    /** By the security context constraint, which OpenShift has beside its default; whatever else the default asks for holds anyway. */
    @Test
    void onOpenShiftPodsMayHaveTheirUserIds() {
        Rendering openshift = Renderings.component("openshift");
        RoleBinding binding = openshift.all(RoleBinding.class).findFirst().orElseThrow();
        assertThat(binding.getSubjects()).extracting(Subject::getName).containsExactly("system:serviceaccounts");
        assertThat(openshift.all(Role.class))
                .filteredOn(role ->
                        role.getMetadata().getName().equals(binding.getRoleRef().getName()))
                .flatExtracting(Role::getRules)
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.getApiGroups()).containsExactly("security.openshift.io");
                    assertThat(rule.getResources()).containsExactly("securitycontextconstraints");
                    assertThat(rule.getResourceNames()).containsExactly("nonroot-v2");
                    assertThat(rule.getVerbs()).containsExactly("use");
                });
    }

    /** In production an operator makes it, under the same name. */
    @Test
    void theAdministratorOfRedisHasTheNameThatTheReadmeKnows() {
        assertThat(Renderings.FOLDER.resolve("README.md")).content().contains("get secret redis-admin ");
        assertThat(Renderings.overlay("local").all(Secret.class))
                .extracting(secret -> secret.getMetadata().getName())
                .contains("redis-admin");
    }

    /** A voter's way in leads there by no host and no path, and its certificate is another. */
    @Test
    void noIngressOrGatewayOfVotersLeadsToTheOrganisersPage() {
        assertThat(Renderings.component("ingress").all(Ingress.class))
                .filteredOn(OverlayTest::leadsToOrganisers)
                .singleElement()
                .satisfies(own -> {
                    assertThat(own.getSpec().getRules())
                            .extracting(IngressRule::getHost)
                            .containsExactly("organiser.example.org");
                    assertThat(own.getSpec().getTls())
                            .extracting(IngressTLS::getSecretName)
                            .containsExactly("voting-organiser-tls");
                });
        assertThat(Renderings.component("gateway").all(HTTPRoute.class))
                .filteredOn(OverlayTest::leadsToOrganisers)
                .singleElement()
                .satisfies(own -> {
                    assertThat(own.getSpec().getHostnames()).containsExactly("organiser.example.org");
                    assertThat(own.getSpec().getParentRefs())
                            .extracting(ParentReference::getName)
                            .containsExactly("voting-organiser");
                });
    }

    private static boolean leadsToOrganisers(Ingress ingress) {
        return ingress.getSpec().getRules().stream()
                .flatMap(rule -> rule.getHttp().getPaths().stream())
                .anyMatch(path -> path.getBackend().getService().getName().equals(ORGANISER));
    }

    private static boolean leadsToOrganisers(HTTPRoute route) {
        return route.getSpec().getRules().stream()
                .flatMap(rule -> rule.getBackendRefs().stream())
                .anyMatch(backend -> backend.getName().equals(ORGANISER));
    }

    @Test
    void withoutTheirTwoLinesTheStoresAreGone() {
        Rendering managed = Renderings.all().stream()
                .filter(rendering -> rendering.name().equals("components/managed-stores"))
                .findFirst()
                .orElseThrow();
        assertThat(managed.all(StatefulSet.class)).isEmpty();
        assertThat(managed.all(Service.class))
                .extracting(service -> service.getMetadata().getName())
                .doesNotContainAnyElementsOf(STORES);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void redisKeepsWhatItSaidItHas(Rendering overlay) {
        String configuration = overlay.all(ConfigMap.class)
                .filter(map -> map.getData().containsKey("redis.conf"))
                .map(map -> map.getData().get("redis.conf"))
                .findFirst()
                .orElseThrow();
        assertThat(configuration.lines())
                .contains("appendonly yes", "appendfsync always", "maxmemory-policy noeviction");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyServiceSelectsPods(Rendering overlay) {
        assertThat(overlay.all(Service.class))
                .allSatisfy(service -> assertThat(overlay.workloads())
                        .anySatisfy(workload -> assertThat(
                                        workload.template().getMetadata().getLabels())
                                .containsAllEntriesOf(service.getSpec().getSelector())));
    }

    private static Set<String> secretsReferredTo(Rendering overlay) {
        return overlay.workloads().stream()
                .flatMap(workload -> References.secrets(workload.template().getSpec()).stream())
                .collect(toSet());
    }

    private static Set<String> names(Rendering rendering, Class<? extends HasMetadata> kind) {
        return rendering
                .all(kind)
                .map(resource -> resource.getMetadata().getName())
                .collect(toSet());
    }

    private static Set<String> images(Rendering overlay) {
        return overlay.workloads().stream()
                .flatMap(workload -> References.containers(workload.template().getSpec()))
                .map(Container::getImage)
                .collect(toSet());
    }

    private static BigDecimal sum(Rendering overlay, String resource, boolean requested) {
        Function<Workload, BigDecimal> ofAPod = workload -> workload.template().getSpec().getContainers().stream()
                .map(container -> requested
                        ? container.getResources().getRequests()
                        : container.getResources().getLimits())
                .map(quantities -> Quantity.getAmountInBytes(quantities.get(resource)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return overlay.workloads().stream().map(ofAPod).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
