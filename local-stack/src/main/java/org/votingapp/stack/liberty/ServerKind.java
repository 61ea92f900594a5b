package org.votingapp.stack.liberty;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The applications, each with the Liberty server of its module. */
public enum ServerKind {
    /** The voting page and the vote API. */
    VOTE("vote", "vote-war", "VOTE_PORT", 8080, "/"),
    /** The result page, the results API, the event stream. */
    RESULT("result", "result-war", "RESULT_PORT", 8081, "/"),
    /** The drain from Redis to Postgres. */
    WORKER("worker", "worker-ejb", "WORKER_PORT", 8082, "/health"),
    /** The organisers' pages. */
    ORGANISER("organiser", "organiser-war", "ORGANISER_PORT", 8083, "/");

    private final String server;
    private final String module;
    private final String portVariable;
    private final int defaultPort;
    private final String page;

    ServerKind(String server, String module, String portVariable, int defaultPort, String page) {
        this.server = server;
        this.module = module;
        this.portVariable = portVariable;
        this.defaultPort = defaultPort;
        this.page = page;
    }

    /** The kind of server with this name. */
    public static Optional<ServerKind> named(String server) {
        return Arrays.stream(values())
                .filter(kind -> kind.server.equals(server))
                .findFirst();
    }

    /** The name of the Liberty server. */
    public String server() {
        return server;
    }

    /** The name of the nth server of this kind, from 1 on: {@code worker}, {@code worker-2}. */
    public String name(int number) {
        return number == 1 ? server : server + "-" + number;
    }

    /** Liberty's user directory of the module. */
    public Path userDirectory(Path root) {
        return root.resolve(module).resolve("target").resolve("usr");
    }

    /** The folders of the application's classes, from which the server loads them. */
    List<Path> classes(Path root) {
        return Stream.of(module, "voting-domain", "voting-runtime", "voting-web")
                .map(name -> root.resolve(name).resolve("target").resolve("classes"))
                .toList();
    }

    /** Liberty's user directory of a server in development. */
    public Path developmentDirectory(Path root) {
        return root.resolve(module).resolve("target").resolve("dev");
    }

    /** The variable that sets its port. */
    public String portVariable() {
        return portVariable;
    }

    /** Its port where the variable is not set. */
    public int defaultPort() {
        return defaultPort;
    }

    /** The path that people open. */
    String page() {
        return page;
    }
}
