package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchemaTest {

    private static final String POD_WITH = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {%s}
            """;

    private final StrictReader reader = new StrictReader();

    @Test
    @RendersManifests
    void everyOverlayAndEveryComponentIsOfTheSchema() {
        // Reading is the check: an unknown kind or field, or a value of another type, does not come this far.
        assertThat(Renderings.all())
                .hasSize(2 + Renderings.components().size())
                .allSatisfy(rendering -> assertThat(rendering.resources()).isNotEmpty());
    }

    @Test
    void aFieldThatTheSchemaDoesNotKnowIsRefused() {
        assertThatThrownBy(() ->
                        reader.read(POD_WITH.formatted("containers: [{name: a, image: b, imagePullPolice: Never}]")))
                .hasMessageContaining("Pod a")
                .hasMessageContaining("imagePullPolice");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> reader.read(POD_WITH.formatted("hostNetwork: sometimes")))
                .hasMessageContaining("sometimes");
    }

    @Test
    void aKindThatTheSchemaDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> reader.read("{apiVersion: apps/v1, kind: Deploiment, metadata: {name: a}}"))
                .hasMessageContaining("Deploiment a");
    }
}
