package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that can be rendered: both overlays, and each component on the bare base. */
final class Renderings {

    /** This module. */
    static final Path FOLDER = Path.of("").toAbsolutePath();

    /** One for all: it learns each kind once. Thread-safe. */
    private static final StrictReader READER = new StrictReader();

    private static final Map<String, List<String>> NEEDS =
            Map.of("autoscaling-by-backlog", List.of("autoscaling"), "managed-stores", List.of("network-policy"));

    private Renderings() {}

    /** All of them, rendered once, when they are first asked for. */
    static List<Rendering> all() {
        return Once.ALL;
    }

    /** The names of the components. */
    static List<String> components() {
        try (Stream<Path> folders = Files.list(FOLDER.resolve("components"))) {
            return folders.map(Path::getFileName).map(Path::toString).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The overlay of that name. */
    static Rendering overlay(String name) {
        return rendering("overlays/" + name);
    }

    /** The bare base with the component of that name. */
    static Rendering component(String name) {
        return rendering("components/" + name);
    }

    private static Rendering rendering(String name) {
        return all().stream()
                .filter(rendering -> rendering.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The namespace alone, in which an operator makes the Secrets before the rest is applied. */
    static List<Namespace> productionNamespace() {
        return overlay("production").all(Namespace.class).toList();
    }

    /**
     * A folder with the production overlay, TLS to both stores, images that a test cluster has, and the pages at the local
     * overlay's NodePorts.
     */
    static Path productionToTry() throws IOException {
        Path folder = write("production-to-try", List.of("overlays/production"), List.of("components/tls"));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                images:
                  - {name: registry.example.org/voting/vote, newName: docker.io/votingapp/vote, newTag: local}
                  - {name: registry.example.org/voting/worker, newName: docker.io/votingapp/worker, newTag: local}
                  - {name: registry.example.org/voting/result, newName: docker.io/votingapp/result, newTag: local}
                  - {name: registry.example.org/voting/organiser, newName: docker.io/votingapp/organiser, newTag: local}
                  - {name: docker.io/library/postgres, newTag: "18"}
                  - {name: docker.io/library/redis, newTag: "7.4"}
                configMapGenerator:
                  - {name: vote-settings, behavior: merge, literals: ['TRUSTED_PROXIES=10\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}']}
                  - {name: result-settings, behavior: merge, literals: ['TRUSTED_PROXIES=10\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}']}
                  - {name: organiser-settings, behavior: merge, literals: ['TRUSTED_PROXIES=10\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}']}
                patches:
                  - target: {kind: Service, name: vote}
                    patch: |-
                      - {op: add, path: /spec/type, value: NodePort}
                      - {op: add, path: /spec/ports/0/nodePort, value: 31000}
                  - target: {kind: Service, name: result}
                    patch: |-
                      - {op: add, path: /spec/type, value: NodePort}
                      - {op: add, path: /spec/ports/0/nodePort, value: 31001}
                """, StandardOpenOption.APPEND);
        return FOLDER.relativize(folder);
    }

    /** Folders of resources, and names of components in their order, in a folder of that name below target/kustomize. */
    static Rendering combination(String folder, String name, List<String> resources, List<String> components)
            throws IOException, InterruptedException {
        return render(name, writeCombination(folder, resources, components));
    }

    /** The production overlay, under an overlay with what stands in the first YAML block with these words of a README. */
    static Rendering asDocumented(String readme, String words) throws IOException, InterruptedException {
        String block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(FOLDER.resolve(readme)))
                .results()
                .map(found -> found.group(1))
                .filter(yaml -> yaml.contains(words))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(readme + " has no YAML with " + words));
        Path folder = writeCombination("documented", List.of("overlays/production"), List.of());
        Files.writeString(folder.resolve("kustomization.yaml"), block, StandardOpenOption.APPEND);
        return render(readme, folder);
    }

    private static Path writeCombination(String folder, List<String> resources, List<String> components)
            throws IOException {
        return write(
                folder,
                resources,
                components.stream().map("components/"::concat).toList());
    }

    private static List<Rendering> render() {
        try {
            List<Rendering> renderings = new ArrayList<>();
            for (String overlay : List.of("local", "production")) {
                renderings.add(render("overlays/" + overlay, FOLDER.resolve("overlays/" + overlay)));
            }
            for (String component : components()) {
                renderings.add(render("components/" + component, onTheBase(component)));
            }
            return List.copyOf(renderings);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Rendering render(String name, Path folder) throws IOException, InterruptedException {
        return new Rendering(name, READER.read(Kustomize.here().render(folder)));
    }

    private static Path onTheBase(String component) throws IOException {
        List<String> resources = component.equals("managed-stores")
                ? List.of("base", "base/organiser")
                : List.of("base", "base/organiser", "base/postgres", "base/redis");
        List<String> components = new ArrayList<>(NEEDS.getOrDefault(component, List.of()));
        components.add(component);
        return writeCombination(component, resources, components);
    }

    private static Path write(String name, List<String> resources, List<String> components) throws IOException {
        Path folder = Files.createDirectories(FOLDER.resolve("target/kustomize/" + name));
        String lines = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: voting
                resources: [%s]
                components: [%s]
                """.formatted(fromTarget(resources), fromTarget(components));
        Files.writeString(folder.resolve("kustomization.yaml"), lines);
        return folder;
    }

    private static String fromTarget(List<String> folders) {
        return String.join(", ", folders.stream().map("../../../"::concat).toList());
    }

    private static final class Once {
        static final List<Rendering> ALL = render();
    }
}
