package org.votingapp.organiser.settings;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.votingapp.organiser.account.Accounts;
import org.votingapp.organiser.account.SessionTimes;
import org.votingapp.organiser.audience.WatcherCounter;
import org.votingapp.organiser.openid.OpenIdProvider;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.store.StoreAddress;

/** Lets beans inject the settings. {@link OrganiserSettingsValidation} has checked them before. */
@Dependent
class OrganiserSettingsProducer {

    @Resource
    private ManagedExecutorService executor;

    @Produces
    @Singleton
    OrganiserSettings settings(Config config) {
        return OrganiserSettings.read(Settings.from(config));
    }

    @Produces
    @Singleton
    Accounts accounts(OrganiserSettings settings) {
        return settings.accounts();
    }

    @Produces
    @Singleton
    Optional<OpenIdProvider> provider(OrganiserSettings settings) {
        return settings.openId().map(OpenIdProvider::new);
    }

    @Produces
    @Singleton
    WatcherCounter watchers(OrganiserSettings settings) {
        return new WatcherCounter(settings.resultServers(), executor);
    }

    @Produces
    @Singleton
    SessionTimes sessionTimes(OrganiserSettings settings) {
        return settings.sessionTimes();
    }

    @Produces
    @Singleton
    StoreAddress postgres(Config config) {
        return DatabaseSettings.address(Settings.from(config));
    }
}
