package org.votingapp.worker.schema;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.votingapp.worker.config.WorkerSettings;
import org.votingapp.worker.store.PostgresFailure;
import org.votingapp.worker.store.StoreAwayException;

/**
 * Runs the migrations in {@code db/migration}, under Flyway's lock, so that workers which start together do it once, and
 * then the callback beside them. Flyway finds the folder on this server by the empty file {@code flyway.location} in it.
 */
@ApplicationScoped
public class SchemaMigration {

    @Resource(lookup = "jdbc/schema")
    private DataSource dataSource;

    @Inject
    private WorkerSettings settings;

    /**
     * Brings the schema to its version, and gives the reader its rights; nothing happens where all is done.
     *
     * @return the version
     */
    public String migrate() throws StoreAwayException {
        try {
            Flyway flyway = Flyway.configure(getClass().getClassLoader())
                    .dataSource(dataSource)
                    .failOnMissingLocations(true)
                    .placeholders(Map.of("reader", settings.reader()))
                    .load();
            flyway.migrate();
            return flyway.info().current().getVersion().getVersion();
        } catch (FlywayException failed) {
            throw PostgresFailure.away(failed);
        }
    }
}
