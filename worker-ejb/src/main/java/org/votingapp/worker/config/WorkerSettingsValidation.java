package org.votingapp.worker.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.util.List;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.SettingsValidation;
import org.votingapp.runtime.settings.TrustedProxies;

/** Checks every setting of the worker when it starts. */
public class WorkerSettingsValidation extends SettingsValidation {

    /** For the container, which finds it by {@code META-INF/services}. */
    public WorkerSettingsValidation() {
        super(List.of(
                WorkerSettings::read,
                BallotRetention::read,
                PollSettings::read,
                PollsFileSetting::read,
                RedisAddress::read,
                DatabaseSettings::check,
                TrustedProxies::check));
    }

    /** Before the first connection to Postgres. */
    void pinTimeZone(@Observes BeforeBeanDiscovery event) {
        DatabaseSettings.pinTimeZone();
    }
}
