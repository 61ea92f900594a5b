package org.votingapp.runtime.settings;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads every setting before any bean is made, so that a bad one stops the start with its message and nothing else.
 *
 * <p>Each server has one subclass, named in {@code META-INF/services}. The container reports all problems at once (Jakarta CDI
 * 4.0, "AfterDeploymentValidation event").
 */
public abstract class SettingsValidation implements Extension {

    private final List<Consumer<Settings>> readers;

    /** @param readers each reads some settings, and throws {@link InvalidSettingException} for the first one that is wrong */
    protected SettingsValidation(List<Consumer<Settings>> readers) {
        this.readers = List.copyOf(readers);
    }

    void validate(@Observes AfterDeploymentValidation event) {
        Settings settings = Settings.from(ConfigProvider.getConfig());
        for (Consumer<Settings> reader : readers) {
            try {
                reader.accept(settings);
            } catch (InvalidSettingException wrong) {
                event.addDeploymentProblem(wrong);
            }
        }
    }
}
