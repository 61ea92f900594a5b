package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that can be rendered: both overlays, and each component on the bare base. */
final class Renderings {

    /** This module. */
    static final Path FOLDER = Path.of("").toAbsolutePath();

    private static final Map<String, List<String>> NEEDS =
            Map.of("autoscaling-by-backlog", List.of("autoscaling"), "managed-stores", List.of("network-policy"));

    /** All of them, rendered once. */
    static final List<Rendering> ALL = render();

    private Renderings() {}

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
        return ALL.stream()
                .filter(rendering -> rendering.name().equals("overlays/" + name))
                .findFirst()
                .orElseThrow();
    }

    /** The local overlay with components, and with its images in these, too. */
    static List<HasMetadata> onTheLocalOverlay(String... components) throws IOException, InterruptedException {
        Path folder = write(
                "local-" + String.join("-", components),
                List.of("overlays/local"),
                Stream.of(components).map("components/"::concat).toList());
        Files.writeString(folder.resolve("kustomization.yaml"), """
                images:
                  - {name: postgres, newName: docker.io/library/postgres, newTag: "18"}
                  - {name: voting-vote, newName: docker.io/votingapp/vote, newTag: local}
                """, StandardOpenOption.APPEND);
        return render("local with components", folder).resources();
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
        return new Rendering(name, new StrictReader().read(Kustomize.here().render(folder)));
    }

    private static Path onTheBase(String component) throws IOException {
        List<String> resources =
                component.equals("managed-stores") ? List.of("base") : List.of("base", "base/postgres", "base/redis");
        List<String> components = new ArrayList<>(NEEDS.getOrDefault(component, List.of()));
        components.add(component);
        return write(
                component,
                resources,
                components.stream().map("components/"::concat).toList());
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
}
