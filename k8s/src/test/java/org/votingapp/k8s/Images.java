package org.votingapp.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The three images, built of what the build made and handed to the cluster by commands that are settings:
 * {@code kubernetes.build}, {@code kubernetes.save} and {@code kubernetes.load}. The value {@code none} leaves a step out.
 */
final class Images {

    private static final List<String> SERVERS = List.of("vote", "worker", "result");

    private Images() {}

    static void buildAndLoad() throws IOException, InterruptedException {
        Path root = Renderings.FOLDER.getParent();
        Path archives = Files.createDirectories(Renderings.FOLDER.resolve("target/images"));
        for (String server : SERVERS) {
            Path archive = archives.resolve(server + ".tar");
            Map<String, String> values = Map.of(
                    "server",
                    server,
                    "image",
                    "docker.io/votingapp/" + server + ":local",
                    "archive",
                    archive.toString());
            String build = System.getProperty("kubernetes.build");
            step(
                    root,
                    build.equals("none")
                            ? build
                            : build + " --build-arg SERVER={server} -f liberty-config/Containerfile -t {image} .",
                    values);
            if (!System.getProperty("kubernetes.save").equals("none")) {
                Files.deleteIfExists(archive);
            }
            step(root, System.getProperty("kubernetes.save"), values);
            step(root, System.getProperty("kubernetes.load"), values);
            Files.deleteIfExists(archive);
        }
    }

    private static void step(Path root, String line, Map<String, String> values)
            throws IOException, InterruptedException {
        if (!line.equals("none")) {
            Program.run(root, line, values);
        }
    }
}
