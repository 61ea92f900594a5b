package org.votingapp.vote.settings;

import java.util.List;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.SettingsValidation;
import org.votingapp.runtime.settings.TrustedProxies;

/** Stops the start of the vote server where a setting is wrong; named in {@code META-INF/services}. */
public final class VoteSettingsValidation extends SettingsValidation {

    /** Checks everything that the vote server reads. */
    public VoteSettingsValidation() {
        super(List.of(VoteSettings::read, PollSettings::read, TrustedProxies::check));
    }
}
