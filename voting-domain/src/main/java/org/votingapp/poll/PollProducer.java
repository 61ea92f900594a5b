package org.votingapp.poll;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.votingapp.config.Settings;

/** Gives the configured poll to whoever injects a {@link Poll}. */
@Dependent
class PollProducer {

    @Produces
    @Singleton
    Poll poll(Config config) {
        return PollSettings.read(Settings.from(config));
    }
}
