package org.votingapp.result.follow;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.votingapp.result.ResultSettings;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.settings.Settings;

/** Starts one {@link TallyFollower} with the application and stops it with it. */
@ApplicationScoped
public class Following {

    @Resource
    private ManagedThreadFactory threads;

    // Not shareable: a thread that never ends would otherwise keep a lost connection in its hands for ever.
    @Resource(lookup = "jdbc/notifications", shareable = false)
    private DataSource notifications;

    @Resource(lookup = "jdbc/tallies", shareable = false)
    private DataSource tallies;

    private Optional<TallyFollower> follower = Optional.empty();

    void start(
            @Observes @Initialized(ApplicationScoped.class) Object applicationStarts,
            ResultSettings settings,
            TallySource source,
            TallyBoard board,
            Vitals vitals,
            Clock clock,
            Config config) {
        TallyFollower following = new TallyFollower(
                settings.pollId(),
                DatabaseSettings.address(Settings.from(config)),
                source,
                () -> PostgresNotifications.open(notifications, tallies, settings.pollId()),
                board,
                vitals,
                Time.real(clock),
                new SplittableRandom());
        follower = Optional.of(following);
        threads.newThread(following).start();
    }

    @PreDestroy
    void stop() {
        follower.ifPresent(TallyFollower::stop);
    }
}
