package org.votingapp.result;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.util.List;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.settings.SettingsValidation;
import org.votingapp.runtime.settings.TrustedProxies;

/** Reads every setting of the result server at the start. */
public class ResultSettingsValidation extends SettingsValidation {

    /** For the container, which finds this class by {@code META-INF/services}. */
    public ResultSettingsValidation() {
        super(List.of(ResultSettings::read, DatabaseSettings::check, TrustedProxies::check));
    }

    /** Before the first connection to Postgres. */
    void pinTimeZone(@Observes BeforeBeanDiscovery start) {
        DatabaseSettings.pinTimeZone();
    }
}
