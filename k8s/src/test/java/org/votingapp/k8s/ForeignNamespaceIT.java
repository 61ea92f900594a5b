package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody's votes on the cluster that kubectl happens to point to are none of the tests' business. */
class ForeignNamespaceIT {

    @Test
    void aNamespaceThatTheTestsDidNotMakeIsLeftAlone() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.clear();
            Namespace foreign = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(TestCluster.NAMESPACE)
                    .endMetadata()
                    .build();
            String id =
                    cluster.client().resource(foreign).create().getMetadata().getUid();
            try {
                assertThatThrownBy(cluster::clear)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("that these tests did not make");
                Namespace after = cluster.client().resource(foreign).get();
                assertThat(after.getMetadata().getUid()).isEqualTo(id);
                assertThat(after.getMetadata().getDeletionTimestamp()).isNull();
            } finally {
                cluster.client().resource(foreign).delete();
                // Else the next test would find it, and take it for somebody's.
                await("it is gone").atMost(Duration.ofMinutes(1)).until(() -> !cluster.hasNamespace());
            }
        }
    }
}
