package org.votingapp.worker.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.settings.TrustedProxies;

/**
 * Reads every setting before any bean is made, so that a bad one stops the start with its message and nothing else. The
 * container tells all that is wrong at once (Jakarta CDI 4.0, "AfterDeploymentValidation event").
 */
public class SettingsValidation implements Extension {

    private static final List<Consumer<Settings>> READERS = List.of(
            WorkerSettings::read,
            PollSettings::read,
            RedisAddress::read,
            DatabaseSettings::check,
            TrustedProxies::check);

    void validate(@Observes AfterDeploymentValidation event) {
        DatabaseSettings.pinTimeZone();
        Settings settings = Settings.from(ConfigProvider.getConfig());
        for (Consumer<Settings> reader : READERS) {
            try {
                reader.accept(settings);
            } catch (InvalidSettingException wrong) {
                event.addDeploymentProblem(wrong);
            }
        }
    }
}
