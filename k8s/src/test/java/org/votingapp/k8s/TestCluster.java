package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cluster that kubectl points to, and the system on it. */
final class TestCluster implements AutoCloseable {

    static final String NAMESPACE = "voting";

    /** An annotation of the namespace that tests made, and may delete. */
    private static final String THROW_AWAY = "votingapp.org/throw-away";

    /** By this annotation somebody says that votes may go: base/guard.yaml. */
    static final String MAY_BE_DELETED = "votingapp.org/may-be-deleted";

    static final List<String> SERVERS = List.of("vote", "worker", "result");
    /** Those that have an image: the servers that voters need, and that of the organisers. */
    static final List<String> IMAGES = List.of("vote", "worker", "result", "organiser");

    static final List<String> STORES = List.of("redis", "postgres");

    private static final Set<String> IN_EVERY_NAMESPACE =
            Set.of("configmap/kube-root-ca.crt", "serviceaccount/default");

    static final String NAME = "app.kubernetes.io/name";
    private static final Duration START = Duration.ofMinutes(6);

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final String redisOptions;

    /** Where Redis speaks to everybody in the cluster. */
    TestCluster() {
        this("");
    }

    /** @param redisOptions what redis-cli must be told to speak to Redis from inside its pod */
    TestCluster(String redisOptions) {
        this.redisOptions = redisOptions;
    }

    KubernetesClient client() {
        return client;
    }

    /** Makes or changes resources. */
    void apply(List<? extends HasMetadata> resources) {
        resources.forEach(resource ->
                client.resource(resource).fieldManager("tests").forceConflicts().serverSideApply());
    }

    /** Makes the namespace, with a sign that it is one to be thrown away. */
    void claim() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .addToAnnotations(THROW_AWAY, "true")
                        .endMetadata()
                        .build())
                .create();
    }

    /**
     * Removes whatever an earlier run left, volumes included.
     *
     * @throws IllegalStateException where there is a namespace that {@link #claim} did not make: it may hold somebody's votes
     */
    void clear() {
        Namespace namespace = client.namespaces().withName(NAMESPACE).get();
        if (namespace == null) {
            return;
        }
        if (!"true"
                .equals(Objects.requireNonNullElse(namespace.getMetadata().getAnnotations(), Map.of())
                        .get(THROW_AWAY))) {
            throw new IllegalStateException(
                    ("The cluster %s has a namespace %s that these tests did not make, and they would"
                                    + " delete it with its votes. Point kubectl to a cluster that is there for tests.")
                            .formatted(client.getMasterUrl(), NAMESPACE));
        }
        client.namespaces()
                .withName(NAMESPACE)
                .edit(found -> new NamespaceBuilder(found)
                        .editMetadata()
                        .addToAnnotations(MAY_BE_DELETED, "true")
                        .endMetadata()
                        .build());
        client.namespaces().withName(NAMESPACE).delete();
        await("the namespace is gone")
                .atMost(START)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !hasNamespace());
        guards().forEach(guard -> {
            client.resource(guard).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
            client.resource(guard).delete();
        });
    }

    /** What keeps the namespace and its volumes, as far as it is there. */
    List<HasMetadata> guards() {
        return Renderings.overlay("local").resources().stream()
                .filter(resource -> resource.getKind().startsWith("ValidatingAdmissionPolicy"))
                .filter(guard -> client.resource(guard).get() != null)
                .toList();
    }

    /** What the API server would make of a resource; it refuses fields that it does not know, and changes nothing. */
    HasMetadata wouldTake(HasMetadata resource) {
        return client.resource(resource)
                .dryRun()
                .fieldManager("tests")
                .forceConflicts()
                .serverSideApply();
    }

    /** Waits until everything is there as it was asked for, and nothing older is. */
    void awaitReady() {
        await("all ready").atMost(START).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            assertThat(deployments()).allSatisfy(TestCluster::assertRolledOut);
            assertThat(client.apps()
                            .statefulSets()
                            .inNamespace(NAMESPACE)
                            .list()
                            .getItems())
                    .isNotEmpty()
                    .allSatisfy(TestCluster::assertReady);
        });
    }

    private List<Deployment> deployments() {
        return client.apps().deployments().inNamespace(NAMESPACE).list().getItems();
    }

    private static void assertRolledOut(Deployment deployment) {
        int wanted = deployment.getSpec().getReplicas();
        assertThat(deployment.getStatus().getObservedGeneration())
                .isEqualTo(deployment.getMetadata().getGeneration());
        assertThat(Stream.of(
                                deployment.getStatus().getUpdatedReplicas(),
                                deployment.getStatus().getReplicas(),
                                deployment.getStatus().getAvailableReplicas())
                        .map(number -> Objects.requireNonNullElse(number, 0)))
                .as(deployment.getMetadata().getName())
                .containsOnly(wanted);
    }

    private static void assertReady(StatefulSet set) {
        assertThat(set.getStatus().getObservedGeneration())
                .isEqualTo(set.getMetadata().getGeneration());
        assertThat(set.getStatus().getCurrentRevision())
                .as(set.getMetadata().getName())
                .isEqualTo(set.getStatus().getUpdateRevision());
        assertThat(set.getStatus().getReadyReplicas())
                .as(set.getMetadata().getName())
                .isEqualTo(set.getSpec().getReplicas());
    }

    /** The pods of a workload. */
    List<Pod> pods(String name) {
        return client.pods().inNamespace(NAMESPACE).withLabel(NAME, name).list().getItems();
    }

    /** A ready one of them. */
    Pod pod(String name) {
        return pods(name).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness.getInstance()::isReady)
                .findFirst()
                .orElseThrow();
    }

    /** Ends a pod within a second, whatever it is at, and waits for the one that takes its place. */
    void kill(String name) {
        Pod pod = pod(name);
        client.resource(pod).withGracePeriod(1).delete();
        await(name + " is replaced")
                .atMost(START)
                .until(() -> pods(name).stream()
                                .noneMatch(other -> other.getMetadata()
                                        .getUid()
                                        .equals(pod.getMetadata().getUid()))
                        && pods(name).stream().anyMatch(Readiness.getInstance()::isReady));
        awaitReady();
    }

    /** Replaces every pod of a server, as a new version does. */
    void roll(String name) {
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(name)
                .rolling()
                .restart();
        awaitReady();
        await(name + "'s old pods are gone")
                .atMost(START)
                .until(() ->
                        pods(name).stream().allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null));
    }

    /** Has all pods of the servers on one node, where they are not there yet. */
    void gatherOn(String node) throws IOException, InterruptedException {
        String others = client.nodes().list().getItems().stream()
                .map(other -> other.getMetadata().getName())
                .filter(other -> !other.equals(node))
                .collect(Collectors.joining(" "));
        Kubectl.succeed("cordon " + others);
        try {
            SERVERS.stream().filter(name -> elsewhere(name, node) > 0).forEach(this::roll);
        } finally {
            Kubectl.succeed("uncordon " + others);
        }
    }

    /** Waits until the autoscalers have made so many of each server, and these are ready. */
    void awaitAtLeast(int replicas) {
        await(replicas + " of each server")
                .atMost(START)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(deployments()).allSatisfy(deployment -> {
                    assertThat(deployment.getSpec().getReplicas()).isGreaterThanOrEqualTo(replicas);
                    assertRolledOut(deployment);
                }));
    }

    /** The node of each pod, by the pod's name. */
    Map<String, String> places() {
        return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .collect(Collectors.toMap(
                        pod -> pod.getMetadata().getName(), pod -> pod.getSpec().getNodeName()));
    }

    /** The nodes of which nothing is heard. */
    List<String> deadNodes() {
        return client.nodes().list().getItems().stream()
                .filter(node -> !Readiness.getInstance().isReady(node))
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    /** How many pods of a server have their place on other nodes than this. */
    long elsewhere(String name, String node) {
        return pods(name).stream()
                .map(pod -> pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .filter(place -> !place.equals(node))
                .count();
    }

    /** How many pods of a server are wanted. */
    int wanted(String name) {
        return client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    void scale(String name, int replicas) {
        client.apps().deployments().inNamespace(NAMESPACE).withName(name).scale(replicas);
    }

    /** Stops a store and waits until it is gone; {@link #bringBack} undoes it. */
    void takeAway(String store) {
        client.apps().statefulSets().inNamespace(NAMESPACE).withName(store).scale(0);
        await(store + " is gone").atMost(START).until(() -> pods(store).isEmpty());
    }

    /** Starts a store again and waits until everything is ready. */
    void bringBack(String store) {
        client.apps().statefulSets().inNamespace(NAMESPACE).withName(store).scale(1);
        awaitReady();
    }

    /** How often a container of the system was started again. */
    int restarts() {
        return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
    }

    /** What is in the namespace, by {@code kind/name}, but for what every namespace has and for events. */
    List<String> everythingLeft() throws IOException, InterruptedException {
        String kinds = Kubectl.succeed("api-resources --namespaced --verbs=list,get,delete -o name")
                .lines()
                .filter(kind -> !kind.startsWith("events"))
                .collect(Collectors.joining(","));
        return Kubectl.succeed("get " + kinds + " --namespace " + NAMESPACE + " -o name")
                .lines()
                // Not what kubectl says besides.
                .filter(line -> line.matches("[a-z0-9.]+/\\S+"))
                .filter(name -> !IN_EVERY_NAMESPACE.contains(name))
                .toList();
    }

    /** Runs a shell line in the first container of a pod. */
    Outcome exec(Pod pod, String line) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ExecWatch running = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .inContainer(pod.getSpec().getContainers().get(0).getName())
                .writingOutput(output)
                .writingError(output)
                .exec("sh", "-c", line)) {
            int status = running.exitCode().get(60, TimeUnit.SECONDS);
            return new Outcome(status, output.toString(StandardCharsets.UTF_8).strip());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException failed) {
            throw new IllegalStateException(line, failed);
        }
    }

    /** A line of SQL as the superuser. */
    String sql(String statement) {
        Outcome outcome =
                exec(pod("postgres"), "psql -U postgres -d voting -At -v ON_ERROR_STOP=1 -c \"" + statement + "\"");
        if (!outcome.succeeded()) {
            throw new IllegalStateException(statement + "\n" + outcome.text());
        }
        return outcome.text();
    }

    /** A command of Redis as its administrator. */
    String redis(String command) {
        String password = secret("redis-admin", "password");
        return exec(pod("redis"), "REDISCLI_AUTH=" + password + " redis-cli " + redisOptions + command)
                .text();
    }

    /** What is under a key of the Secret that has this name, or begins with it where Kustomize has added a hash. */
    String secret(String name, String key) {
        return client.secrets().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(secret -> secret.getMetadata().getName().startsWith(name))
                .map(secret -> secret.getData().get(key))
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    /** Does now what a cron job does by the clock; its log. */
    String runNow(String cronJob, String name) {
        Job job = start(cronJob, name);
        await(name)
                .atMost(START)
                .until(() -> Objects.requireNonNullElse(
                                client.resource(job).get().getStatus().getSucceeded(), 0)
                        == 1);
        return client.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).getLog();
    }

    /** The same, where it cannot be done; the log of the first pod that failed at it. */
    String failNow(String cronJob, String name) {
        Job job = start(cronJob, name);
        await(name + " fails")
                .atMost(START)
                .until(() -> Objects.requireNonNullElse(
                                client.resource(job).get().getStatus().getFailed(), 0)
                        > 0);
        try {
            return client.pods().inNamespace(NAMESPACE).withLabel("job-name", name).list().getItems().stream()
                    .filter(pod -> pod.getStatus().getPhase().equals("Failed"))
                    .map(pod -> client.pods().resource(pod).getLog())
                    .findFirst()
                    .orElseThrow();
        } finally {
            client.resource(job).delete();
        }
    }

    private Job start(String cronJob, String name) {
        CronJob cron = client.batch()
                .v1()
                .cronjobs()
                .inNamespace(NAMESPACE)
                .withName(cronJob)
                .get();
        Job job = new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .addToLabels("app.kubernetes.io/part-of", "voting")
                .endMetadata()
                .withSpec(cron.getSpec().getJobTemplate().getSpec())
                .build();
        return client.resource(job).create();
    }

    boolean hasNamespace() {
        Namespace namespace = client.namespaces().withName(NAMESPACE).get();
        return namespace != null;
    }

    @Override
    public void close() {
        client.close();
    }
}
