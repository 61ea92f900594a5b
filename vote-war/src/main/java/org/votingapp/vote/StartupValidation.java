package org.votingapp.vote;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.votingapp.config.Settings;
import org.votingapp.config.TrustedProxies;
import org.votingapp.poll.Poll;
import org.votingapp.vote.casting.BallotBox;
import org.votingapp.vote.page.ResultLink;
import org.votingapp.vote.voter.VoterCookies;

/**
 * Uses every setting when the application starts, so that a bad one stops it there, with a message that says which,
 * and not at the first vote.
 */
@ApplicationScoped
public class StartupValidation {

    private static final Logger LOG = Logger.getLogger(StartupValidation.class.getName());

    /** Called by the container with what must be usable. */
    @Inject
    void use(Config config, Poll poll, BallotBox ballotBox, VoterCookies cookies, ResultLink resultLink) {
        TrustedProxies.check(Settings.from(config));
        // The ballot box is made when it is first used, which is here, whatever is logged.
        String box = ballotBox.toString();
        LOG.info(() -> "Voting on \"%s\" (%s): %d options, %s; ballot box %s"
                .formatted(poll.question(), poll.id(), poll.options().size(), poll.revote(), box));
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        // Being called makes this bean, and with it all that it uses.
    }
}
