package org.votingapp.vote.settings;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.vote.voter.VoterSigner;

/** Lets beans inject the settings. {@link VoteSettingsValidation} has checked them before. */
@Dependent
class VoteSettingsProducer {

    @Produces
    @Singleton
    VoteSettings settings(Config config) {
        return VoteSettings.read(Settings.from(config));
    }

    @Produces
    @Singleton
    VoterSigner signer(VoteSettings settings) {
        return settings.signer();
    }
}
