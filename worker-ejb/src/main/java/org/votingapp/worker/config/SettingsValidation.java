package org.votingapp.worker.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.votingapp.config.DatabaseSettings;
import org.votingapp.config.InvalidSettingException;
import org.votingapp.config.Settings;
import org.votingapp.config.TrustedProxies;
import org.votingapp.poll.PollSettings;
import org.votingapp.redis.RedisAddress;

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
