package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.votingapp.k8s.Rendering.Workload;

/**
 * Components on the base and over both overlays: each pair in both orders, each set of those that concern the same pods, and
 * some of all in any order. Every arrow is open, images have their version, clients and stores speak alike, references hold.
 */
@RendersManifests
class CombinationsTest {

    private static final List<String> STORES = List.of("base/postgres", "base/redis");

    /** Those of which one changes or selects what another one brings. */
    private static final List<String> CONCERNED =
            List.of("backup", "managed-stores", "monitoring", "network-policy", "openid-connect", "tls");

    private static final int IN_ANY_ORDER = 40;
    private static final int TWO_AT_A_TIME = 2;

    /** A combination: what an overlay lists, in its order. */
    private record Combination(List<String> resources, List<String> components) {

        /** The components that the overlay below takes included. */
        Set<String> taken() throws IOException {
            Set<String> taken = new LinkedHashSet<>(components);
            if (isOverAnOverlay()) {
                taken.addAll(componentsOf(resources.get(0)));
            }
            return taken;
        }

        boolean isOverAnOverlay() {
            return resources.get(0).startsWith("overlays/");
        }

        @Override
        public String toString() {
            return String.join(" + ", resources) + " with " + String.join(", ", components);
        }
    }

    @Test
    void componentsOnTheBase() throws Exception {
        List<List<String>> orders = new ArrayList<>(pairs(Renderings.components()));
        orders.addAll(sets(CONCERNED));
        orders.addAll(inAnyOrder(Renderings.components()));
        hold(orders.stream().distinct().map(CombinationsTest::onTheBase).toList());
    }

    @Test
    void oneStoreOutsideAndOneInside() throws Exception {
        List<String> components = List.of("managed-stores", "network-policy", "backup");
        hold(STORES.stream()
                .map(store -> new Combination(List.of("base", store), components))
                .toList());
    }

    @Test
    void componentsOverTheLocalOverlay() throws Exception {
        hold(over("overlays/local"));
    }

    @Test
    void componentsOverTheProductionOverlay() throws Exception {
        hold(over("overlays/production"));
    }

    /** It says so, where another order would leave the worker to its processor time without a word. */
    @Test
    void scalingByBacklogWithoutTheAutoscalerBeforeItIsRefused() {
        for (List<String> components :
                List.of(List.of("autoscaling-by-backlog"), List.of("autoscaling-by-backlog", "autoscaling"))) {
            Combination combination = onTheBase(components);
            assertThatThrownBy(() -> render(combination, 0)).hasMessageContaining("HorizontalPodAutoscaler");
        }
    }

    private static List<Combination> over(String overlay) throws IOException {
        List<String> further = new ArrayList<>(Renderings.components());
        further.removeAll(componentsOf(overlay));
        List<List<String>> orders = new ArrayList<>(pairs(further));
        orders.addAll(inAnyOrder(further));
        return orders.stream()
                .filter(components -> isTaken(overlay, components))
                .map(components -> new Combination(List.of(overlay), components))
                .toList();
    }

    private static boolean isTaken(String overlay, List<String> components) {
        try {
            return componentsOf(overlay).contains("autoscaling") || isTaken(components);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Whether Kustomize takes them in this order. */
    private static boolean isTaken(List<String> components) {
        int backlog = components.indexOf("autoscaling-by-backlog");
        return backlog < 0 || components.subList(0, backlog).contains("autoscaling");
    }

    private static Combination onTheBase(List<String> components) {
        List<String> resources = new ArrayList<>(List.of("base", "base/organiser"));
        if (!components.contains("managed-stores")) {
            resources.addAll(STORES);
        }
        return new Combination(resources, components);
    }

    private static List<List<String>> pairs(List<String> components) {
        return components.stream()
                .flatMap(first -> components.stream()
                        .filter(second -> !second.equals(first))
                        .map(second -> List.of(first, second)))
                .filter(CombinationsTest::isTaken)
                .toList();
    }

    private static List<List<String>> sets(List<String> components) {
        return IntStream.range(0, 1 << components.size())
                .mapToObj(set -> IntStream.range(0, components.size())
                        .filter(index -> (set >> index & 1) == 1)
                        .mapToObj(components::get)
                        .toList())
                .toList();
    }

    /** The same ones each time, so that what fails can be looked at. */
    private static List<List<String>> inAnyOrder(List<String> components) {
        Random random = new Random(24);
        return Stream.generate(() -> {
                    List<String> shuffled = new ArrayList<>(components);
                    Collections.shuffle(shuffled, random);
                    return shuffled.subList(0, 3 + random.nextInt(shuffled.size() - 2));
                })
                .filter(CombinationsTest::isTaken)
                .limit(IN_ANY_ORDER)
                .toList();
    }

    private static void hold(List<Combination> combinations) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TWO_AT_A_TIME);
        try {
            SoftAssertions all = new SoftAssertions();
            List<Future<Rendering>> renderings = IntStream.range(0, combinations.size())
                    .mapToObj(index -> threads.submit(() -> render(combinations.get(index), index)))
                    .toList();
            for (int index = 0; index < combinations.size(); index++) {
                holds(all, combinations.get(index), renderings.get(index).get());
            }
            all.assertAll();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Rendering render(Combination combination, int place) throws IOException, InterruptedException {
        return Renderings.combination(
                "combination-" + combination.resources().get(0).replace('/', '-') + "-" + place,
                combination.toString(),
                combination.resources(),
                combination.components());
    }

    private static void holds(SoftAssertions all, Combination combination, Rendering rendering) throws IOException {
        Set<String> taken = combination.taken();
        if (taken.contains("network-policy")) {
            all.assertThat(Arrows.open(rendering))
                    .as("open in " + combination)
                    .isEqualTo(Arrows.expected(rendering, taken));
        } else {
            all.assertThat(Arrows.open(rendering))
                    .as("open in " + combination)
                    .containsAll(Arrows.expected(rendering, Set.of("managed-stores", "monitoring")));
        }
        boolean tls = taken.contains("tls");
        String version = combination.isOverAnOverlay() ? ".+[@:].+" : "voting-(vote|worker|result|organiser)|.+[@:].+";
        Set<String> configMaps = rendering
                .all(ConfigMap.class)
                .map(map -> map.getMetadata().getName())
                .collect(Collectors.toSet());
        for (Workload workload : rendering.workloads()) {
            PodSpec pod = workload.template().getSpec();
            all.assertThat(References.containers(pod).map(Container::getImage))
                    .as(workload + ": one image, with its version")
                    .allMatch(image -> image.matches(version))
                    .containsOnly(pod.getContainers().get(0).getImage());
            all.assertThat(References.configMaps(pod)).as(workload.toString()).isSubsetOf(configMaps);
            all.assertThat(tls && isClientOfAStore(pod) && !knowsTheAuthority(pod))
                    .as(workload + " speaks TLS and does not know the authority")
                    .isFalse();
        }
        rendering
                .all(StatefulSet.class)
                .forEach(store -> all.assertThat(speaksTls(store))
                        .as(store.getMetadata().getName() + " speaks TLS in " + combination)
                        .isEqualTo(tls));
        all.assertThat(rendering
                        .all(ConfigMap.class)
                        .map(ConfigMap::getData)
                        .map(data -> data.get("REDIS_URL"))
                        .filter(address -> address != null))
                .as("Redis' address in " + combination)
                .isNotEmpty()
                .allMatch(address -> address.startsWith("rediss:") == tls);
        all.assertThat(rendering.resources().stream().map(HasMetadata::getMetadata))
                .as("namespaces in " + combination)
                .allMatch(metadata -> metadata.getNamespace() == null || "voting".equals(metadata.getNamespace()));
    }

    private static boolean isClientOfAStore(PodSpec pod) {
        return References.configMaps(pod).stream().anyMatch(name -> name.matches("(redis|postgres)-address-.*"));
    }

    private static boolean knowsTheAuthority(PodSpec pod) {
        return pod.getVolumes().stream()
                .map(Volume::getSecret)
                .anyMatch(secret -> secret != null && "stores-ca".equals(secret.getSecretName()));
    }

    private static boolean speaksTls(StatefulSet store) {
        return store.getSpec().getTemplate().getSpec().getVolumes().stream()
                .map(Volume::getSecret)
                .anyMatch(secret -> secret != null
                        && secret.getSecretName().equals(store.getMetadata().getName() + "-tls"));
    }

    private static Set<String> componentsOf(String overlay) throws IOException {
        JsonNode file = new YAMLMapper()
                .readTree(Renderings.FOLDER
                        .resolve(overlay)
                        .resolve("kustomization.yaml")
                        .toFile());
        Set<String> components = new LinkedHashSet<>();
        file.path("components").forEach(path -> components.add(path.asText().replace("../../components/", "")));
        assertThat(components).isNotEmpty();
        return components;
    }
}
