package org.votingapp.runtime.settings;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.ResultsRule;

/** Produces the configured poll, and the rule by which it may change, for injection. */
@Dependent
class PollProducer {

    @Produces
    @Singleton
    Poll poll(Config config) {
        return PollSettings.read(Settings.from(config));
    }

    @Produces
    @Singleton
    ResultsRule results(Config config) {
        return PollSettings.results(Settings.from(config));
    }

    @Produces
    @Singleton
    PollChangeRule rule(Config config) {
        return new PollChangeRule(PollSettings.acceptsChanges(Settings.from(config)));
    }
}
