package org.votingapp.worker.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.postgresql.Driver;
import org.votingapp.testsupport.UnusedPort;

/** A server of the real configuration, with the stores of the test and without the application. */
final class ServerFolder {

    private static final Path CONFIGURATION = Path.of("..", "liberty-config");

    private ServerFolder() {}

    static void create(Path user, String name, EmbeddedStores stores) throws IOException {
        Path server = Files.createDirectories(user.resolve("servers").resolve(name));
        Path shared = Files.createDirectories(user.resolve("shared").resolve("config"));
        Path library = Files.createDirectories(server.resolve("lib"));
        Files.createDirectories(server.resolve("apps"));
        copyAll(CONFIGURATION.resolve("common"), shared);
        copyAll(CONFIGURATION.resolve("worker"), server);
        Path driver = driver();
        Files.copy(driver, library.resolve(driver.getFileName()));

        // The time zone as a person's JVM_ARGS say it, which go before this file. Liberty keeps the classes of
        // applications whose start
        // failed, as many tests want, until it stops: 22 MB after four of them.
        Files.writeString(
                server.resolve("jvm.options"),
                "\n-Duser.timezone=Asia/Calcutta\n-Xmx256m\n",
                StandardOpenOption.APPEND);
        Path serverXml = server.resolve("server.xml");
        String real = Files.readString(serverXml);
        // Arquillian deploys the application by changing this file, and talks to it through a servlet.
        String forTests = real.replaceFirst("(?s)<webApplication.*</webApplication>", "")
                .replaceFirst("</featureManager>", "<feature>servlet-6.0</feature>$0");
        Files.writeString(serverXml, forTests);
        Path overrides = Files.createDirectories(server.resolve("configDropins").resolve("overrides"));
        Files.writeString(overrides.resolve("test.xml"), variables(stores));
    }

    private static String variables(EmbeddedStores stores) {
        StringBuilder xml = new StringBuilder("<server>");
        Map.of(
                        "HTTP_PORT",
                        String.valueOf(UnusedPort.find()),
                        "HTTP_HOST",
                        "localhost",
                        "DB_HOST",
                        "localhost",
                        "DB_PORT",
                        String.valueOf(stores.postgresPort()),
                        "DB_NAME",
                        EmbeddedStores.DATABASE,
                        "DB_USER",
                        EmbeddedStores.USER,
                        "DB_PASSWORD",
                        EmbeddedStores.PASSWORD,
                        "DB_SSLMODE",
                        "disable",
                        "UPDATE_TRIGGER",
                        "polled",
                        "redis.url",
                        "redis://localhost:" + stores.redisPort())
                .forEach((name, value) -> xml.append("<variable name=\"%s\" value=\"%s\"/>".formatted(name, value)));
        return xml.append("</server>").toString();
    }

    private static Path driver() {
        try {
            return Path.of(Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(file.getFileName()));
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
        }
    }
}
