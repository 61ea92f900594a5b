package org.votingapp.vote;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.settings.TrustedProxies;
import org.votingapp.vote.casting.BallotBox;
import org.votingapp.vote.casting.BallotBoxUnavailableException;
import org.votingapp.vote.casting.PollAdmission;
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
    void use(
            Config config,
            Poll poll,
            BallotBox ballotBox,
            PollAdmission admission,
            VoterCookies cookies,
            ResultLink resultLink) {
        TrustedProxies.check(Settings.from(config));
        // The ballot box is made when it is first used, which is here, whatever is logged.
        String box = ballotBox.toString();
        LOG.info(() -> "Voting on \"%s\" (%s): %d options, %s; ballot box %s"
                .formatted(poll.question(), poll.id(), poll.options().size(), poll.revote(), box));
        compare(admission);
    }

    private static void compare(PollAdmission admission) {
        try {
            admission.askAtStart();
        } catch (PollRefusedException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        } catch (BallotBoxUnavailableException away) {
            // The log has been told; no vote is taken before Redis could be asked.
            LOG.log(Level.FINE, "What is registered of the poll is not known yet", away);
        }
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        // Being called makes this bean, and with it all that it uses.
    }
}
