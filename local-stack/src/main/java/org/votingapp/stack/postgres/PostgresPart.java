package org.votingapp.stack.postgres;

import java.io.IOException;
import java.nio.file.Path;
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
import org.votingapp.stack.data.DataFolder;
import org.votingapp.stack.data.Secrets;
import org.votingapp.stack.process.LastWords;
import org.votingapp.stack.process.ProcessPart;
import org.votingapp.stack.terminal.Progress;

/**
 * The Postgres of a stack: durable, on the loopback address alone, with a password for everybody (SCRAM-SHA-256).
 *
 * <p>It is ready once the database and its roles exist, and the owner can log in.
 */
public final class PostgresPart extends ProcessPart {

    /** Its name among the parts. */
    public static final String NAME = "postgres";

    /** Disconnects clients and writes everything (PostgreSQL, "Shutting Down the Server"). */
    public static final String FAST_SHUTDOWN = "INT";

    /** Writes nothing; the next start recovers from the log. */
    private static final String IMMEDIATE_SHUTDOWN = "QUIT";

    private static final String HOST = "127.0.0.1";
    private static final String INVALID_PASSWORD = "28P01";

    /** In its log, what ended it; in that of a program that could not be started, why not. */
    private static final Pattern REASON = Pattern.compile("(?m)(?:FATAL:|PANIC:|^postgres:|^setsid:|^unshare:) +(.*)$");

    private final int port;
    private final Secrets secrets;
    private final PostgresBinaries binaries;
    private final PostgresPrograms programs;
    private final PostgresFolder folder;
    private final PostgresRoles roles;
    private final Map<String, String> settings;
    private final Progress progress;
    private volatile boolean rolesCreated;

    /**
     * Not started yet.
     *
     * @param cache the folder where its programs are unpacked
     * @param port the port on which it is to listen
     * @param settings parameters of Postgres, in addition to its defaults
     */
    public PostgresPart(
            DataFolder data, Path cache, int port, Secrets secrets, Map<String, String> settings, Progress progress) {
        super(NAME, data);
        this.port = port;
        this.secrets = secrets;
        this.binaries = new PostgresBinaries(cache);
        this.programs = new PostgresPrograms(binaries);
        this.folder = new PostgresFolder(data.folder().resolve("postgres"), programs, binaries.majorVersion());
        this.roles = new PostgresRoles(HOST, port, secrets);
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

    /** The variables by which the worker reaches it. */
    public Map<String, String> writerVariables() {
        return roles.variables(PostgresRoles.WRITER);
    }

    /** The variables by which the result server reaches it. */
    public Map<String, String> readerVariables() {
        return roles.variables(PostgresRoles.READER);
    }

    /** The variables by which the organiser server reaches it. */
    public Map<String, String> organiserVariables() {
        return roles.variables(PostgresRoles.ORGANISER);
    }

    /** A new connection to the database as the role that owns it; the caller closes it. */
    public Connection connect() throws SQLException {
        return roles.connect(PostgresRoles.WRITER);
    }

    /** A new connection to the database as the role that can only read; the caller closes it. */
    public Connection connectAsReader() throws SQLException {
        return roles.connect(PostgresRoles.READER);
    }

    /** A new connection to the database as the organiser server's role; the caller closes it. */
    public Connection connectAsOrganiser() throws SQLException {
        return roles.connect(PostgresRoles.ORGANISER);
    }

    /** A new connection to the database as the superuser; the caller closes it. */
    public Connection connectAsSuperuser() throws SQLException {
        return roles.connect(PostgresRoles.SUPERUSER);
    }

    @Override
    protected void prepare() throws IOException {
        if (!binaries.areUnpacked()) {
            progress.report(NAME, "unpacks its programs, once");
            binaries.unpack();
        }
        if (folder.isNew()) {
            progress.report(NAME, "makes a new database");
            folder.initialise(PostgresRoles.SUPERUSER, roles.password(PostgresRoles.SUPERUSER));
        }
        folder.checkVersion();
        folder.removeStaleLock();
        if (!roles.hasPassword(PostgresRoles.SUPERUSER)) {
            progress.report(NAME, "gets new passwords: the old ones are lost");
            folder.resetPassword(PostgresRoles.SUPERUSER, roles.password(PostgresRoles.SUPERUSER));
        }
    }

    @Override
    public List<String> command() {
        List<String> arguments = new ArrayList<>(List.of("-D", folder.path().toString(), "-p", Integer.toString(port)));
        Map<String, String> all = new TreeMap<>(settings);
        all.put("listen_addresses", HOST);
        all.put("unix_socket_directories", "");
        all.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return programs.command("postgres", arguments);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C", "TZ", "UTC");
    }

    @Override
    protected String stopSignal() {
        return FAST_SHUTDOWN;
    }

    @Override
    protected Duration stopLimit() {
        return Duration.ofSeconds(30);
    }

    /** Ends it at once, with nothing more written; the next start recovers from its log. */
    public void stopImmediately() {
        end(IMMEDIATE_SHUTDOWN);
    }

    @Override
    protected Optional<String> lastWords() {
        return LastWords.in(log(), REASON);
    }

    @Override
    protected Optional<String> probe() {
        try {
            if (!rolesCreated) {
                roles.create();
                rolesCreated = true;
            }
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return Optional.empty();
            }
        } catch (SQLException notYet) {
            if (INVALID_PASSWORD.equals(notYet.getSQLState())) {
                throw secrets.lost("holds another password than Postgres in " + folder.path());
            }
            return Optional.of("an answer");
        }
    }
}
