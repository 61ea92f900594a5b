package org.votingapp.result;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.votingapp.config.Settings;

/** Gives the settings and the clock to whoever injects them. */
@Dependent
class ResultSettingsProducer {

    @Produces
    @Singleton
    ResultSettings settings(Config config) {
        return ResultSettings.read(Settings.from(config));
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
