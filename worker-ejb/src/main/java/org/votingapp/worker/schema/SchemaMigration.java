package org.votingapp.worker.schema;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.store.PostgresFailure;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;

/**
 * Runs the migrations in {@code db/migration}, under Flyway's lock, so that workers which start together do it once, and
 * then the grants beside them.
 *
 * <p>Flyway finds a folder in the class path of this server by an empty file {@code flyway.location} in it. The one in
 * {@code db/callback}, where there is nothing else, keeps Flyway from telling as an error that it did not find it.
 */
@ApplicationScoped
public class SchemaMigration {

    /**
     * Whoever changes a table waits for those who read it, a backup of an hour too, and all later readers wait behind
     * them. So a migration gives way after some seconds, and is tried again.
     */
    private static final String SHORT_LOCK_WAITS = "SET lock_timeout = '2s'";

    // Not shareable: two connections are two.
    @Resource(lookup = "jdbc/schema", shareable = false)
    private DataSource dataSource;

    @Inject
    private WorkerSettings settings;

    /** For CDI. */
    public SchemaMigration() {}

    SchemaMigration(DataSource dataSource, WorkerSettings settings) {
        this.dataSource = dataSource;
        this.settings = settings;
    }

    /**
     * Brings the schema to its version, and gives the reader its rights; nothing happens where all is done.
     *
     * @return the version
     * @throws StoreAwayException where Postgres fails, or where sessions in it are not ours alone ({@link OwnSessions})
     */
    public String migrate() throws StoreAwayException {
        try (Connection one = dataSource.getConnection();
                Connection other = dataSource.getConnection()) {
            OwnSessions.require(one, other);
        } catch (SQLException refused) {
            throw PostgresFailure.away(refused);
        }
        try (ClosingDataSource connections = new ClosingDataSource(dataSource)) {
            Flyway flyway = Flyway.configure(getClass().getClassLoader())
                    .dataSource(connections)
                    .initSql(SHORT_LOCK_WAITS)
                    .failOnMissingLocations(true)
                    .placeholders(Map.of("reader", settings.reader()))
                    .load();
            MigrateResult result = flyway.migrate();
            return Objects.requireNonNullElse(result.targetSchemaVersion, result.initialSchemaVersion);
        } catch (FlywayException failed) {
            String reason = "the schema cannot be brought to its version: " + PostgresFailure.describe(failed);
            throw new StoreAwayException(Store.POSTGRES, reason, failed);
        }
    }
}
