package org.votingapp.benchmarks.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.votingapp.stack.data.Ports;

/**
 * A Liberty server with the vote server's features, configuration and JVM that runs only the {@link EmptyServlet}. It
 * measures the machine on that day.
 */
public final class EmptyServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final String NAME = "empty";

    private final int port = Ports.free();
    private final Process process;

    /** Starts the server, and waits until it answers. */
    public EmptyServer(Path root) throws IOException {
        Path folder = root.resolve("benchmarks/target/load/empty");
        Path server = configure(root, folder);
        archive(server.resolve("apps/empty.war"));
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("target/liberty/wlp/bin/server").toString(), "run", NAME)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "WLP_USER_DIR",
                        folder.resolve("usr").toString(),
                        "WLP_OUTPUT_DIR",
                        folder.resolve("output").toString(),
                        "HTTP_PORT",
                        Integer.toString(port)));
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "empty-server-end"));
        awaitAnswer(folder);
    }

    public int port() {
        return port;
    }

    /** The vote server as built, without its application. */
    private static Path configure(Path root, Path folder) throws IOException {
        Path built = root.resolve("vote-war/target/usr");
        Path usr = folder.resolve("usr");
        Path server = Files.createDirectories(usr.resolve("servers").resolve(NAME));
        Files.createDirectories(server.resolve("apps"));
        copy(built.resolve("shared/config"), Files.createDirectories(usr.resolve("shared/config")));
        copy(built.resolve("servers/vote"), server);
        Path configuration = server.resolve("server.xml");
        String vote = Files.readString(configuration);
        String empty = vote.replaceAll(
                "<webApplication id=\"vote\"[^>]*>",
                "<webApplication id=\"empty\" location=\"empty.war\" contextRoot=\"/\"/>");
        if (empty.equals(vote)) {
            throw new IllegalStateException("the vote server's configuration names no application: " + vote);
        }
        Files.writeString(configuration, empty);
        return server;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    private static void archive(Path war) throws IOException {
        String name = EmptyServlet.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(war);
                JarOutputStream jar = new JarOutputStream(file);
                var servlet = EmptyServlet.class.getClassLoader().getResourceAsStream(name)) {
            jar.putNextEntry(new JarEntry("WEB-INF/classes/" + name));
            servlet.transferTo(jar);
            jar.closeEntry();
        }
    }

    private void awaitAnswer(Path folder) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + EmptyServlet.PATH))
                .build();
        Awaitility.await("the empty servlet answers (" + folder.resolve("console.log") + ")")
                .atMost(START_LIMIT)
                .failFast("the server has ended", () -> !process.isAlive())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
    }

    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroy);
        process.onExit().join();
    }
}
