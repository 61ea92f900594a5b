package org.votingapp.result;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.store.StoreAddress;

/** Gives the settings, the address of Postgres and the clock to the beans that inject them. */
@Dependent
class ResultSettingsProducer {

    @Produces
    @Singleton
    ResultSettings settings(Config config) {
        return ResultSettings.read(Settings.from(config));
    }

    @Produces
    @Singleton
    StoreAddress postgres(Config config) {
        return DatabaseSettings.address(Settings.from(config));
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
