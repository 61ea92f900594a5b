package org.votingapp.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads manifests into the types that are generated from the API's schema; a kind or a field that these do not know, or a
 * value of another type, is an error.
 */
final class StrictReader {

    private final KubernetesSerialization kinds = new KubernetesSerialization();
    private final YAMLMapper yaml = new YAMLMapper();
    private final ObjectMapper strict = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NothingUnknown())
            .build();

    /** The resources of a file of many documents. */
    List<HasMetadata> read(String documents) throws IOException {
        List<HasMetadata> resources = new ArrayList<>();
        try (YAMLParser parser = yaml.getFactory().createParser(documents)) {
            for (JsonNode document : yaml.readValues(parser, JsonNode.class).readAll()) {
                resources.add(read(document));
            }
        }
        return resources;
    }

    private HasMetadata read(JsonNode document) {
        String what = document.path("kind").asText() + " "
                + document.at("/metadata/name").asText();
        Class<?> type = Optional.ofNullable(kinds.getRegisteredKubernetesResource(
                        document.path("apiVersion").asText(),
                        document.path("kind").asText()))
                .orElseThrow(() -> new IllegalArgumentException(
                        what + ": no kind of " + document.path("apiVersion").asText()));
        try {
            return (HasMetadata) strict.treeToValue(document, type);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(what + ": " + wrong.getOriginalMessage(), wrong);
        }
    }

    /** The types keep fields that they do not know in a map of their own, for forward compatibility; not here. */
    private static final class NothingUnknown extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
