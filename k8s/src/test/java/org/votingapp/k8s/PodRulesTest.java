package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.k8s.Rendering.Workload;

/** What every pod must be, in whichever overlay and with whichever component. */
@RendersManifests
class PodRulesTest {

    /** Liberty's quiesce: liberty-config/common/observability.xml. */
    private static final int QUIESCE_SECONDS = 30;

    /** How long an outage of a store may last before nobody is left who could tell of it. */
    private static final int OUTAGE_SECONDS = 600;

    /** What a kubelet keeps of a container's log: five files of 10 MiB, unless told otherwise. */
    private static final BigDecimal LOG = new BigDecimal(50 << 20);

    private static final Set<String> PAGES = Set.of("vote", "result", "organiser");

    static Stream<Workload> workloads() {
        return Renderings.all().stream().flatMap(rendering -> rendering.workloads().stream());
    }

    static Stream<Workload> servers() {
        return workloads().filter(Workload::isServer);
    }

    static Stream<Workload> pages() {
        return servers().filter(server -> PAGES.contains(server.name()));
    }

    static Stream<Workload> ofPostgres() {
        return servers().filter(server -> !server.name().equals("vote"));
    }

    static Stream<Workload> serving() {
        return workloads().filter(Workload::serves);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodIsRestricted(Workload workload) {
        PodSpec pod = workload.template().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(containers(pod)).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getCapabilities().getAdd())
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodHasAnAccountOfItsOwnThatCanDoNothing(Workload workload) {
        PodSpec pod = workload.template().getSpec();
        assertThat(pod.getServiceAccountName())
                .isEqualTo(workload.template().getMetadata().getLabels().get("app.kubernetes.io/name"));
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyContainerAsksForAndIsLimitedInProcessorMemoryAndDisk(Workload workload) {
        assertThat(containers(workload.template().getSpec())).allSatisfy(container -> {
            assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory", "ephemeral-storage");
            assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory", "ephemeral-storage");
        });
    }

    @ParameterizedTest
    @MethodSource("serving")
    void everyContainerIsAskedWhetherItStartedLivesAndIsReady(Workload workload) {
        assertThat(workload.template().getSpec().getContainers()).allSatisfy(container -> {
            assertThat(container.getStartupProbe()).isNotNull();
            assertThat(container.getLivenessProbe()).isNotNull();
            assertThat(container.getReadinessProbe()).isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerIsAskedByMicroProfileHealth(Workload workload) {
        Container server = workload.template().getSpec().getContainers().get(0);
        assertThat(path(server.getStartupProbe())).isEqualTo("/health/started");
        assertThat(path(server.getLivenessProbe())).isEqualTo("/health/live");
        assertThat(path(server.getReadinessProbe())).isEqualTo("/health/ready");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageStaysInItsServiceWhileItsStoreIsAwayAndNotWhenItHangs(Workload workload) {
        Container server = workload.template().getSpec().getContainers().get(0);
        assertThat(secondsUntilFailed(server.getReadinessProbe())).isGreaterThanOrEqualTo(OUTAGE_SECONDS);
        assertThat(server.getReadinessProbe().getSuccessThreshold()).isIn(null, 1);
        assertThat(secondsUntilFailed(server.getLivenessProbe())).isLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("ofPostgres")
    void aServerThatStartsMayWaitForPostgresAnHour(Workload workload) {
        Container server = workload.template().getSpec().getContainers().get(0);
        assertThat(secondsUntilFailed(server.getStartupProbe())).isGreaterThanOrEqualTo(3600);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerHasTimeToLeaveItsServiceAndToQuiesce(Workload workload) {
        PodSpec pod = workload.template().getSpec();
        long pause = pod.getContainers()
                .get(0)
                .getLifecycle()
                .getPreStop()
                .getSleep()
                .getSeconds();
        assertThat(pause).isGreaterThanOrEqualTo(5);
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(pause + QUIESCE_SECONDS);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServersStartWorkIsBroughtBackFromTheImage(Workload workload) {
        PodSpec pod = workload.template().getSpec();
        assertThat(pod.getContainers().get(0).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/output", "/logs", "/tmp");
        Container first = pod.getInitContainers().get(0);
        assertThat(first.getCommand()).containsExactly("cp", "-r", "/output/.", "/warm/");
        assertThat(first.getImage()).isEqualTo(pod.getContainers().get(0).getImage());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void noSecretStandsInAVariableOfAServer(Workload workload) {
        assertThat(workload.template().getSpec().getContainers().get(0).getEnv())
                .noneMatch(PodRulesTest::isSecret);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whatIsWrittenIsBoundedInSize(Workload workload) {
        assertThat(workload.template().getSpec().getVolumes())
                .filteredOn(volume -> volume.getEmptyDir() != null)
                .extracting(Volume::getEmptyDir)
                .allSatisfy(folder -> assertThat(folder.getSizeLimit()).isNotNull());
    }

    /** Or its pod would be evicted though none of them is full. */
    @ParameterizedTest
    @MethodSource("workloads")
    void whatIsWrittenAndTheLogFitTheLimit(Workload workload) {
        PodSpec pod = workload.template().getSpec();
        BigDecimal folders = pod.getVolumes().stream()
                .map(Volume::getEmptyDir)
                .filter(folder -> folder != null && !"Memory".equals(folder.getMedium()))
                .map(folder -> Quantity.getAmountInBytes(folder.getSizeLimit()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal limit = pod.getContainers().stream()
                .map(container -> container.getResources().getLimits().get("ephemeral-storage"))
                .map(Quantity::getAmountInBytes)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(limit).isGreaterThanOrEqualTo(folders.add(LOG));
    }

    private static boolean isSecret(EnvVar variable) {
        return variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null;
    }

    private static int secondsUntilFailed(Probe probe) {
        return probe.getPeriodSeconds() * probe.getFailureThreshold();
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static List<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList();
    }
}
