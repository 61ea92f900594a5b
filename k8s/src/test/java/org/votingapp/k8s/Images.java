package org.votingapp.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The images, built of what the build made and handed to the cluster by commands that are settings:
 * {@code kubernetes.build}, {@code kubernetes.save} and {@code kubernetes.load}. The value {@code none} leaves a step out.
 */
final class Images {

    private static final String NONE = "none";
    private static boolean loaded;

    private Images() {}

    /** Makes them and hands them over, once in a run; while one is on its way to the cluster, the next is built. */
    static synchronized void buildAndLoad() throws IOException, InterruptedException, ExecutionException {
        if (loaded) {
            return;
        }
        Path root = Renderings.FOLDER.getParent();
        Path archives = Files.createDirectories(Renderings.FOLDER.resolve("target/images"));
        ExecutorService carrier = Executors.newSingleThreadExecutor();
        try {
            List<Future<?>> underway = new ArrayList<>();
            for (String server : TestCluster.IMAGES) {
                Path archive = archives.resolve(server + ".tar");
                Map<String, String> values = Map.of(
                        "server",
                        server,
                        "image",
                        "docker.io/votingapp/" + server + ":local",
                        "archive",
                        archive.toString());
                String build = System.getProperty("kubernetes.build");
                if (!build.equals(NONE)) {
                    String arguments = " --build-arg SERVER={server} -f liberty-config/Containerfile -t {image} .";
                    Program.run(root, build + arguments, values);
                }
                underway.add(carrier.submit(() -> {
                    handOver(root, archive, values);
                    return archive;
                }));
            }
            for (Future<?> image : underway) {
                image.get();
            }
        } finally {
            carrier.shutdownNow();
        }
        loaded = true;
    }

    private static void handOver(Path root, Path archive, Map<String, String> values)
            throws IOException, InterruptedException {
        String save = System.getProperty("kubernetes.save");
        if (!save.equals(NONE)) {
            // buildah adds to no archive that is there.
            Files.deleteIfExists(archive);
            Program.run(root, save, values);
        }
        String load = System.getProperty("kubernetes.load");
        if (!load.equals(NONE)) {
            Program.run(root, load, values);
        }
        Files.deleteIfExists(archive);
    }
}
