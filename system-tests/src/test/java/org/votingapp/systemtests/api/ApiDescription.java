package org.votingapp.systemtests.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server's description of its API at {@code /openapi} (OpenAPI 3.1), which checks the server's answers.
 *
 * <p>It is stricter than OpenAPI: a described header must be present, and an undescribed header or member fails. An operation
 * is written as {@code GET /api/poll}.
 */
final class ApiDescription {

    /** HTTP's own headers, which need no description. */
    private static final Set<String> OF_HTTP = Set.of("connection", "expires", "set-cookie", "transfer-encoding");

    private static final String UNDESCRIBED_MEMBERS = "unevaluatedProperties";

    private final JsonMapper mapper = new JsonMapper();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final JsonNode document;
    private final Set<String> unseen = new TreeSet<>();

    /** Headers that an answer may have without a description. */
    private final Set<String> common;

    private ApiDescription(String json, Set<String> common) {
        this.common = common;
        document = mapper.readTree(json);
        document.findValues("items").forEach(ApiDescription::closed);
        document.get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> operation
                        .get("responses")
                        .propertyNames()
                        .forEach(status -> unseen.add(
                                answer(method.toUpperCase(Locale.ROOT) + " " + path, Integer.parseInt(status))))));
    }

    static ApiDescription of(RawHttp server) throws IOException {
        // Every answer has the headers for security, which HeadersIT tests.
        Set<String> common = names(server.get("/api/nothing"));
        common.addAll(OF_HTTP);
        URI address = URI.create("http://127.0.0.1:" + server.port() + "/openapi?format=JSON");
        try (InputStream json = address.toURL().openStream()) {
            return new ApiDescription(new String(json.readAllBytes(), UTF_8), common);
        }
    }

    /** The described answers that have not been checked, such as {@code GET /api/poll: 200}. */
    Set<String> unseen() {
        return unseen;
    }

    /** Checks that this answer has this status, and is described with its headers and its body. */
    void check(String operation, int status, Answer answer) {
        assertThat(answer.code()).as("%s: %s", operation, answer).isEqualTo(status);
        JsonNode response = response(operation, status);
        checkHeaders(response.path("headers"), answer);
        checkBody(response.path("content"), answer);
        unseen.remove(answer(operation, status));
    }

    /** Checks a document against one of the named schemas. */
    void checkDocument(String schema, String json) {
        fits(document.at("/components/schemas/" + schema), mapper.readTree(json));
    }

    /** Checks that each example in the description of an answer is of the form that is described beside it. */
    void checkExamples() {
        for (JsonNode content : document.findValues("content")) {
            content.forEach(media -> {
                if (media.has("example")) {
                    fits(media.get("schema"), media.get("example"));
                }
            });
        }
    }

    private JsonNode response(String operation, int status) {
        String[] parts = operation.split(" ");
        JsonNode responses =
                document.path("paths").path(parts[1]).path(lowerCase(parts[0])).path("responses");
        JsonNode response = responses.path(Integer.toString(status));
        assertThat(response.isMissingNode())
                .as("%s is not among %s", answer(operation, status), responses.propertyNames())
                .isFalse();
        return resolved(response);
    }

    private void checkHeaders(JsonNode described, Answer answer) {
        Set<String> names = described.propertyNames().stream()
                .map(ApiDescription::lowerCase)
                .collect(Collectors.toSet());
        assertThat(names(answer))
                .as("headers of %s", answer)
                .containsAll(names)
                .allMatch(name -> names.contains(name) || common.contains(name), "described");
        described.forEachEntry((name, header) -> {
            String value = answer.header(name).orElseThrow();
            JsonNodeFactory json = mapper.getNodeFactory();
            fits(
                    resolved(header).get("schema"),
                    value.matches("-?\\d+") ? json.numberNode(Long.parseLong(value)) : json.stringNode(value));
        });
    }

    private void checkBody(JsonNode content, Answer answer) {
        if (content.isMissingNode()) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        String mediaType = answer.header("Content-Type").orElseThrow().split(";")[0];
        assertThat(content.propertyNames()).as("%s", answer).containsExactly(mediaType);
        fits(
                content.get(mediaType).get("schema"),
                mediaType.endsWith("json")
                        ? mapper.readTree(text(answer))
                        : mapper.getNodeFactory().stringNode(text(answer)));
    }

    private void fits(JsonNode described, JsonNode value) {
        ObjectNode closed = closed(described.deepCopy());
        // What the schema refers to.
        closed.set("components", document.get("components"));
        Schema schema = schemas.getSchema(closed);
        assertThat(schema.validate(value)).as("%s", value).isEmpty();
    }

    /** A schema that takes no member which it doesn't describe. */
    private static ObjectNode closed(JsonNode schema) {
        return ((ObjectNode) schema).put(UNDESCRIBED_MEMBERS, false);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static String answer(String operation, int status) {
        return operation + ": " + status;
    }

    private static Set<String> names(Answer answer) {
        return answer.headers().stream()
                .map(header -> lowerCase(header.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String text(Answer answer) {
        return new String(answer.body().getBytes(ISO_8859_1), UTF_8);
    }
}
