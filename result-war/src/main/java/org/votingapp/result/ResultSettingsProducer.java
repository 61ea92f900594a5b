package org.votingapp.result;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.settings.TrustedProxies;

/** Gives the settings and the clock to whoever injects them. */
@Dependent
class ResultSettingsProducer {

    @Produces
    @Singleton
    ResultSettings settings(Config config) {
        DatabaseSettings.pinTimeZone();
        Settings settings = Settings.from(config);
        DatabaseSettings.check(settings);
        TrustedProxies.check(settings);
        return ResultSettings.read(settings);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
