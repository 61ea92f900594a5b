package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The cluster that kubectl points to, and the system on it. */
final class TestCluster implements AutoCloseable {

    static final String NAMESPACE = "voting";
    static final List<String> SERVERS = List.of("vote", "worker", "result");
    static final List<String> STORES = List.of("redis", "postgres");

    private static final String NAME = "app.kubernetes.io/name";
    private static final Duration START = Duration.ofMinutes(6);

    private final KubernetesClient client = new KubernetesClientBuilder().build();

    KubernetesClient client() {
        return client;
    }

    /** Makes or changes what a rendering says, as {@code kubectl apply -k} does. */
    void apply(List<HasMetadata> resources) {
        resources.forEach(resource ->
                client.resource(resource).fieldManager("tests").forceConflicts().serverSideApply());
    }

    /** What the API server would make of a resource; it refuses fields that it does not know, and changes nothing. */
    HasMetadata wouldTake(HasMetadata resource) {
        return client.resource(resource).dryRun().serverSideApply();
    }

    /** What {@code kubectl delete -k … -l app.kubernetes.io/part-of=voting} does. */
    void delete(List<HasMetadata> resources) {
        resources.stream()
                .filter(resource -> resource.getMetadata().getLabels() != null
                        && "voting".equals(resource.getMetadata().getLabels().get("app.kubernetes.io/part-of")))
                .forEach(resource -> client.resource(resource).delete());
    }

    /** Waits until everything is there as it was asked for, and nothing older is. */
    void awaitReady() {
        await("all ready").atMost(START).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            assertThat(deployments()).isNotEmpty().allSatisfy(TestCluster::assertRolledOut);
            assertThat(client.apps()
                            .statefulSets()
                            .inNamespace(NAMESPACE)
                            .list()
                            .getItems())
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

    void scale(String name, int replicas) {
        client.apps().deployments().inNamespace(NAMESPACE).withName(name).scale(replicas);
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
        return exec(pod("postgres"), "psql -U postgres -d voting -At -v ON_ERROR_STOP=1 -c \"" + statement + "\"")
                .text();
    }

    /** A command of Redis as its administrator. */
    String redis(String command) {
        String password = client.secrets().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(secret -> secret.getMetadata().getName().startsWith("redis-admin"))
                .map(TestCluster::password)
                .findFirst()
                .orElseThrow();
        return exec(pod("redis"), "REDISCLI_AUTH=" + password + " redis-cli " + command)
                .text();
    }

    private static String password(Secret secret) {
        return new String(Base64.getDecoder().decode(secret.getData().get("password")), StandardCharsets.UTF_8);
    }

    /** Does now what a cron job does by the clock; its log. */
    String runNow(String cronJob, String name) {
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
        client.resource(job).create();
        await(name)
                .atMost(START)
                .until(() -> Objects.requireNonNullElse(
                                client.resource(job).get().getStatus().getSucceeded(), 0)
                        == 1);
        return client.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).getLog();
    }

    boolean hasNamespace() {
        Namespace namespace = client.namespaces().withName(NAMESPACE).get();
        return namespace != null;
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * How a command ended.
     *
     * @param status 0 where it succeeded
     * @param text what it printed
     */
    record Outcome(int status, String text) {}
}
