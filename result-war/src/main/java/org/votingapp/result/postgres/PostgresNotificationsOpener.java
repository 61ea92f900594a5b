package org.votingapp.result.postgres;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.votingapp.result.follow.Notifications;
import org.votingapp.result.follow.TallyStoreException;
import org.votingapp.runtime.store.StoreAddress;

/** Opens {@link PostgresNotifications}, each with a connection of its own. */
@Singleton
public class PostgresNotificationsOpener implements Notifications.Opener {

    // Not shareable: a thread that never ends would otherwise keep a lost connection for ever.
    @Resource(lookup = "jdbc/notifications", shareable = false)
    private DataSource listening;

    @Resource(lookup = "jdbc/tallies", shareable = false)
    private DataSource probing;

    private final StoreAddress postgres;

    /** Names this Postgres in the reasons of failures. */
    @Inject
    public PostgresNotificationsOpener(StoreAddress postgres) {
        this.postgres = postgres;
    }

    @Override
    public Notifications open() throws TallyStoreException {
        try {
            PostgresNotifications opened = new PostgresNotifications(listening.getConnection(), probing, postgres);
            opened.listen();
            return opened;
        } catch (SQLException | RuntimeException failure) {
            throw new TallyStoreException(postgres.reason(failure), failure);
        }
    }
}
