package org.votingapp.organiser.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.util.List;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.settings.SettingsValidation;
import org.votingapp.runtime.settings.TrustedProxies;

/** Reads every setting of the organiser server at the start. */
public class OrganiserSettingsValidation extends SettingsValidation {

    /** For the container, which finds this class by {@code META-INF/services}. */
    public OrganiserSettingsValidation() {
        super(List.of(OrganiserSettings::read, DatabaseSettings::check, TrustedProxies::check));
    }

    /** Before the first connection to Postgres. */
    void pinTimeZone(@Observes BeforeBeanDiscovery start) {
        DatabaseSettings.pinTimeZone();
    }
}
