package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Kustomize makes of an overlay, or of the base with a component.
 *
 * @param name says of what
 * @param resources what it makes
 */
record Rendering(String name, List<HasMetadata> resources) {

    Rendering {
        resources = List.copyOf(resources);
    }

    /** The resources of a kind. */
    <T extends HasMetadata> Stream<T> all(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** Everything that makes pods. */
    List<Workload> workloads() {
        List<Workload> workloads = new ArrayList<>();
        all(Deployment.class)
                .forEach(deployment ->
                        workloads.add(workload(deployment, deployment.getSpec().getTemplate(), true)));
        all(StatefulSet.class)
                .forEach(set -> workloads.add(workload(set, set.getSpec().getTemplate(), true)));
        all(CronJob.class)
                .forEach(job -> workloads.add(
                        workload(job, job.getSpec().getJobTemplate().getSpec().getTemplate(), false)));
        return workloads;
    }

    private Workload workload(HasMetadata owner, PodTemplateSpec template, boolean serves) {
        return new Workload(name, owner, template, serves);
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * A workload.
     *
     * @param rendering where it was found
     * @param owner the resource that makes the pods
     * @param template what the pods are like
     * @param serves whether its pods are there to stay, not to end
     */
    record Workload(String rendering, HasMetadata owner, PodTemplateSpec template, boolean serves) {

        /** Its name. */
        String name() {
            return owner.getMetadata().getName();
        }

        /** Whether it is one of the servers. */
        boolean isServer() {
            return owner instanceof Deployment;
        }

        @Override
        public String toString() {
            return rendering + ": " + owner.getKind() + " " + name();
        }
    }
}
