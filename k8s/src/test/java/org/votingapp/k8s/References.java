package org.votingapp.k8s;

import static java.util.stream.Collectors.toSet;

import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a pod refers to by name. */
final class References {

    private References() {}

    /** Its containers, those that come first included. */
    static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    /** Names of ConfigMaps. */
    static Set<String> configMaps(PodSpec pod) {
        Stream<String> asVariables = containers(pod)
                .flatMap(container -> container.getEnvFrom().stream())
                .map(EnvFromSource::getConfigMapRef)
                .filter(Objects::nonNull)
                .map(ConfigMapEnvSource::getName);
        Stream<String> asVariable = variables(pod)
                .map(EnvVarSource::getConfigMapKeyRef)
                .filter(Objects::nonNull)
                .map(ConfigMapKeySelector::getName);
        Stream<String> asFiles = pod.getVolumes().stream()
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .map(ConfigMapVolumeSource::getName);
        return Stream.of(asVariables, asVariable, asFiles)
                .flatMap(names -> names)
                .collect(toSet());
    }

    /** Names of Secrets, without which the pod would not start. */
    static Set<String> secrets(PodSpec pod) {
        Stream<String> asVariable = variables(pod)
                .map(EnvVarSource::getSecretKeyRef)
                .filter(Objects::nonNull)
                .map(SecretKeySelector::getName);
        Stream<String> asFiles = pod.getVolumes().stream()
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .filter(secret -> !Boolean.TRUE.equals(secret.getOptional()))
                .map(SecretVolumeSource::getSecretName);
        Stream<String> projected = pod.getVolumes().stream()
                .map(Volume::getProjected)
                .filter(Objects::nonNull)
                .flatMap(projection -> projection.getSources().stream())
                .map(VolumeProjection::getSecret)
                .filter(Objects::nonNull)
                .map(SecretProjection::getName);
        return Stream.of(asVariable, asFiles, projected).flatMap(names -> names).collect(toSet());
    }

    private static Stream<EnvVarSource> variables(PodSpec pod) {
        return containers(pod)
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getValueFrom)
                .filter(Objects::nonNull);
    }
}
