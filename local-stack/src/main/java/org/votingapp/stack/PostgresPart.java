package org.votingapp.stack;

import com.sun.security.auth.module.UnixSystem;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Postgres with everything on that keeps what is committed; it listens on the loopback address only and lets nobody in
 * without a password (SCRAM-SHA-256).
 *
 * <p>It holds the database {@value #DATABASE}, which the role {@value #WRITER} owns; {@value #READER} can log in, and
 * read what the worker's schema grants it.
 */
public final class PostgresPart extends ProcessPart {

    static final String NAME = "postgres";
    static final String DATABASE = "voting";
    static final String WRITER = "voting_worker";
    static final String READER = "voting_result";

    private static final String SUPERUSER = "postgres";
    private static final String HOST = "127.0.0.1";
    private static final String SECRET = "postgres.";
    private static final String INVALID_PASSWORD = "28P01";
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String DUPLICATE_OBJECT = "42710";

    /** In its log, what ended it; and in that of a program that could not be started at all. */
    private static final Pattern REASON = Pattern.compile("(?m)(?:FATAL:|PANIC:|^postgres:|^setsid:|^unshare:) +(.*)$");

    /** What each role may do, as in production; applied at each start, so that databases from before have it, too. */
    private static final String PRIVILEGES = privileges();

    private final int port;
    private final Secrets secrets;
    private final Path folder;
    private final PostgresBinaries binaries;
    private final Map<String, String> settings;
    private final Progress progress;
    private volatile boolean databaseMade;

    PostgresPart(
            DataFolder data, Path cache, int port, Secrets secrets, Map<String, String> settings, Progress progress) {
        super(NAME, data);
        this.port = port;
        this.secrets = secrets;
        this.folder = data.folder().resolve("postgres");
        this.binaries = new PostgresBinaries(cache);
        this.settings = new TreeMap<>(settings);
        this.progress = progress;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    @Override
    public String address() {
        return HOST + ":" + port;
    }

    /** What the worker needs to reach it. */
    Map<String, String> writerVariables() {
        return variables(WRITER);
    }

    /** What the result server needs to reach it. */
    Map<String, String> readerVariables() {
        return variables(READER);
    }

    private Map<String, String> variables(String role) {
        return Map.of(
                "DB_HOST",
                HOST,
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                DATABASE,
                "DB_USER",
                role,
                "DB_PASSWORD",
                password(role),
                "DB_SSLMODE",
                "disable");
    }

    private String password(String role) {
        return secrets.get(SECRET + role);
    }

    /** A new connection to the database as the role that owns it; the caller closes it. */
    public Connection connect() throws SQLException {
        return source(WRITER, DATABASE).getConnection();
    }

    /** A new connection to the database as the role that can only read; the caller closes it. */
    public Connection connectAsReader() throws SQLException {
        return source(READER, DATABASE).getConnection();
    }

    /** A new connection to the database as the superuser; the caller closes it. */
    public Connection connectAsSuperuser() throws SQLException {
        return source(SUPERUSER, DATABASE).getConnection();
    }

    private PGSimpleDataSource source(String role, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(role);
        source.setPassword(password(role));
        source.setConnectTimeout(2);
        source.setLoginTimeout(2);
        return source;
    }

    @Override
    void prepare() throws IOException {
        if (!binaries.areUnpacked()) {
            progress.report(NAME, "unpacks its programs, once");
            binaries.unpack();
        }
        if (isNew()) {
            progress.report(NAME, "makes a new database");
            initialise();
        }
        checkVersion();
        removeStaleLock();
        if (!secrets.has(SECRET + SUPERUSER)) {
            progress.report(NAME, "gets new passwords: the old ones are lost");
            run(
                    "ALTER ROLE %s PASSWORD '%s'".formatted(SUPERUSER, password(SUPERUSER)),
                    "postgres",
                    "--single",
                    "-D",
                    folder.toString(),
                    "postgres");
        }
    }

    /** A folder that somebody made, in which nothing is yet, will do. */
    private boolean isNew() throws IOException {
        if (!Files.isDirectory(folder)) {
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    private void checkVersion() {
        Path version = folder.resolve("PG_VERSION");
        String ours = binaries.majorVersion();
        String remedy =
                "Where the data in %s are of Postgres %s, make it hold %2$s: echo %2$s > %s. Else put the folder back from a copy."
                        .formatted(folder, ours, version);
        String found = SmallFile.read(version, remedy).orElse("").strip();
        if (!found.matches("\\d{1,2}")) {
            throw new StackException("%s is not there, empty or damaged. %s".formatted(version, remedy));
        }
        if (!found.equals(ours)) {
            throw new StackException(
                    "The data in %s were written by Postgres %s, as its PG_VERSION says, and this is Postgres %s: dump them with the old one, or set DATA_DIR to another folder"
                            .formatted(folder, found, ours));
        }
    }

    /** Beside its place and moved there when complete, so that a broken-off start leaves no half a database. */
    private void initialise() throws IOException {
        Path next = folder.resolveSibling("postgres.new");
        Tree.delete(next);
        Files.createDirectory(next);
        Path password = folder.resolveSibling("postgres.password");
        PrivateFile.write(password, password(SUPERUSER));
        try {
            run(
                    "",
                    "initdb",
                    "--pgdata=" + next,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--data-checksums");
        } finally {
            Files.delete(password);
        }
        Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Runs a program of Postgres to its end, with this as its input. */
    private void run(String input, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(asUser());
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0 || output.contains("ERROR:")) {
                String last = output.strip().lines().reduce("no output", (former, line) -> line);
                throw new StackException("Postgres' %s failed: %s".formatted(program, last));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            throw new IOException("interrupted", interrupted);
        }
    }

    /**
     * Checks that it can run as whoever this is.
     *
     * @throws StackException where it cannot
     */
    static void checkUser() {
        if (new UnixSystem().getUid() == 0 && asUser().isEmpty()) {
            throw new StackException(
                    "As root it needs user namespaces for Postgres, and these are off here: run it as another user.");
        }
    }

    /**
     * Postgres refuses to run as root; in a user namespace of its own it does not see that it is. The files belong to
     * root all the same.
     */
    private static List<String> asUser() {
        return LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of();
    }

    /**
     * After a crash the lock file names a process id that another program may have by now, and after a power loss nothing that
     * Postgres would understand. Every other one is left to Postgres, which sees whether a process of its own still runs.
     */
    private void removeStaleLock() throws IOException {
        Path lock = folder.resolve("postmaster.pid");
        Optional<String> content = SmallFile.read(lock, "Delete it, unless a Postgres works in " + folder + ".");
        if (content.isEmpty()) {
            return;
        }
        String pid = content.get().lines().findFirst().orElse("").strip();
        boolean sound = pid.matches("\\d{1,18}");
        boolean another = sound
                && ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(process -> process.info().command())
                        .filter(command -> !command.endsWith("/postgres"))
                        .isPresent();
        if (!sound) {
            Processes.checkNobodyWorksIn(folder);
        }
        if (!sound || another) {
            Files.delete(lock);
        }
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(asUser());
        command.add(binaries.program("postgres").toString());
        command.addAll(List.of("-D", folder.toString(), "-p", Integer.toString(port)));
        Map<String, String> all = new TreeMap<>(settings);
        all.put("listen_addresses", HOST);
        all.put("unix_socket_directories", "");
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    @Override
    Map<String, String> environment() {
        return Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C", "TZ", "UTC");
    }

    /** A "fast" shutdown: clients are disconnected, everything is written (PostgreSQL, "Shutting Down the Server"). */
    @Override
    String stopSignal() {
        return "INT";
    }

    @Override
    Duration stopLimit() {
        return Duration.ofSeconds(30);
    }

    /** Ends it at once, with nothing more written (an "immediate" shutdown); the next start recovers from its log. */
    public void stopImmediately() {
        end("QUIT");
    }

    @Override
    Optional<String> lastWords() {
        return LastWords.in(log(), REASON);
    }

    @Override
    Optional<String> probe() {
        try {
            if (!databaseMade) {
                makeDatabase();
                databaseMade = true;
            }
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return Optional.empty();
            }
        } catch (SQLException notYet) {
            if (INVALID_PASSWORD.equals(notYet.getSQLState())) {
                throw secrets.lost("holds another password than Postgres in " + folder);
            }
            return Optional.of("an answer");
        }
    }

    private void makeDatabase() throws SQLException {
        try (Connection connection = source(SUPERUSER, "postgres").getConnection();
                Statement statement = connection.createStatement()) {
            for (String role : List.of(WRITER, READER)) {
                unlessThere(statement, DUPLICATE_OBJECT, "CREATE ROLE " + role + " LOGIN");
                // The secrets are base64url, in which no character needs escaping.
                statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password(role)));
            }
            unlessThere(statement, DUPLICATE_DATABASE, "CREATE DATABASE " + DATABASE + " OWNER " + WRITER);
        }
        try (Connection connection = connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(PRIVILEGES);
        }
    }

    private static String privileges() {
        try (InputStream file = PostgresPart.class.getResourceAsStream("roles.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void unlessThere(Statement statement, String stateWhereThere, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException failed) {
            if (!stateWhereThere.equals(failed.getSQLState())) {
                throw failed;
            }
        }
    }
}
