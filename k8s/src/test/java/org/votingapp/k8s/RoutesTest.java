package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page links to and shows is passed on by the ingress and by the gateway; what is for operators is not. */
@RendersManifests
class RoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PROJECT = Renderings.FOLDER.resolve("..");
    private static final Pattern ADDRESS = Pattern.compile("(?:src|href|action)=\"([^\"#{}]+)\"");
    /** Crawlers know it, and a page links to the other one with a language. */
    private static final List<String> NOT_IN_THE_MARKUP = List.of("/robots.txt", "/language");
    /** A page links to them by the id of its poll or the code of its room. */
    private static final List<String> OF_POLLS = List.of(
            "/present",
            "/api/results",
            "/api/results.csv",
            "/polls/lunch",
            "/polls/lunch/present",
            "/api/polls/lunch/results",
            "/api/polls/lunch/results.csv",
            "/api/polls/lunch/results/stream",
            "/vote-code.svg",
            "/KXT4M7",
            "/kxt4m7/present",
            "/api/rooms/KXT4M7/stream");

    /** Of rooms and their polls. */
    private static final List<String> OF_ROOMS = List.of(
            "/KXT4M7", "/kxt4m7", "/api/poll", "/api/rooms/KXT4M7", "/api/polls/lunch", "/api/polls/lunch/votes");

    private static final List<String> FOR_OPERATORS =
            List.of("/metrics", "/health", "/health/ready", "/openapi", "/openapi/ui", "/watchers/lunch");

    /** A path that is passed on, alone, with all that is below it, or as a regular expression. */
    private record Route(String path, String type) {

        boolean passes(String address) {
            return switch (type) {
                case "Exact" -> address.equals(path);
                case "Prefix", "PathPrefix" -> address.equals(path) || address.startsWith(path + "/");
                case "RegularExpression", "ImplementationSpecific" -> address.matches(path);
                default -> throw new IllegalStateException("unknown type: " + this);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"vote, vote-war", "result, result-war", "organiser, organiser-war"})
    void thePageWithAllThatItShows(String server, String module) throws IOException {
        List<String> shown = addresses(PROJECT.resolve(module).resolve("src/main/webapp"));
        assertThat(shown).contains("/assets/voting.css", "/", "/favicon.ico");
        List<String> ofPolls =
                switch (server) {
                    case "result" -> OF_POLLS;
                    case "vote" -> OF_ROOMS;
                    default -> views();
                };
        assertThat(Stream.of(shown, NOT_IN_THE_MARKUP, ofPolls).flatMap(List::stream))
                .allSatisfy(address -> {
                    assertThat(ingress(server)).anyMatch(route -> route.passes(address));
                    assertThat(gateway(server)).anyMatch(route -> route.passes(address));
                });
    }

    @ParameterizedTest
    @CsvSource({"vote", "result", "organiser"})
    void nothingThatIsForOperators(String server) {
        assertThat(FOR_OPERATORS).allSatisfy(address -> {
            assertThat(ingress(server)).isNotEmpty().noneMatch(route -> route.passes(address));
            assertThat(gateway(server)).isNotEmpty().noneMatch(route -> route.passes(address));
        });
    }

    /** Envoy ends any answer after 15 s unless a route says otherwise, and "Live" would flicker. */
    @Test
    void theEventStreamsHaveNoTimeLimitAtTheGateway() throws IOException {
        String page = Files.readString(
                PROJECT.resolve("result-war/src/main/java/org/votingapp/result/watch/StreamServlet.java"));
        String stream = Pattern.compile("@WebServlet\\(.*?\"(/[^\"]+)\"", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        for (Route unlimited : List.of(
                new Route(stream, "Exact"),
                new Route("/api/polls", "PathPrefix"),
                new Route("/api/rooms", "PathPrefix"))) {
            assertThat(resources("gateway", "HTTPRoute")
                            .flatMap(route -> all(route.path("spec").path("rules")))
                            .filter(rule -> all(rule.path("matches"))
                                    .map(match -> route(match.at("/path/value"), match.at("/path/type")))
                                    .anyMatch(unlimited::equals)))
                    .singleElement()
                    .satisfies(rule -> {
                        assertThat(rule.at("/timeouts/request").asText()).isEqualTo("0s");
                        assertThat(rule.at("/timeouts/backendRequest").asText()).isEqualTo("0s");
                    });
        }
    }

    /** The views of organisers, by their addresses: Faces leaves the extension out. */
    private static List<String> views() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve("organiser-war/src/main/webapp"))) {
            List<String> views = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xhtml") && !name.equals("index.xhtml"))
                    .map(name -> "/" + name.replace(".xhtml", ""))
                    .toList();
            assertThat(views).contains("/login", "/account");
            return Stream.concat(
                            views.stream(), Stream.of("/logout", "/openid", "/openid-callback", "/api/rooms/KXT4M7"))
                    .toList();
        }
    }

    /** The addresses on this server in a page of that folder, in the layout and in the page of an error. */
    private static List<String> addresses(Path pages) throws IOException {
        Path common = PROJECT.resolve("voting-web/src/main/resources");
        try (Stream<Path> own = Files.walk(pages);
                Stream<Path> shared = Files.walk(common)) {
            String markup = Stream.concat(own, shared)
                    .filter(file -> file.toString().matches(".*\\.x?html"))
                    .map(RoutesTest::text)
                    .collect(Collectors.joining());
            return ADDRESS.matcher(
                            markup.replace("{root}", "./").replaceAll("#\\{assets\\.url\\('([^']+)'\\)}", "assets/$1"))
                    .results()
                    .map(found -> URI.create("/").resolve(found.group(1)).getPath())
                    // A template that another one includes.
                    .filter(address -> !address.startsWith("/WEB-INF/"))
                    .distinct()
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Route> ingress(String server) {
        return resources("ingress", "Ingress")
                .flatMap(ingress -> all(ingress.path("spec").path("rules")))
                .flatMap(rule -> all(rule.path("http").path("paths")))
                .filter(path -> path.at("/backend/service/name").asText().equals(server))
                .map(path -> route(path.path("path"), path.path("pathType")))
                .toList();
    }

    private static List<Route> gateway(String server) {
        return resources("gateway", "HTTPRoute")
                .flatMap(route -> all(route.path("spec").path("rules")))
                .filter(rule -> all(rule.path("backendRefs"))
                        .anyMatch(backend -> backend.path("name").asText().equals(server)))
                .flatMap(rule -> all(rule.path("matches")))
                .map(match -> route(match.at("/path/value"), match.at("/path/type")))
                .toList();
    }

    private static Route route(JsonNode path, JsonNode type) {
        return new Route(path.asText(), type.asText());
    }

    private static Stream<JsonNode> resources(String component, String kind) {
        return Renderings.component(component).resources().stream()
                .filter(resource -> resource.getKind().equals(kind))
                .map((HasMetadata resource) -> JSON.valueToTree(resource));
    }

    private static Stream<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
