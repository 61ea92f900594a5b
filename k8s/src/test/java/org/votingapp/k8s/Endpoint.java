package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import java.util.Map;
import java.util.stream.Collectors;
import org.votingapp.k8s.Rendering.Workload;

/**
 * One end of a connection, as network policies see it: a pod, or an address outside the cluster.
 *
 * @param name what it is called in arrows
 * @param namespace of a pod; empty for an address
 * @param labels of a pod
 * @param ports a pod's named ports
 * @param address outside the cluster, IPv4; empty for a pod
 */
record Endpoint(String name, String namespace, Map<String, String> labels, Map<String, Integer> ports, String address) {

    /** A pod that a workload makes. */
    static Endpoint of(Workload workload) {
        return new Endpoint(
                workload.name(),
                workload.owner().getMetadata().getNamespace(),
                workload.template().getMetadata().getLabels(),
                workload.template().getSpec().getContainers().stream()
                        .map(Container::getPorts)
                        .flatMap(ports -> ports.stream())
                        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)),
                "");
    }

    /** A pod of somebody else's. */
    static Endpoint pod(String name, String namespace, Map<String, String> labels) {
        return new Endpoint(name, namespace, labels, Map.of(), "");
    }

    /** An address outside the cluster, or of a node. */
    static Endpoint address(String name, String address) {
        return new Endpoint(name, "", Map.of(), Map.of(), address);
    }

    boolean isPod() {
        return address.isEmpty();
    }
}
