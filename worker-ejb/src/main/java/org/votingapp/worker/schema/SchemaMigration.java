package org.votingapp.worker.schema;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.votingapp.runtime.postgres.PostgresFailure;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;

/**
 * Runs the migrations in {@code db/migration}, then the grants beside them. Flyway's lock makes workers that start together run
 * them once.
 *
 * <p>Flyway finds a folder in this server's class path by an empty file {@code flyway.location} in it. The folder
 * {@code db/callback} is otherwise empty; without it, Flyway would log as an error that it is missing.
 */
@Singleton
public class SchemaMigration {

    /**
     * A migration that changes a table waits for its readers, even for a backup of an hour, and all later readers queue behind
     * it. So it gives up after some seconds, and is tried again.
     */
    private static final String SHORT_LOCK_WAITS = "SET lock_timeout = '2s'";

    private final WorkerSettings settings;

    // Not shareable: two connections must be two sessions.
    @Resource(lookup = "jdbc/schema", shareable = false)
    private DataSource dataSource;

    /** @param settings name the role that may read tallies */
    @Inject
    public SchemaMigration(WorkerSettings settings) {
        this.settings = settings;
    }

    SchemaMigration(DataSource dataSource, WorkerSettings settings) {
        this(settings);
        this.dataSource = dataSource;
    }

    /**
     * Brings the schema to its version, and grants the reader its rights. Idempotent.
     *
     * @return the version
     * @throws StoreAwayException where Postgres fails, or where its sessions are not ours alone ({@link OwnSessions})
     */
    public String migrate() throws StoreAwayException {
        try (Connection one = dataSource.getConnection();
                Connection other = dataSource.getConnection()) {
            OwnSessions.require(one, other);
        } catch (SQLException failed) {
            throw StoreAwayException.postgres(failed);
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
